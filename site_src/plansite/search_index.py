"""The index that the search page reads, made by Pagefind from the finished pages.

Pagefind takes what stands between blanks for a word, and Chinese has no blanks. So it reads not the
pages but copies of their text in which every Han character stands with the one that follows it:
大数据局 becomes 大数 数据 据局 局. However a query is cut, each of its pieces is then the beginning
of such a pair, and no dictionary has to agree with itself on both sides. The search page's script
puts the text together again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from lxml import etree, html

from plansite import urls
from plansite.model import Language, Plan
from plansite.pagefind import make_index
from plansite.writing import write_bytes

KIND_MARK = "\u10f0"
"""Stands before a page's kind, which is searched as a word that nobody types.

Pagefind's own filters will not do: it writes their values in an order that changes with every run,
and two builds of the same data are to be the same.
"""

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"([{_HAN}]+)([^\s\w]*)|[^\s{_HAN}]+")

_BLOCK = "\0"
_GAP = re.compile(rf"([。！？：；，、.!?:;,])?\s*{_BLOCK}[\s{_BLOCK}]*")
"""Where one block of a page ends and another begins, with the punctuation that says so already."""

_LISTS = {urls.HOME, urls.INDICATORS, urls.COMPARE, urls.TASKS, urls.AGENCIES, urls.YEARS}
"""Pages that name what other pages are about; searched by title and description alone."""

_LEFT_OUT_TAGS = {"form", "h1", "nav", "script", "style", "svg", "template", "thead"}
_LEFT_OUT_CLASSES = {
    *("as-of", "chart-hint", "chart-key", "chart-tools", "crumb", "dash", "downloads"),
    *("explore", "headerlink", "notice", "provenance", "ref", "snippets", "sources", "terms"),
    *("table-rows", "term-notes"),
}
"""What stands on many pages in the same words."""
_INLINE = {"a", "abbr", "b", "code", "data", "dfn", "em", "i", "mark", "span", "strong", "time"}
_PROGRAM_PARTS = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_FILE_KINDS = {".pagefind", ".pf_meta"}

Names = Mapping[str, list[str]]
"""By page: what it is also called."""


def index_site(site: Path, plan: Plan, locks: Sequence[int]) -> None:
    """Index the finished pages of both languages for the search page.

    Args:
        site: the finished site; the index goes to ``search/index/`` in it.
        plan: for the names that do not stand on the pages.
        locks: descriptors of the locks that Pagefind holds too, for as long as it writes.

    Raises:
        IndexingError: Pagefind failed.
        OSError: a file could not be written.
    """
    index = site / urls.SEARCH_INDEX
    make_index(_copies(site, plan), index, locks)
    entry = index / "pagefind-entry.json"
    content = json.loads(entry.read_bytes())  # its languages come in any order
    write_bytes(entry, json.dumps(content, sort_keys=True).encode())
    for path in index.iterdir():  # Pagefind's own search forms are not used
        if path.is_file() and path.name not in _PROGRAM_PARTS and path.suffix not in _FILE_KINDS:
            path.unlink()


def _copies(site: Path, plan: Plan) -> Iterator[tuple[str, str]]:
    """What Pagefind reads, by file."""
    for language in Language:
        names = other_names(plan, language)
        start = urls.localized("", language)
        for path in sorted((site / start).rglob("index.html")):
            address = path.relative_to(site / start).as_posix().removesuffix("index.html")
            if language is Language.ZH and address.startswith(urls.localized("", Language.EN)):
                continue
            copy = search_copy(path.read_text("utf-8"), address, names.get(address, []))
            if copy:
                yield f"{start}{address}index.html", copy


def other_names(plan: Plan, language: Language) -> Names:
    """What people may also call an indicator, a task or an agency: in the other language, too."""
    other = Language.EN if language is Language.ZH else Language.ZH
    names: dict[str, list[str]] = defaultdict(list)
    for task in plan.tasks:
        names[urls.task(task.task_id)].append(task.title[other])
    for agency in plan.agencies:
        names[urls.agency(agency.agency_id)].append(agency.name[other])
        if agency.keywords:
            names[urls.agency(agency.agency_id)].append(agency.keywords[language])
    for row in plan.task_agencies:
        if row.named_as:
            names[urls.agency(row.agency_id)].append(row.named_as)
    for indicator in plan.indicators:
        names[urls.indicator(indicator.indicator_id)].append(indicator.name[other])
        if indicator.keywords:
            names[urls.indicator(indicator.indicator_id)].append(indicator.keywords[language])
    return names


def search_copy(page: str, address: str, names: list[str]) -> str:
    """What Pagefind reads of a page; nothing where the page is not to be found by search.

    Args:
        page: the finished page.
        address: its address within its language.
        names: what it is also called.
    """
    root = html.document_fromstring(page)
    title, article = root.find(".//h1"), root.find(".//article")
    hidden = root.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
    if title is None or article is None or hidden or address == urls.SEARCH:
        return ""
    text = _description(root) if address in _LISTS else running_text(article)
    kind = KIND_MARK + urls.page_kind(address)
    return (
        f'<!doctype html><html lang="{root.get("lang")}"><title>{escape(address)}</title>'
        "<body data-pagefind-body>"
        f'<p data-pagefind-ignore data-pagefind-meta="kind">{kind}</p>'
        f"<h1>{escape(as_pairs(running_text(title)))}</h1>"
        f'<p data-pagefind-ignore data-pagefind-meta="names">{escape(as_pairs(" ".join(names)))}'
        f"</p><p>{escape(as_pairs(text))}</p></body></html>\n"
    )


def as_pairs(text: str) -> str:
    """A text with every Han character beside the one that follows it, and other words as they are.

    The last of a row stands alone, with the punctuation that follows it.
    """
    return " ".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        row = match[1]
        if row is None:
            yield match[0]
            continue
        yield from (row[place : place + 2] for place in range(len(row) - 1))
        yield row[-1] + match[2]


def _description(root: html.HtmlElement) -> str:
    found = root.find(".//meta[@name='description']")
    return "" if found is None else found.get("content", "")


def running_text(element: etree._Element) -> str:
    """The text of an element, without what stands on every page; a point divides its blocks."""
    text = "".join(_text(element)).strip(f"{_BLOCK} \n")
    return _GAP.sub(lambda gap: f"{gap[1]} " if gap[1] else " · ", text)


def _text(element: etree._Element) -> Iterator[str]:
    gap = "" if element.tag in _INLINE else _BLOCK
    yield gap + (element.text or "")
    for child in element:
        if _belongs(child):
            yield from _text(child)
        yield child.tail or ""
    yield gap


def _belongs(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT_TAGS:
        return False
    return _LEFT_OUT_CLASSES.isdisjoint(element.get("class", "").split())
