"""Ids that name pages and files: whether every machine can have files by these names.

A site is copied to, built on and unpacked on Windows and macOS too, which take two names that
differ only in case for one, and on Windows some words are devices whatever follows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite import urls

LONGEST_ID = 100
"""Characters; names of files have room for 255 bytes, and an id is only the start of one."""
DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
"""Names that Windows gives to devices, with any ending."""

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
