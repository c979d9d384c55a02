"""Where the published site stands, and how another one takes its place in one step."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from plansite.model import urls
from plansite.util.checksums import read_checksums
from plansite.util.file_lock import file_lock
from plansite.util.steps import Steps

_HERE = -100
"""``AT_FDCWD``: relative paths start at the working folder."""
_EXCHANGE = 2
"""``RENAME_EXCHANGE``: each of two names gets what the other had."""
_CANNOT_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})
"""What a kernel or a file system answers that does not know how."""


class PublishTarget:
    """The folder of the published site, with its neighbours of the time of a build.

    ``.NAME.new`` is a site in the making, and just after the exchange the one that stood before.
    ``.NAME.old`` is the published one while another takes its place, only where the system cannot
    exchange two folders. Hidden, since what stands there goes: people call their copies NAME.old.
    """

    def __init__(self, out: Path) -> None:
        """Name it.

        Args:
            out: the folder; where it is a link, what it leads to is replaced, and the link stays.
        """
        self.published = out.resolve()
        beside = self.published.parent
        self.new = beside / f".{self.published.name}.new"
        self.lock = beside / f".{self.published.name}.lock"
        self._old = beside / f".{self.published.name}.old"

    def may_be_replaced(self) -> bool:
        """Whether a site may take the place: nothing is there, or nothing but an earlier site."""
        if not self.published.is_dir():
            return not self.published.exists()
        return not any(self.published.iterdir()) or all(
            (self.published / name).is_file() for name in (urls.MANIFEST, urls.CHECKSUMS)
        )

    def recover(self) -> None:
        """Put the published site back where a build was killed between two renames."""
        if self._is_missing():
            with file_lock(self.lock, contextlib.nullcontext):
                self._put_back()

    def clear(self) -> None:
        """Remove what killed builds leave beside the site; only for who holds the lock."""
        self._put_back()
        for folder in (self.new, self._old):
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self) -> Steps[None]:
        """Publish the new site: whoever looks finds the old one or the new one, and never none.

        Every step comes before anything is exchanged, so whoever takes no more prevents that.
        """
        yield from _keep_times(self.published, self.new)
        # A power failure must not find the names on the disk, and the contents not yet.
        with _opened(self.new) as folder:
            _write_out(folder)
        if not self.published.exists():
            self.new.rename(self.published)
        elif not _exchange(self.new, self.published):
            self.published.rename(self._old)
            self.new.rename(self.published)
        with _opened(self.published.parent) as folder:
            os.fsync(folder)
        self.clear()

    def _put_back(self) -> None:
        if self._is_missing():
            self._old.rename(self.published)

    def _is_missing(self) -> bool:
        return self._old.is_dir() and not self.published.exists()


def _keep_times(old: Path, new: Path) -> Steps[None]:
    """Give each new file that holds what the old one held its time as well.

    Servers tell browsers, and rsync tells itself, by size and time whether a file has changed. One
    that has keeps the time at which it was written, so that nobody takes it for the old one.
    """
    before, after = dict(_file_stamps(old)), dict(_file_stamps(new))
    old_digests, new_digests = _trusted_digests(old, before), _trusted_digests(new, after)
    for address, (size, _) in after.items():
        yield
        was_size, time = before.get(address, (-1, 0))
        if was_size != size:
            continue
        pair = old_digests.get(address), new_digests.get(address)
        file = new / address
        with contextlib.suppress(OSError):  # not to be read
            if pair[0] == pair[1] if all(pair) else _holds_same(old / address, file):
                os.utime(file, ns=(time, time))


def _holds_same(first: Path, second: Path) -> bool:
    return first.read_bytes() == second.read_bytes()


def _file_stamps(folder: Path | str, within: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file that can be seen: its address, with its size in bytes and its time in ns."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _file_stamps(entry.path, f"{within}{entry.name}/")
            else:
                stat = entry.stat()
                yield f"{within}{entry.name}", (stat.st_size, stat.st_mtime_ns)


def _trusted_digests(site: Path, stamps: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """The digests of a site's files that its checksums tell, without those written after them.

    A site writes its checksums last. So an older file is as it was then, unless somebody changed
    it and set its time back; what is younger is not known without reading it.
    """
    _, sealed = stamps.get(urls.CHECKSUMS, (0, 0))
    try:
        digests = read_checksums((site / urls.CHECKSUMS).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
    return {
        name: known
        for name, known in digests.items()
        if name in stamps and stamps[name][1] <= sealed
    }


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders' names in one step; whether the system can do that."""
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "renameat2"):
        return False
    if system.renameat2(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(second))


def _write_out(folder: int) -> None:
    """Have everything written to the disk that the folder is on.

    One call for all files: each on its own takes as long again for every file.
    """
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "syncfs"):
        os.sync()
    elif system.syncfs(folder) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
