"""Ids that are addresses: names of pages and files, and of places on a page.

A site is copied to, built on and unpacked on Windows and macOS too, which take two names that
differ only in case for one, and on Windows some words are devices whatever follows them.

A place on a page is published as ``#id``, and the page has places of its own. None of those may
have the name of a row, or a link to the one leads to the other.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from plansite.model import urls

LONGEST_ID = 100
"""Characters; names of files have room for 255 bytes, and an id is only the start of one."""
DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
"""Names that Windows gives to devices, with any ending."""

_ANCHORS = {
    table: (frozenset(own.split()), re.compile(numbered))
    for tables, own, numbered in (
        (
            "commitments progress_reports",
            "agencies deliverables commitments timeline reports context text sources",
            r"source-[0-9]+|bullet-.+-(?:title|desc)",
        ),
        ("sources", "validation coverage unpublished corrections sources", r"(?!)"),
        ("tasks plan_sections", "", r"theme-.+"),
    )
    for table in tables.split()
}
"""The places that pages have of their own, by the tables whose rows are places there too: the pages
of tasks, data quality and the plan's text. Others begin with ``_``, as no id does; those of the
frame have a point too, as no heading's has."""
SHARED = {"progress_reports": "commitments", "plan_sections": "tasks"}
"""Tables whose rows stand on the same pages as those of another."""
Fault = tuple[str, dict[str, str]]


def names_files(table: str) -> bool:
    """Whether a table's ids are addresses of pages and files."""
    return urls.of_record(table, "") is not None


def address_faults(ids: Iterable[str]) -> Iterator[tuple[str, Fault]]:
    """Yield each id that cannot be an address, with its problem's code and details.

    Args:
        ids: one table's ids, each once; of two that are alike, the later is the wrong one.
    """
    first: dict[str, str] = {}
    for name in ids:
        folded = name.casefold()
        other = first.setdefault(folded, name)
        if len(name) > LONGEST_ID:
            yield name, ("long-id", {"limit": str(LONGEST_ID)})
        elif folded in DEVICES:
            yield name, ("reserved-id", {})
        elif other != name:
            yield name, ("id-case", {"other": other})


def anchor_faults(
    table: str, ids: Iterable[str], others: Container[str]
) -> Iterator[tuple[str, Fault]]:
    """Yield each id that is a place of its page already, with its problem's code and details.

    Args:
        table: the ids' table.
        ids: the table's ids.
        others: the ids of the table that shares its pages, if any.
    """
    if table not in _ANCHORS:
        return
    own, numbered = _ANCHORS[table]
    for name in ids:
        if name in own or numbered.fullmatch(name):
            yield name, ("place-id", {})
        elif name in others:
            yield name, ("shared-id", {"table": SHARED[table]})
