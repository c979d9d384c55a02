"""Checks a built site against its checksums and against an earlier site, whose addresses stay."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from plansite.model import Language, urls
from plansite.model.urls.page_address import PageKind, parse_address
from plansite.pipeline.check.faults import SiteFault
from plansite.pipeline.check.links import addresses_in
from plansite.pipeline.html.assets import FOLDER as ASSETS
from plansite.util.checksums import digest, read_checksums
from plansite.util.compression import CODINGS, holds

MAY_GO = (f"{ASSETS}/", urls.SEARCH_INDEX, urls.SITEMAP_PARTS, urls.TYPED_TABLES)
"""What is only asked for by names that change with the content, and that other files give."""
_SPECIFICATIONS = tuple(urls.chart_file("*", language, "json") for language in Language)
"""What the site's own script draws, where there are two years or more to explore."""


def check_checksums(site: Path) -> Iterator[SiteFault]:
    """Every file that is not as the site's list of checksums says; none where it has no list."""
    listing = site / urls.CHECKSUMS
    if not listing.is_file():
        return
    listed = read_checksums(listing.read_text("utf-8", "replace"))
    there = addresses_in(site) - {urls.CHECKSUMS}
    for address in sorted(listed.keys() | there):
        same = address in there and digest((site / address).read_bytes()) == listed.get(address)
        if not same:
            yield SiteFault("checksum", address)


def check_copies(site: Path) -> Iterator[SiteFault]:
    """Every compressed copy that a server would send in place of something else."""
    for address in sorted(addresses_in(site)):
        for coding in CODINGS:
            copy = site / f"{address}{coding}"
            if copy.is_file():
                content = (site / address).read_bytes()
                if not holds(copy.read_bytes(), coding, content):
                    yield SiteFault("compressed-copy", f"{address}{coding}")


def check_previous(site: Path, earlier: Mapping[str, str]) -> Iterator[SiteFault]:
    """Every address of an earlier site that leads to nothing now, and every release that changed.

    The files about a retired id may go: its page says what became of them.

    Args:
        site: the built site.
        earlier: the SHA-256 of each file of the earlier site by its address.
    """
    now, retired = addresses_in(site), _files_about_retired(site)
    for address in sorted(earlier):
        if address in retired or _may_go(address):
            continue
        if address not in now:
            yield SiteFault("release-gone" if _is_of_release(address) else "vanished", address)
        elif _is_frozen(address) and earlier[address] != digest((site / address).read_bytes()):
            yield SiteFault("release-changed", address)


def _may_go(address: str) -> bool:
    is_drawn = any(fnmatchcase(address, pattern) for pattern in _SPECIFICATIONS)
    return is_drawn or address.startswith(MAY_GO)


def _files_about_retired(site: Path) -> set[str]:
    """What was published of the ids that the site's own table of them names."""
    table = site / urls.resource_csv("retired")
    if not table.is_file():
        return set()
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row["resource"], row["retired_id"]) for row in csv.DictReader(file)]
    except (csv.Error, KeyError, ValueError):  # no such table: nothing is known to be retired
        return set()
    return {address for row in rows for address in urls.files_about(*row)}


def _is_of_release(address: str) -> bool:
    """Whether a file, or a page in either language, is there for a tag alone."""
    parsed = parse_address(address)
    return parsed.kind is PageKind.RELEASE and parsed.id != ""


def _is_frozen(address: str) -> bool:
    """Whether a file is a release's own, and not the page about it."""
    return address.startswith(urls.RELEASES) and not address.endswith(".html")
