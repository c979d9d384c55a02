"""An indicator's files: the same rows in every format, each with what there is to know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plansite.analysis.publication import Publication
from plansite.model import Indicator, Language, urls
from plansite.model.translations import Words
from plansite.output.downloads.about import about_rows, coverage_of, indicator_items
from plansite.output.downloads.formats.columns import (
    ABOUT,
    CODEBOOK,
    SOURCES,
    VALUES,
    Row,
    codebook,
)
from plansite.output.downloads.formats.csv_format import BOM, to_csv
from plansite.output.downloads.formats.excel_format import Sheet, to_xlsx
from plansite.output.downloads.formats.json_rows import to_json
from plansite.output.downloads.metadata import metadata, readme
from plansite.output.downloads.tidy_rows import source_row, value_rows
from plansite.output.published_file import PublishedFile, titled
from plansite.util.zip_archive import pack

_WORDS = {language: Words(language) for language in Language}


class IndicatorFiles:
    """The files of one indicator."""

    def __init__(self, indicator: Indicator, publication: Publication) -> None:
        """Gather what they hold.

        Args:
            indicator: whose files.
            publication: the plan with its verdicts.
        """
        self._indicator = indicator
        self._publication = publication
        self._coverage = coverage_of(indicator, publication)
        self._items = {
            language: indicator_items(indicator, self._coverage, publication, words)
            for language, words in _WORDS.items()
        }
        self.rows = list(value_rows(indicator, publication.plan, publication.assessments))

    @property
    def workbook_content(self) -> WorkbookContent:
        """What :func:`indicator_workbook` makes the workbook of."""
        sources = [source_row(source) for source in self._coverage.sources]
        return WorkbookContent(self.rows, sources, about_rows(*self._items.values()))

    def files(self, workbook: bytes) -> Iterator[PublishedFile]:
        """One file for each of :data:`urls.INDICATOR_SUFFIXES`.

        Args:
            workbook: made of what is :attr:`workbook_content`.
        """
        key = self._indicator.indicator_id
        contents = self._contents(workbook)
        for suffix in urls.INDICATOR_SUFFIXES:
            address = urls.indicator_file(key, suffix)
            title = titled(self._indicator.name, suffix)
            yield PublishedFile(address, contents[suffix], title, key)

    def _contents(self, workbook: bytes) -> dict[str, bytes]:
        key, coverage = self._indicator.indicator_id, self._coverage
        table = to_csv(self.rows, VALUES)
        contents = {
            "csv": BOM + table,
            "utf8.csv": table,
            "xlsx": workbook,
            "json": to_json(self.rows, VALUES),
        }
        sizes = {suffix: len(content) for suffix, content in contents.items()}
        contents["metadata.json"] = metadata(self._indicator, coverage, self._publication, sizes)
        packed = [(f"{key}.{suffix}", contents[suffix]) for suffix in ("csv", "metadata.json")]
        for language, items in self._items.items():
            text = readme(self._indicator, coverage, items, language)
            # With a mark, so that Notepad on an old Windows shows Chinese too.
            packed.append((f"README.{language}.txt", BOM + text.encode()))
        contents["zip"] = pack(packed)
        return contents


@dataclass(frozen=True)
class WorkbookContent:
    """What an indicator's workbook holds beside what stands in every indicator's."""

    rows: Sequence[Row]
    sources: Sequence[Row]
    about: Sequence[Row]


def indicator_workbook(workbook_content: WorkbookContent) -> bytes:
    """An indicator's workbook."""
    return to_xlsx(
        [
            Sheet("data", VALUES, workbook_content.rows),
            Sheet("sources", SOURCES, workbook_content.sources),
            Sheet("codebook", CODEBOOK[1:], codebook("data", VALUES)),
            Sheet("about", ABOUT, workbook_content.about),
        ]
    )
