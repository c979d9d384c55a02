"""Rows and corrections are found for the records that they belong to."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from plansite.analysis.changes.corrections import CorrectionIndex
from plansite.analysis.publication import publish
from plansite.data.checks import validate
from plansite.data.history import read_history
from plansite.data.package import PackageSnapshot, RowNumbers
from plansite.data.validation.read_package import read_package
from plansite.model import Bilingual, Correction, Language, PartialDate
from plansite.model.site_settings import Site
from plansite.output.pages import generate_pages
from plansite.output.pages.content.row_links import MOST_ROWS
from tests.support.git_repository import Repository, make_repository
from tests.support.large_package import make_large_package
from tests.support.library_package import AS_OF, LIBRARY, add_row, library_plan, read_rows

CODE = "https://code.example/town/library"


def pages_of(package: Path) -> dict[str, str]:
    """A package's pages when the repository's address is known."""
    reading, _ = validate(package, AS_OF)
    assert reading.plan is not None
    files = {table.name: table.path for table in reading.plan.info.resources}
    history = read_history(package, files)
    known = publish(reading.plan, AS_OF, [], history, Site(repository=f"{CODE}/"))
    tables = PackageSnapshot(package).raw.tables
    publication = dataclasses.replace(known, row_numbers=reading.row_numbers, tables=tables)
    pages = generate_pages(publication, Language.EN)
    return {page.address: page.text for page in pages}


def links_on(page: str) -> list[str]:
    """Where a page's values and targets lead."""
    return re.findall(r'class="in-data" href="([^"]*)"', page)


def changed_repository(folder: Path) -> Repository:
    """A repository with one value more in its working tree."""
    repository = make_repository(folder)
    value = ("observations", "L05", "2025", "gazette-copy", "2026-04-10", "9", "final", "same")
    add_row(repository.package, *value, "", "")
    return repository


def test_with_a_repository_each_row_leads_to_its_line_at_the_commit(tmp_path: Path) -> None:
    repository = changed_repository(tmp_path / "repository")
    commit = repository.commit()
    pages = pages_of(repository.package)
    for table in ("observations", "targets"):
        shown = re.findall(
            r'<tr id="row-(\d+)"><th scope="row"><a href="([^"]*)"', pages[f"data/{table}/"]
        )
        lines = repository.git("show", f"{commit}:library/{table}.csv").rstrip("\n").split("\n")
        assert [int(number) for number, _ in shown] == list(range(2, len(lines) + 1))
        address = f"{CODE}/blob/{commit}/library/{table}.csv?plain=1"
        assert [way for _, way in shown] == [f"{address}#L{number}" for number, _ in shown]
    links = [link for link in links_on(pages["indicators/L05/"]) if "observations" in link]
    assert (
        f"../../data/observations/#row-{len(read_rows(repository.package, 'observations'))}"
        in links
    )


def test_what_is_not_committed_leads_to_no_repository(tmp_path: Path) -> None:
    pages = pages_of(changed_repository(tmp_path / "repository").package)
    assert links_on(pages["indicators/L05/"])
    assert all(f"{CODE}/blob" not in page for page in pages.values())


def test_of_a_table_too_long_for_a_page_a_value_leads_to_its_row_in_the_file(
    tmp_path: Path,
) -> None:
    package = make_large_package(tmp_path, MOST_ROWS)
    pages = pages_of(package)
    rows = read_rows(package, "observations")
    assert len(rows) > MOST_ROWS + 1
    for page in ("", "indicators/", "indicators/G00001/"):
        links = [link for link in links_on(pages[page]) if "observations" in link]
        assert links
        for link in links:
            found = re.fullmatch(r"(?:\.\./)+downloads/observations\.csv#row=(\d+)", link)
            assert found is not None, link
            assert page[11:-1] in ("", rows[int(found[1]) - 1][0])
    assert '<tr id="row-2">' in pages["data/observations/"]
    assert pages["data/observations/"].count('<tr id="row-') < 10
    assert any("data/targets/#row-" in link for link in links_on(pages[""]))


def test_a_plan_that_comes_from_no_file_has_no_rows() -> None:
    assert RowNumbers().of("observations", library_plan().observations[0]) is None


def test_each_record_has_a_row_of_its_own() -> None:
    reading = read_package(LIBRARY)
    assert reading.plan is not None
    for table in ("observations", "targets", "sources", "task_agencies"):
        records = getattr(reading.plan, table)
        rows = [reading.row_numbers.of(table, record) for record in records]
        assert rows == list(range(2, len(records) + 2))


def correction(key: str, field: str, old: str, new: str) -> Correction:
    date, reason = PartialDate.parse("2026-05-07"), Bilingual("有误", "Mistyped")
    return Correction(f"{key}-{field}", date, "observations", key, field, old, new, reason)


def test_a_correction_follows_its_row_where_the_rows_key_was_corrected() -> None:
    value = library_plan().observations[0]
    published = f"{value.indicator_id}/1999/{value.source_id}/{value.published.text}"
    year = correction(published, "year", "1999", str(value.year))
    amount = correction(published, "value", "1", "2")
    corrected = CorrectionIndex([year, amount])
    assert corrected.of("observations", value) == [year, amount]
    assert corrected.of("observations", library_plan().observations[1]) == []
    assert corrected.of_rows([("observations", value.indicator_id)]) == [year, amount]
    assert corrected.of_rows([("targets", value.indicator_id)]) == []


def test_a_withdrawn_value_is_told_with_its_indicator() -> None:
    gone = correction("L02/2020/report-2024/2025-03-20", "value", "3", "")
    assert CorrectionIndex([gone]).of_rows([("observations", "L02"), ("targets", "L02")]) == [gone]
