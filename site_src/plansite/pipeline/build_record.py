"""The site that stands: whether a build would only make it again.

A build keeps what its site was made of and how its files lay there when it was published. Where
both are still the same there is nothing to do. As ``make`` and git do, files are known by their
size and time; whoever changes one in the published folder gets it made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plansite.data.history import History
from plansite.data.history.releases import Releases
from plansite.model import Bilingual
from plansite.output.published_file import ListedFile
from plansite.util.result_cache import ResultCache

_Kept = dict[str, Any]


@dataclass(frozen=True)
class BuildSummary:
    """What a build told of the site that it made."""

    pages: int
    undrawable: frozenset[str]
    """Characters that pictures may lack: the font that they are lettered with has none of them."""
    listed: Sequence[ListedFile] = ()
    """Every file to take away."""


class BuildRecord:
    """What is kept of a published site."""

    def __init__(self, cache: ResultCache, site: Path, input_fingerprint: str) -> None:
        """Name it.

        Args:
            cache: where it is kept, with a name for the program.
            site: the published folder.
            input_fingerprint: names all that the site is made of beside the program.
        """
        self._cache = cache
        self._site = site
        self._fingerprint = input_fingerprint
        self._key = f"site {site}"

    def summary(self) -> BuildSummary | None:
        """What was told of the site, if it stands as it was published and is made of the same."""
        kept = self._cache.get(self._key)
        found: _Kept = {} if kept is None else json.loads(kept)
        if found.get("made_of") != self._fingerprint or found["files"] != _file_stamps(self._site):
            return None
        return _summary(found)

    def keep(self, summary: BuildSummary) -> None:
        """Keep what there is to know of the site that was just published."""
        undrawable = "".join(sorted(summary.undrawable))
        listed = [(*vars(file).values(),) for file in summary.listed]
        found: _Kept = {"pages": summary.pages, "undrawable": undrawable, "listed": listed}
        found |= {"made_of": self._fingerprint, "files": _file_stamps(self._site)}
        self._cache.put(self._key, json.dumps(found, default=vars).encode())


def _summary(found: _Kept) -> BuildSummary:
    listed = tuple(
        ListedFile(address, Bilingual(**title), *rest) for address, title, *rest in found["listed"]
    )
    return BuildSummary(found["pages"], frozenset(found["undrawable"]), listed)


def input_fingerprint(
    data: str, history: History | None, releases: Releases, settings: Iterable[str]
) -> str:
    """A name for all that a site is made of beside the program.

    Args:
        data: a digest of the package's files.
        history: what git knows of them; of the working files and the commits it follows itself.
        releases: what was released.
        settings: everything else.
    """
    steps = None
    if history is not None:
        commits = [step.commit for step in history.steps]
        steps = (history.head, history.is_clean, history.is_whole, history.folder, commits)
    released = [(release.tag, release.commit) for release in releases.known]
    summary = (data, steps, released, releases.unreadable, tuple(settings))
    return hashlib.sha256(repr(summary).encode()).hexdigest()


def _file_stamps(site: Path) -> str:
    """A digest of the names, sizes and times of all files; of a folder that is not there, too."""
    files = sorted(_files(site)) if site.is_dir() else []
    return hashlib.sha256(repr(files).encode()).hexdigest()


def _files(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                stat = entry.stat(follow_symlinks=False)
                yield entry.path, stat.st_size, stat.st_mtime_ns
