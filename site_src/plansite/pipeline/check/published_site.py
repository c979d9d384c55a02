"""A site as it was published before: in a folder, or at its address on the web."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path

from plansite.model import urls
from plansite.model.errors import UsageError
from plansite.util.checksums import digest, read_checksums

MAX_BYTES = 200_000_000
"""More than any list of checksums or package that was published holds."""
_WEB = ("https://", "http://")
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class PublishedSite:
    """The files of an earlier site. ``name`` is what the user calls it."""

    name: str
    checksums: Mapping[str, str]
    """The SHA-256 of each file by its address."""
    _read: Callable[[str], bytes | None]

    def content(self, address: str) -> bytes | None:
        """What stood at an address; ``None`` where that is no longer to be had.

        Raises:
            UsageError: it cannot be reached, or is not what the site's checksums say: the site is
                just being replaced, for one.
        """
        content = self._read(address) if address in self.checksums else None
        if content is not None and digest(content) != self.checksums[address]:
            raise UsageError("cli.previous_changed", previous=self.name, address=address)
        return content


def find_published(previous: str) -> PublishedSite | None:
    """Find an earlier site.

    Args:
        previous: its address, its folder, its ``SHA256SUMS`` or its ``manifest.json``.

    Returns:
        ``None`` where nothing with checksums is published at the address yet.

    Raises:
        UsageError: there is no such site, or it cannot be reached.
    """
    is_web = previous.startswith(_WEB)
    read = _reader_of_web(previous) if is_web else _reader_of_folder(Path(previous))
    listing = read(urls.CHECKSUMS)
    if listing is None and is_web:
        return None
    checksums = read_checksums((listing or b"").decode("utf-8", "replace"))
    if not checksums:
        raise UsageError("cli.no_previous", previous=previous)
    return PublishedSite(previous, checksums, read)


def _reader_of_folder(previous: Path) -> Callable[[str], bytes | None]:
    named = (urls.CHECKSUMS, urls.MANIFEST)
    folder = previous.parent if previous.name in named else previous

    def read(address: str) -> bytes | None:
        file = folder / address
        return file.read_bytes() if file.is_file() else None

    return read


def _reader_of_web(previous: str) -> Callable[[str], bytes | None]:
    def read(address: str) -> bytes | None:
        return _fetch(f"{previous.rstrip('/')}/{address}")

    return read


def _fetch(address: str) -> bytes | None:
    """What stands at an address; ``None`` where nothing does."""
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 - web
            content: bytes = answer.read(MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return None
        raise UsageError("cli.previous_unreachable", previous=address, reason=error) from None
    except (OSError, HTTPException, ValueError) as error:  # ValueError: no address at all
        raise UsageError("cli.previous_unreachable", previous=address, reason=error) from None
    if len(content) > MAX_BYTES:
        reason = f"> {MAX_BYTES} B"
        raise UsageError("cli.previous_unreachable", previous=address, reason=reason)
    return content
