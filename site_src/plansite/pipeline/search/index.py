"""The index that the search page reads, made by Pagefind from copies of the pages' text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from plansite.model import Language, Plan, urls
from plansite.model.urls.page_address import SEARCHED_KINDS, PageAddress, PageKind
from plansite.pipeline.html.parse_page import BuiltPage
from plansite.pipeline.html.search_text import SearchText, as_pairs
from plansite.pipeline.search.pagefind import make_index
from plansite.util.steps import Steps

KIND_MARK = "\u10f0"
"""Stands before a page's kind, which is searched as a word that nobody types.

Pagefind's own filters will not do: it writes their values in an order that changes with every run,
and two builds of the same data are to be the same.
"""

_ENTRY = "pagefind-entry.json"
_PROGRAM_PARTS = {"pagefind.js", "pagefind-worker.js"}
_FILE_KINDS = (".pagefind", ".pf_meta")

Names = Mapping[str, list[str]]
"""By page: what it is also called."""


def add_search_index(
    add: Callable[[str, bytes], None],
    pages: Iterable[BuiltPage],
    plan: Plan,
    locks: Sequence[int],
) -> Steps[None]:
    """Make the index of both languages.

    Each language has a Pagefind of its own, one after the other: in the end it holds all that it
    indexed several times over.

    Args:
        add: takes the files, by their address.
        pages: in the order in which Pagefind numbers them, language by language.
        plan: for the names that do not stand on the pages.
        locks: descriptors of the locks that Pagefind holds too, for as long as it writes.

    Raises:
        IndexingError: Pagefind failed.
    """
    entry: dict[str, Any] = {"languages": {}}
    for _, own in groupby(pages, lambda page: page.page_address.language):
        files = yield from make_index(_copies(own, plan), locks)
        for name, content in files:
            yield
            if name == _ENTRY:
                own_entry = json.loads(content)
                languages = entry["languages"] | own_entry["languages"]
                entry = own_entry | {"languages": languages}
            # Pagefind's own search forms are not used.
            elif "/" in name or name in _PROGRAM_PARTS or name.endswith(_FILE_KINDS):
                add(urls.SEARCH_INDEX + name, content)
    add(urls.SEARCH_INDEX + _ENTRY, json.dumps(entry, sort_keys=True).encode())


def _copies(pages: Iterable[BuiltPage], plan: Plan) -> Iterator[tuple[str, str]]:
    """What Pagefind reads, by file."""
    names = {language: other_names(plan, language) for language in Language}
    for page in pages:
        if page.searched is not None:
            address = page.page_address
            also = names[address.language].get(address.page, [])
            yield page.address, search_copy(page.searched, address, also)


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


def search_copy(searched: SearchText, address: PageAddress, names: list[str]) -> str:
    """What Pagefind reads of a page.

    Args:
        searched: the page's words.
        address: the page's.
        names: what it is also called.
    """
    kind = address.kind if address.kind in SEARCHED_KINDS else PageKind.SITE
    return (
        f'<!doctype html><html lang="{address.language.html}"><title>{escape(address.page)}</title>'
        "<body data-pagefind-body>"
        f'<p data-pagefind-ignore data-pagefind-meta="kind">{KIND_MARK}{kind}</p>'
        f"<h1>{escape(searched.heading)}</h1>"
        f'<p data-pagefind-ignore data-pagefind-meta="names">{escape(as_pairs(" ".join(names)))}'
        f"</p><p>{escape(searched.text)}</p></body></html>\n"
    )
