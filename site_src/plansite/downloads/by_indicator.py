"""An indicator's files: the same rows in every format, each with what there is to know of them."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.downloads.about import about_rows, coverage_of, indicator_items
from plansite.downloads.columns import ABOUT, CODEBOOK, SOURCES, VALUES, Row, codebook
from plansite.downloads.csv_files import BOM, to_csv
from plansite.downloads.excel import Sheet
from plansite.downloads.json_rows import to_json
from plansite.downloads.metadata import metadata, readme
from plansite.downloads.rows import source_row
from plansite.downloads.titles import titled
from plansite.model import Indicator, Language
from plansite.packing import pack
from plansite.publication import Publication
from plansite.published import PublishedFile
from plansite.words import Words

_WORDS = {side: Words(side) for side in Language}


def indicator_files(
    indicator: Indicator, publication: Publication, rows: list[Row], workbook: bytes
) -> Iterator[PublishedFile]:
    """One file for each of :data:`urls.INDICATOR_SUFFIXES`.

    Args:
        indicator: whose files.
        publication: the plan with its verdicts.
        rows: the indicator's own.
        workbook: of its :func:`indicator_sheets`.
    """
    key = indicator.indicator_id
    contents = _contents(indicator, publication, rows, workbook)
    for suffix in urls.INDICATOR_SUFFIXES:
        address = urls.indicator_file(key, suffix)
        yield PublishedFile(address, contents[suffix], titled(indicator.name, suffix), key)


def _contents(
    indicator: Indicator, publication: Publication, rows: list[Row], workbook: bytes
) -> dict[str, bytes]:
    coverage = coverage_of(indicator, publication)
    table = to_csv(rows, VALUES)
    contents = {
        "csv": BOM + table,
        "utf8.csv": table,
        "xlsx": workbook,
        "json": to_json(rows, VALUES),
    }
    sizes = {suffix: len(content) for suffix, content in contents.items()}
    contents["metadata.json"] = metadata(indicator, coverage, publication, sizes)
    readmes = {side: readme(indicator, coverage, publication, side) for side in Language}
    key = indicator.indicator_id
    packed = [(f"{key}.{suffix}", contents[suffix]) for suffix in ("csv", "metadata.json")]
    # With a mark, so that Notepad on an old Windows shows Chinese too.
    packed += [(f"README.{side}.txt", BOM + text.encode()) for side, text in readmes.items()]
    contents["zip"] = pack(packed)
    return contents


def indicator_sheets(
    indicator: Indicator, publication: Publication, rows: list[Row]
) -> list[Sheet]:
    """What an indicator's workbook holds; ``rows`` are its own."""
    coverage = coverage_of(indicator, publication)
    sides = (indicator_items(indicator, coverage, publication, t) for t in _WORDS.values())
    return [
        Sheet("data", VALUES, rows),
        Sheet("sources", SOURCES, [source_row(source) for source in coverage.sources]),
        Sheet("codebook", CODEBOOK[1:], codebook("data", VALUES)),
        Sheet("about", ABOUT, about_rows(*sides)),
    ]
