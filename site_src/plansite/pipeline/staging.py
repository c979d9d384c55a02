"""A site in the making: beside the published one until it takes its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.site_settings import EngineName
from plansite.output.site_files.manifest import make_manifest
from plansite.pipeline.html.parse_page import PageFile
from plansite.pipeline.html.postprocess import PostProcessor
from plansite.util.checksums import digest, write_checksums
from plansite.util.compression import CODINGS, compress, is_compressible
from plansite.util.files import write_bytes
from plansite.util.steps import Steps


def create_staged_site(folder: Path) -> StagedSite:
    """An empty folder for a site.

    Raises:
        OSError: what an earlier build left there, perhaps another user's, cannot be removed; none
            of it is published.
    """
    if folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(folder)) from None
    folder.mkdir(parents=True)
    return StagedSite(folder)


@dataclass
class StagedSite:
    """The folder that a build fills, and what there is to know of each file in it."""

    folder: Path
    _sizes: dict[str, int] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    """The digest of each page before it was told its commit."""

    def add_pages(self, pages: Iterable[tuple[str, str]], processor: PostProcessor) -> Steps[None]:
        """Finish pages and put them in their places.

        Args:
            pages: what the engine made, by file within the language.
            processor: of their language.
        """
        for file, page in pages:
            finished = processor.finish(page, file.removesuffix("index.html"))
            yield
            self.add_page(urls.localized(file, processor.language), finished, processor)

    def add_page(self, address: str, finished: str, processor: PostProcessor) -> None:
        """Tell a page its commit and put it in its place."""
        self.add_file(address, processor.stamp_commit(finished).encode())
        self._pages[address] = digest(finished.encode())

    def add_file(self, address: str, content: bytes) -> None:
        """Add a file by its address from the site's root."""
        write_bytes(self.folder / address, content)
        self._sizes[address] = len(content)
        self._digests[address] = digest(content)

    def page_files(self) -> list[PageFile]:
        """Every page that was added, language by language, in the order of their addresses."""
        files = [
            PageFile(name, before, self._digests[name], self.folder)
            for name, before in sorted(self._pages.items())
        ]
        return [file for language in Language for file in files if file.language is language]

    def write_manifest(self, publication: Publication, engine: EngineName) -> None:
        """Write down what the site is made of; whatever changes after that is found out.

        Args:
            publication: what the site shows.
            engine: what made its pages.
        """
        self.add_file(urls.MANIFEST, make_manifest(publication, self._sizes.values(), engine))
        self.add_file(urls.CHECKSUMS, write_checksums(self._digests))

    def compress(self, jobs: int) -> None:
        """Put compressed copies beside the files that are worth it.

        Args:
            jobs: how many threads work; compressing leaves the interpreter to the others.
        """
        worth = [name for name, size in self._sizes.items() if is_compressible(name, size)]
        with ThreadPoolExecutor(jobs) as threads:
            # Through a list, so that a disk that is full is heard of.
            list(threads.map(self._compress, worth))

    def _compress(self, address: str) -> None:
        content = (self.folder / address).read_bytes()
        for coding in CODINGS:
            write_bytes(self.folder / f"{address}{coding}", compress(content, coding))
