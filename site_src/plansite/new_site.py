"""A site in the making: beside the published one until it takes its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plansite import urls
from plansite.checksums import digest, write_checksums
from plansite.compressed import CODINGS, compress, is_compressible
from plansite.finish import Finisher
from plansite.manifest import make_manifest
from plansite.model import Language
from plansite.publication import Publication
from plansite.site_check import addresses_in
from plansite.writing import write_bytes


class NewSite:
    """The folder that a build fills."""

    def __init__(self, folder: Path) -> None:
        """Make the folder.

        Raises:
            FileExistsError: what an earlier build left there could not be removed; none of it is
                published.
        """
        folder.mkdir(parents=True)
        self.folder = folder

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

    def add_file(self, address: str, content: bytes) -> None:
        """Add a file by its address from the site's root."""
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
        self.add_file(urls.MANIFEST, manifest)
        self.add_file(urls.CHECKSUMS, write_checksums(digests))

    def compress(self, jobs: int) -> None:
        """Put compressed copies beside the files that are worth it.

        Args:
            jobs: how many threads work; compressing leaves the interpreter to the others.
        """
        worth = [
            address
            for address in addresses_in(self.folder)
            if is_compressible(address, (self.folder / address).stat().st_size)
        ]
        with ThreadPoolExecutor(jobs) as threads:
            # Through a list, so that a disk that is full is heard of.
            list(threads.map(self._compress, worth))

    def _compress(self, address: str) -> None:
        content = (self.folder / address).read_bytes()
        for coding in CODINGS:
            write_bytes(self.folder / f"{address}{coding}", compress(content, coding))
