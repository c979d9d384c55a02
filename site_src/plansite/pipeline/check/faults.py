"""What can be wrong with a built site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plansite.model import Bilingual, Language
from plansite.model.errors import ExitCode, PlansiteError
from plansite.model.problems import Problem

FAULTS = {
    "empty": Bilingual("目录中没有首页 index.html。", "There is no index.html in the folder."),
    "broken-link": Bilingual("链接指向不存在的页面或文件。", "The link leads to no page or file."),
    "broken-anchor": Bilingual(
        "链接指向页面中不存在的位置。", "The link leads to no place on its page."
    ),
    "duplicate-id": Bilingual(
        "页面中有几处用同一个 id，指向它的链接只能到达第一处。",
        "Several places of the page have this id, so that a link to it finds only the first.",
    ),
    "missing-translation": Bilingual(
        "此页没有对应的另一语言页面。", "The page has no counterpart in the other language."
    ),
    "outside-request": Bilingual(
        "页面从其他网站加载内容。", "The page loads something from another host."
    ),
    "wrong-language": Bilingual(
        "页面的 lang 属性应为 {expected}。", "The page's lang attribute should be {expected}."
    ),
    "placeholder": Bilingual(
        "页面中留有未替换的图表或文件大小的位置。",
        "The page still holds the place of a figure or of a file's size.",
    ),
    "broken-row": Bilingual(
        "链接指向数据文件中不存在的行。", "The link leads to no row of the data file."
    ),
    "checksum": Bilingual(
        "文件与 SHA256SUMS 不符：内容有变，或一方没有此文件。",
        "The file is not as SHA256SUMS says: its content differs, or only one of them has it.",
    ),
    "compressed-copy": Bilingual(
        "压缩副本的内容与原文件不同。请重新生成网站，或删去副本。",
        "The compressed copy does not hold what its file holds. Build the site anew, or delete "
        "the copy.",
    ),
    "vanished": Bilingual(
        "以前发布过的网址不再存在。网址发布后不撤下：请恢复此文件，或为撤下的编号保留说明页。",
        "An address that was published is gone. Published addresses stay: bring the file back, or "
        "keep a page that says what became of it.",
    ),
    "unreadable": Bilingual(
        "文件无法读取：内容已损坏，或不是 UTF-8 文本。",
        "The file cannot be read: it is damaged, or no text in UTF-8.",
    ),
    "broken-json": Bilingual("文件不是有效的 JSON。", "The file is no valid JSON."),
    "broken-xml": Bilingual("文件不是有效的 XML。", "The file is no valid XML."),
    "broken-address": Bilingual(
        "地址不属于本站，或指向不存在的页面。", "The address is not the site's, or leads nowhere."
    ),
    "release-changed": Bilingual(
        "已发布的冻结副本有变。请把标签移回原来的提交；新的数据用新的标签发布。",
        "A released copy has changed. Move its tag back to the commit where it was; release new "
        "data with a new tag.",
    ),
    "release-gone": Bilingual(
        "发布过的冻结副本不再存在。请取得仓库的标签（git fetch --tags），或把标签放回原来的提交。",
        "A released copy is gone. Fetch the repository's tags (git fetch --tags), or put its tag "
        "back on the commit where it was.",
    ),
    "published-data": Bilingual(
        "已发布的数据有变，而没有相应的更正：",
        "Published data is not as it was, and no correction says so:",
    ),
    "page-data": Bilingual(
        "页面中描述数据的 JSON-LD 无法读取。",
        "The JSON-LD that describes the page's data is unreadable.",
    ),
    "no-title": Bilingual("页面应有标题和一个 h1。", "A page should have a title and one h1."),
}
"""Every kind of fault in both languages."""


@dataclass(frozen=True)
class SiteFault:
    """One fault of a built site: on which page, and what it is about."""

    code: str
    page: str
    subject: str | Problem = ""

    def render(self, language: Language) -> str:
        """Place, then what is wrong."""
        if isinstance(self.subject, Problem):
            text = FAULTS[self.code][language]
            return f"{self.page} [{self.code}]\n  {text}\n{self.subject.render(language)}"
        text = FAULTS[self.code][language].format(expected=self.subject)
        return f"{self.page} [{self.code}] {self.subject}\n  {text}"


class SiteError(PlansiteError):
    """A built site has faults; where it was to be published, the last one was left alone."""

    exit_code = ExitCode.BAD_SITE

    def __init__(self, faults: Sequence[SiteFault]) -> None:
        super().__init__("cli.site_wrong", count=len(faults))
        self.faults = list(faults)
