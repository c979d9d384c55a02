"""A site in the making: beside the published one until it takes its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from plansite import urls
from plansite.checksums import digest, write_checksums
from plansite.finish import Finisher
from plansite.manifest import make_manifest
from plansite.model import Language
from plansite.publication import Publication
from plansite.site_check import addresses_in


class NewSite:
    """The folder that a build fills, emptied of what an earlier one left there."""

    def __init__(self, out: Path) -> None:
        """Begin.

        Args:
            out: where the published site stands; nothing happens to it before :meth:`publish`.
        """
        self.folder = out.with_name(f"{out.name}.new")
        self._out = out
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_pages(
        self, html: Mapping[Language, Mapping[str, str]], finishers: Iterable[Finisher]
    ) -> None:
        """Finish every page and put it in its place.

        Args:
            html: what the engine made, by language and file within the language.
            finishers: one for each language.
        """
        for finisher in finishers:
            folder = self.folder / urls.localized("", finisher.language)
            for file, page in html[finisher.language].items():
                finished = finisher.finish(page, file.removesuffix("index.html"))
                write_bytes(folder / file, finished.encode())

    def add_files(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Add files by their address from the site's root."""
        for address, content in files:
            write_bytes(self.folder / address, content)

    def seal(self, publication: Publication) -> None:
        """Write down what the site is made of; whatever changes after that is found out.

        Args:
            publication: what the site shows.
        """
        addresses = addresses_in(self.folder)
        sizes = [(self.folder / address).stat().st_size for address in addresses]
        manifest = make_manifest(publication, sizes)
        digests = {name: digest((self.folder / name).read_bytes()) for name in addresses}
        digests[urls.MANIFEST] = digest(manifest)
        self.add_files([(urls.MANIFEST, manifest), (urls.CHECKSUMS, write_checksums(digests))])

    def publish(self) -> None:
        """Take the published site's place by renaming."""
        old = self._out.with_name(f"{self._out.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if self._out.exists():
            self._out.rename(old)
        self.folder.rename(self._out)
        shutil.rmtree(old, ignore_errors=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; make folders as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
