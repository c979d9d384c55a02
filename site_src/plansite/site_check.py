"""Whether a built site keeps its promises: links, both languages, no request to another host.

Takes a folder of HTML and knows nothing of the package that it came from.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from plansite import urls
from plansite.machine_check import check_machine_files
from plansite.model import Bilingual, Language
from plansite.site_tables import SiteTables

FAULTS = {
    "empty": Bilingual("目录中没有首页 index.html。", "There is no index.html in the folder."),
    "broken-link": Bilingual("链接指向不存在的页面或文件。", "The link leads to no page or file."),
    "broken-anchor": Bilingual(
        "链接指向页面中不存在的位置。", "The link leads to no place on its page."
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
    "vanished": Bilingual(
        "以前发布过的网址不再存在。网址发布后不撤下：请恢复此文件，或为撤下的编号保留说明页。",
        "An address that was published is gone. Published addresses stay: bring the file back, or "
        "keep a page that says what became of it.",
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
    "no-title": Bilingual("页面应有标题和一个 h1。", "A page should have a title and one h1."),
}
"""Every kind of fault in both languages."""

_LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "use": ("href",),
    "image": ("href",),
}
_FETCHED = ("data-src", "data-explore")
_LOADING_RELS = {"stylesheet", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch"}
_LOADING_RELS |= {"icon", "manifest", "apple-touch-icon", "shortcut"}
_CSS_OUTSIDE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)


@dataclass(frozen=True)
class SiteFault:
    """One fault of a built site: on which page, and what it is about."""

    code: str
    page: str
    subject: str = ""

    def render(self, language: Language) -> str:
        """Place, then what is wrong."""
        text = FAULTS[self.code][language].format(expected=self.subject)
        return f"{self.page} [{self.code}] {self.subject}\n  {text}"


@dataclass(frozen=True)
class _PageFacts:
    address: str
    ids: frozenset[str]
    links: tuple[str, ...]
    loads: tuple[str, ...]
    language: str
    has_title: bool
    has_placeholder: bool


def check_site(site: Path) -> list[SiteFault]:
    """Every fault of a built site, pages in order."""
    if not (site / "index.html").is_file():
        return [SiteFault("empty", site.as_posix())]
    files = addresses_in(site)
    tables = SiteTables(site)
    pages = {name: _read_page(site, name) for name in sorted(files) if name.endswith(".html")}
    faults: list[SiteFault] = []
    for page in pages.values():
        faults += _check_page(page)
        faults += _check_links(page, files, pages, tables)
        faults += _check_translation(page, files)
    for name in sorted(files):
        if name.endswith(".css"):
            faults += _check_style(name, (site / name).read_text("utf-8"))
    places = {page.address: page.ids for page in pages.values()}
    faults += (SiteFault(*fault) for fault in check_machine_files(site, files, places))
    return faults


def addresses_in(site: Path) -> set[str]:
    """The address of every file, from the site's root."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def _read_page(site: Path, name: str) -> _PageFacts:
    text = (site / name).read_text("utf-8")
    root = html.document_fromstring(text)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    heads = sum(element.tag == "h1" for element in elements)
    return _PageFacts(
        address=name,
        ids=frozenset(value for element in elements for value in _names(element)),
        links=tuple(link for element in elements for link in _links(element)),
        loads=tuple(address for element in elements for address in _loads(element)),
        language=root.get("lang", ""),
        has_title=bool((root.findtext(".//title") or "").strip()) and heads == 1,
        has_placeholder="<!-- figure " in text or "<!-- size " in text,
    )


def _names(element: etree._Element) -> Iterator[str]:
    for attribute in ("id", "name"):
        value = element.get(attribute)
        if value:
            yield value


def _links(element: etree._Element) -> Iterator[str]:
    """Where an element leads, and what a script fetches for it."""
    for attribute in ("href",) if element.tag == "a" else _FETCHED:
        value = element.get(attribute)
        if value:
            yield value


def _loads(element: etree._Element) -> Iterator[str]:
    for attribute in _LOADING.get(str(element.tag), ()):
        for part in element.get(attribute, "").split(","):
            if part.strip():
                yield part.split()[0]
    if element.tag == "link" and _LOADING_RELS & set(element.get("rel", "").split()):
        yield element.get("href", "")
    for css in (element.get("style", ""), element.text or "" if element.tag == "style" else ""):
        yield from (match[1] for match in _CSS_OUTSIDE.finditer(css))


def _is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https", "ws", "wss")


def _check_page(page: _PageFacts) -> Iterator[SiteFault]:
    for address in page.loads:
        if _is_outside(address):
            yield SiteFault("outside-request", page.address, address)
    english = page.address.startswith(("en/", f"{urls.EMBEDS}{Language.EN}/"))
    expected = Language.EN if english else Language.ZH
    if page.language != expected.html:
        yield SiteFault("wrong-language", page.address, expected.html)
    if page.has_placeholder:
        yield SiteFault("placeholder", page.address)
    if not page.has_title:
        yield SiteFault("no-title", page.address)


def _check_links(
    page: _PageFacts, files: set[str], pages: dict[str, _PageFacts], tables: SiteTables
) -> Iterator[SiteFault]:
    if posixpath.basename(page.address) == "404.html":
        return  # served at any address, so its links are absolute
    for link in dict.fromkeys(page.links + page.loads):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = page.address
        if parts.path:
            folder = posixpath.dirname(page.address)
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            if parts.path.endswith("/") or target not in files:
                target = posixpath.normpath(posixpath.join(target, "index.html"))
        place = unquote(parts.fragment)
        if target not in files:
            yield SiteFault("broken-link", page.address, link)
        elif place and target in pages and place not in pages[target].ids:
            yield SiteFault("broken-anchor", page.address, link)
        elif place and target.endswith(".csv") and not tables.has(target, place):
            yield SiteFault("broken-row", page.address, link)


def _check_translation(page: _PageFacts, files: set[str]) -> Iterator[SiteFault]:
    other = _counterpart(page.address)
    if other not in files:
        yield SiteFault("missing-translation", page.address, other)


def _counterpart(address: str) -> str:
    """The same page in the other language; embedded pages name both languages in their address."""
    zh, en = (f"{urls.EMBEDS}{side}/" for side in Language)
    for own, other in ((zh, en), (en, zh), ("en/", "")):
        if address.startswith(own):
            return other + address.removeprefix(own)
    return f"en/{address}"


def _check_style(name: str, css: str) -> Iterator[SiteFault]:
    for match in _CSS_OUTSIDE.finditer(css):
        yield SiteFault("outside-request", name, match[1])
