"""Cuts the words of a built page so that search finds any part of a Chinese name.

Pagefind takes what stands between blanks for a word, and Chinese has no blanks. So it reads not the
pages but copies of their text in which every Han character stands with the one that follows it:
大数据局 becomes 大数 数据 据局 局. However a query is cut, each of its pieces is then the beginning
of such a pair, and no dictionary has to agree with itself on both sides. The search page's script
puts the text together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from plansite.model import urls

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"([{_HAN}]+)([^\s\w]*)|[^\s{_HAN}]+")

_BLOCK = "\0"
_GAP = re.compile(rf"([。！？：；，、.!?:;,])?(?<!\s)\s*{_BLOCK}[\s{_BLOCK}]*")
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


@dataclass(frozen=True)
class SearchText:
    """The words of a page that is to be found, as pairs."""

    heading: str
    text: str


def read_search_text(root: html.HtmlElement, address: str) -> SearchText | None:
    """What search reads of a page; nothing where the page is not to be found by search.

    Args:
        root: the page.
        address: its address within its language.
    """
    title, article = root.find(".//h1"), root.find(".//article")
    hidden = root.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
    if title is None or article is None or hidden or address == urls.SEARCH:
        return None
    text = _description(root) if address in _LISTS else running_text(article)
    return SearchText(as_pairs(running_text(title)), as_pairs(text))


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
        yield from (row[start : start + 2] for start in range(len(row) - 1))
        yield row[-1] + match[2]


def _description(root: html.HtmlElement) -> str:
    description = root.find(".//meta[@name='description']")
    return "" if description is None else description.get("content", "")


def running_text(element: etree._Element) -> str:
    """The text of an element, without what stands on every page; a point divides its blocks."""
    pieces: list[str] = []
    _gather(element, pieces)
    text = "".join(pieces).strip(f"{_BLOCK} \n")
    return _GAP.sub(lambda gap: f"{gap[1]} " if gap[1] else " · ", text)


def _gather(element: etree._Element, pieces: list[str]) -> None:
    """Add the text of an element; into a list, since generators within one another are slow."""
    gap = "" if element.tag in _INLINE else _BLOCK
    pieces += gap, element.text or ""
    for child in element:
        if _belongs(child):
            _gather(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(gap)


def _belongs(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT_TAGS:
        return False
    return _LEFT_OUT_CLASSES.isdisjoint(element.get("class", "").split())
