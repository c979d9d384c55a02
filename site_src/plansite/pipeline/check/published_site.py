"""A site as it was published before: in a folder, or at its address on the web."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path

from plansite.model import urls
from plansite.model.errors import UsageError
from plansite.model.urls.web_address import parse_web_address
from plansite.util.checksums import digest, read_checksums

MAX_BYTES = 200_000_000
"""More than any list of checksums or package that was published holds."""
_WEB = ("https://", "http://")
_LISTINGS = (urls.CHECKSUMS, urls.MANIFEST)
"""The files that a site may be named by."""
_TIMEOUT_SECONDS = 60
_FRESH = {"Cache-Control": "no-cache"}
"""Asks caches on the way for what is published now."""

Reader = Callable[[str], bytes | None]
"""Gives what stands at an address from the site's root; ``None`` where nothing does."""


@dataclass(frozen=True)
class PublishedSite:
    """The files of an earlier site. ``name`` is what the user calls it."""

    name: str
    checksums: Mapping[str, str]
    """The SHA-256 of each file by its address."""
    is_listing: bool
    """Whether there may be nothing but the list of checksums."""
    _read: Reader

    def content(self, address: str) -> bytes | None:
        """What stands at an address; ``None`` where the site does not have it.

        Raises:
            UsageError: it cannot be reached, or is not what the site's checksums say: the site is
                just being replaced, for one.
        """
        content = self._read(address) if address in self.checksums else None
        if content is None:
            if address in self.checksums and not self.is_listing:
                raise UsageError("cli.previous_incomplete", previous=self.name, address=address)
        elif digest(content) != self.checksums[address]:
            raise UsageError("cli.previous_changed", previous=self.name, address=address)
        return content


def find_published(previous: str) -> PublishedSite | None:
    """Find an earlier site.

    Args:
        previous: its address, its folder, its ``SHA256SUMS`` or its ``manifest.json``.

    Returns:
        ``None`` where no site is published at the address yet.

    Raises:
        UsageError: there is no such site, it cannot be reached, or not all of it is there.
    """
    if previous.strip().lower().startswith(_WEB):
        return _find_on_web(previous)
    path = Path(previous)
    is_listing = path.name in _LISTINGS
    read = _reader_of_folder(path.parent if is_listing else path)
    site = _listed_site(previous, read(urls.CHECKSUMS) or b"", read, is_listing=is_listing)
    if not site.checksums:
        raise UsageError("cli.no_previous", previous=previous)
    return site


def _find_on_web(previous: str) -> PublishedSite | None:
    try:
        address = parse_web_address(previous)
    except ValueError:
        raise UsageError("cli.bad_web_address", name="--previous", typed=previous) from None
    for name in (*_LISTINGS, urls.html_file(urls.HOME)):
        address = address.removesuffix(f"/{name}")
    read = _reader_of_web(address)
    listing = read(urls.CHECKSUMS)
    if listing is None:
        if read(urls.MANIFEST) is None:
            return None
        raise UsageError("cli.previous_incomplete", previous=previous, address=urls.CHECKSUMS)
    site = _listed_site(previous, listing, read, is_listing=False)
    if not site.checksums:
        raise UsageError("cli.no_checksums", previous=previous)
    return site


def _listed_site(name: str, listing: bytes, read: Reader, *, is_listing: bool) -> PublishedSite:
    """The site with a list of checksums, all of which has to be there."""
    checksums = read_checksums(listing.decode("utf-8", "replace"))
    site = PublishedSite(name, checksums, is_listing, read)
    if checksums and not is_listing and not _is_whole(site):
        raise UsageError("cli.previous_incomplete", previous=name, address=urls.CHECKSUMS)
    return site


def _is_whole(site: PublishedSite) -> bool:
    """Whether the list of checksums has as many files as the site's manifest says."""
    try:
        stated = json.loads(site.content(urls.MANIFEST) or b"")["files"]["count"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return False
    return bool(stated == len(site.checksums) - 1)  # the manifest does not count itself


def _reader_of_folder(folder: Path) -> Reader:
    def read(address: str) -> bytes | None:
        """What stands in a file of the folder."""
        file = folder / address
        return file.read_bytes() if file.is_file() else None

    return read


def _reader_of_web(site: str) -> Reader:
    def read(address: str) -> bytes | None:
        """What stands at an address below the site."""
        return _fetch(f"{site}/{address}")

    return read


def _fetch(address: str) -> bytes | None:
    """What stands at an address; ``None`` where nothing does."""
    try:
        request = urllib.request.Request(address, headers=_FRESH)  # noqa: S310 - the web only
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return None
        raise UsageError("cli.previous_unreachable", previous=address, reason=error) from None
    except (OSError, HTTPException, ValueError) as error:
        raise UsageError("cli.previous_unreachable", previous=address, reason=error) from None
    if len(content) > MAX_BYTES:
        reason = f"> {MAX_BYTES} B"
        raise UsageError("cli.previous_unreachable", previous=address, reason=reason)
    return content
