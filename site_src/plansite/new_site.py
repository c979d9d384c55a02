"""A site in the making: beside the published one until it takes its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plansite import urls
from plansite.assets import FOLDER as ASSETS
from plansite.checksums import digest, write_checksums
from plansite.finish import Finisher
from plansite.manifest import make_manifest
from plansite.model import Language
from plansite.publication import Publication
from plansite.site_check import addresses_in

_SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
"""What the engine makes for each language, dated by the day of the build."""


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

    def add_pages(self, built: Mapping[Language, Path], finishers: Sequence[Finisher]) -> None:
        """Put together what the engine made of both languages, and finish every page.

        Args:
            built: the engine's output by language; its own scripts, styles and
                sitemaps are left out.
            finishers: one for each language.
        """
        left_out = shutil.ignore_patterns(ASSETS, *_SITEMAPS)
        shutil.copytree(built[Language.ZH], self.folder, ignore=left_out)
        shutil.copytree(built[Language.EN], self.folder / Language.EN, ignore=left_out)
        for finisher in finishers:
            folder = self.folder / urls.localized("", finisher.language)
            for path in sorted(folder.rglob("*.html")):
                inside = path.relative_to(folder)
                if finisher.language is Language.ZH and inside.parts[0] == Language.EN:
                    continue
                address = inside.as_posix().removesuffix("index.html")
                html = finisher.finish(path.read_text("utf-8"), address)
                write_bytes(path, html.encode())

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
