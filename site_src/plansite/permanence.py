"""Whether a built site keeps what was promised of its files: checksums, and addresses that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite import urls
from plansite.assets import FOLDER as ASSETS
from plansite.checksums import digest, read_checksums
from plansite.site_check import SiteFault, addresses_in
from plansite.words import UsageError

MAY_GO = (f"{ASSETS}/", urls.SEARCH_INDEX)
"""What only the site's own pages ask for, by names that change with the content."""


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


def check_previous(site: Path, previous: Path) -> Iterator[SiteFault]:
    """Every address of an earlier site that leads to nothing in this one.

    Args:
        site: the built site.
        previous: the earlier site's folder, its ``SHA256SUMS`` or its ``manifest.json``.

    Raises:
        UsageError: ``previous`` is none of these.
    """
    gone = _earlier_addresses(previous) - addresses_in(site)
    for address in sorted(gone):
        if not address.startswith(MAY_GO):
            yield SiteFault("vanished", address)


def _earlier_addresses(previous: Path) -> set[str]:
    listing = previous
    if previous.is_dir():
        listing = previous / urls.CHECKSUMS
        if (previous / "index.html").is_file() and not listing.is_file():
            return addresses_in(previous)  # from before there were checksums
    elif previous.name == urls.MANIFEST:
        listing = previous.with_name(urls.CHECKSUMS)
    found = read_checksums(listing.read_text("utf-8", "replace")) if listing.is_file() else {}
    if not found:
        raise UsageError("cli.no_previous", previous=previous)
    return {*found, urls.CHECKSUMS}
