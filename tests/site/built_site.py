"""A built site as its readers meet it: pages, what stands on them, where their links lead."""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from plansite.model import Language

HAN = re.compile(r"[\u3400-\u9fff]")
_UNSEEN = {"script", "style", "template", "noscript"}

Element = etree._Element


@dataclass(frozen=True)
class Page:
    """A page by its file, such as ``en/tasks/t1/index.html``."""

    name: str
    source: str

    @property
    def language(self) -> Language:
        return Language.EN if self.name.startswith("en/") else Language.ZH

    @cached_property
    def root(self) -> Element:
        return html.document_fromstring(self.source)

    @property
    def text(self) -> str:
        """What a reader can see or unfold."""
        body = self.root.find("body")
        assert body is not None
        return text_of(body)

    @property
    def article(self) -> Element:
        """The page without header and footer."""
        return self.one("article")

    def find(self, selector: str) -> list[Element]:
        return find(self.root, selector)

    def one(self, selector: str) -> Element:
        found = self.find(selector)
        assert len(found) == 1, f"{self.name}: {len(found)} × {selector}"
        return found[0]

    def element_at(self, anchor: str) -> Element:
        """The element that a link to ``#anchor`` scrolls to."""
        found: list[Element] = [e for e in self.root.iter() if e.get("id") == anchor]
        assert len(found) == 1, f"{self.name}: {len(found)} × #{anchor}"
        return found[0]

    def target(self, href: str) -> tuple[str, str]:
        """The page's or file's name that a link on this page leads to, and the anchor there."""
        parts = urlsplit(href)
        if not parts.path:
            return self.name, unquote(parts.fragment)
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(self.name), parts.path))
        is_page = parts.path.endswith(("/", ".")) or "." not in posixpath.basename(joined)
        name = posixpath.normpath(f"{joined}/index.html") if is_page else joined
        return unquote(name), unquote(parts.fragment)


class Site:
    """A built site's pages, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages: dict[str, Page] = {}

    @cached_property
    def names(self) -> list[str]:
        """Every page's file name; error pages and those to embed elsewhere are left out."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        other = re.compile(r"404\.html$|^embed/")
        return sorted(name for name in found if not other.search(name))

    @cached_property
    def embeds(self) -> list[str]:
        """The file name of every page to embed elsewhere."""
        found = self.folder.glob("embed/*/*/*.html")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def page(self, name: str) -> Page:
        if name not in self._pages:
            self._pages[name] = Page(name, (self.folder / name).read_text("utf-8"))
        return self._pages[name]

    def at(self, address: str, language: Language) -> Page:
        """A page by its address within its language, such as ``tasks/t1/``."""
        return self.page(f"{'en/' if language is Language.EN else ''}{address}index.html")

    def __iter__(self) -> Iterator[Page]:
        return (self.page(name) for name in self.names)

    def children(self, folder: str) -> set[str]:
        """The names of the pages one step below a folder."""
        return {path.parent.name for path in (self.folder / folder).glob("*/index.html")}


_STEP = re.compile(r"([.#]?)([\w-]+)|\[([\w-]+)(?:=([^\]]*))?\]")


def find(element: Element, selector: str) -> list[Element]:
    """Elements below one, by tags, ``.class``, ``#id`` and ``[name=value]``: ``td.num a[href]``."""
    path = "."
    for step in selector.split():
        tag, conditions = "*", ""
        for mark, word, attribute, value in _STEP.findall(step):
            if attribute:
                conditions += f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
            elif mark == ".":
                conditions += f"[contains(concat(' ', normalize-space(@class), ' '), ' {word} ')]"
            elif mark == "#":
                conditions += f"[@id='{word}']"
            else:
                tag = word
        path += f"//{tag}{conditions}"
    found = element.xpath(path)
    assert isinstance(found, list)
    return [entry for entry in found if isinstance(entry, etree._Element)]


def pieces_of(element: Element, without: str = "") -> Iterator[tuple[Element, str]]:
    """Every piece of text below an element, with the element whose child it is."""
    if not isinstance(element.tag, str) or element.tag in {*_UNSEEN, without}:
        return
    if element.text:
        yield element, element.text
    for child in element:
        yield from pieces_of(child, without)
        if child.tail:
            yield element, child.tail


def text_of(element: Element, without: str = "") -> str:
    """What a reader sees of an element's text, on request without the elements of one tag."""
    return "".join(text for _, text in pieces_of(element, without))


def tongue_of(element: Element) -> str:
    """The language that an element's text is marked as."""
    step: Element | None = element
    while step is not None:
        if step.get("lang"):
            return step.get("lang", "")
        step = step.getparent()
    return ""


def numbers_in(element: Element) -> set[Decimal]:
    """Every number that an element shows, references to sources left out."""
    text = text_of(element, without="sup")
    found = re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", text)
    return {Decimal(number.replace(",", "")) for number in found}


def rows_below(page: Page, anchor: str) -> list[Element]:
    """The table rows between a heading and the next heading of its rank."""
    heading = page.element_at(anchor)
    rows: list[Element] = []
    for step in heading.itersiblings():
        if isinstance(step.tag, str) and re.fullmatch(r"h[1-6]", step.tag):
            if step.tag <= str(heading.tag):
                break
            continue
        rows += find(step, "tbody tr")
    return rows


def row_of(site: Site, page: Page, href: str) -> tuple[str, dict[str, str]]:
    """The row on a table's page that a link leads to: the table's name, and cells by field."""
    name, anchor = page.target(href)
    there = site.page(name)
    fields = [text_of(code) for code in find(there.one(".table-rows thead"), "th code")]
    row = there.element_at(anchor)
    assert row.tag == "tr", (page.name, href)
    cells = [text_of((find(cell, "a") or [cell])[0]) for cell in find(row, "td")]
    found = dict(zip(fields, ("" if cell == "–" else cell for cell in cells), strict=True))
    return posixpath.basename(posixpath.dirname(name)), found


def table(package: Path, name: str) -> list[dict[str, str]]:
    """A table of a data package, row by row."""
    with (package / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
