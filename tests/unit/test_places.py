"""Rows and corrections are found for the records that they belong to."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from plansite.checks import validate
from plansite.corrected import Corrected
from plansite.history import read_history
from plansite.model import Bilingual, Correction, Language, PartialDate
from plansite.package import Places, read_package
from plansite.pages import generate_pages
from plansite.publication import publish
from plansite.site import Site
from tests.repository import Repository, make_repository
from tests.site.command import ROOT
from tests.support import AS_OF, LIBRARY, add_row, library_plan

CODE = "https://code.example/town/library"


def links_of(package: Path, page: str) -> list[str]:
    """Where a page's values lead when the repository's address is known."""
    reading, _ = validate(package, AS_OF)
    assert reading.plan is not None
    files = {table.name: table.path for table in reading.plan.info.resources}
    history = read_history(package, files)
    known = publish(reading.plan, AS_OF, [], history, Site(repository=f"{CODE}/"))
    publication = dataclasses.replace(known, places=reading.places)
    pages = generate_pages(publication, Language.EN, ROOT / "site_src")
    text = next(one.text for one in pages if one.address == page)
    return re.findall(r'class="in-data" href="([^"]*)"', text)


def changed_repository(folder: Path) -> Repository:
    """A repository with one value more in its working tree."""
    repository = make_repository(folder)
    value = ("observations", "L05", "2025", "gazette-copy", "2026-04-10", "9", "final", "same")
    add_row(repository.package, *value, "", "")
    return repository


def test_with_a_repository_a_value_leads_to_its_line_at_the_commit(tmp_path: Path) -> None:
    repository = changed_repository(tmp_path / "repository")
    commit = repository.commit()
    links = [link for link in links_of(repository.package, "indicators/L05/") if "obs" in link]
    lines = repository.git("show", f"{commit}:library/observations.csv").split("\n")
    found = []
    for link in links:
        address, _, line = link.partition("#L")
        assert address == f"{CODE}/blob/{commit}/library/observations.csv?plain=1"
        found.append(lines[int(line) - 1])
    assert "L05,2025,gazette-copy,2026-04-10,9,final,same,," in found
    assert all(line.startswith("L05,") for line in found)


def test_what_is_not_committed_leads_to_the_download(tmp_path: Path) -> None:
    repository = changed_repository(tmp_path / "repository")
    links = links_of(repository.package, "indicators/L05/")
    assert links
    assert all(link.startswith("../../../downloads/") for link in links)


def test_a_plan_that_comes_from_no_file_has_no_rows() -> None:
    assert Places().of("observations", library_plan().observations[0]) is None


def test_each_record_has_a_row_of_its_own() -> None:
    reading = read_package(LIBRARY)
    assert reading.plan is not None
    for table in ("observations", "targets", "sources", "task_agencies"):
        records = getattr(reading.plan, table)
        rows = [reading.places.of(table, record) for record in records]
        assert rows == list(range(2, len(records) + 2))


def correction(key: str, field: str, old: str, new: str) -> Correction:
    date, reason = PartialDate.parse("2026-05-07"), Bilingual("有误", "Mistyped")
    return Correction(f"{key}-{field}", date, "observations", key, field, old, new, reason)


def test_a_correction_follows_its_row_where_the_rows_key_was_corrected() -> None:
    value = library_plan().observations[0]
    published = f"{value.indicator_id}/1999/{value.source_id}/{value.published.text}"
    year = correction(published, "year", "1999", str(value.year))
    amount = correction(published, "value", "1", "2")
    corrected = Corrected([year, amount])
    assert corrected.of("observations", value) == [year, amount]
    assert corrected.of("observations", library_plan().observations[1]) == []
    assert corrected.beginning_with(["observations"], value.indicator_id) == [year, amount]
    assert corrected.beginning_with(["targets"], value.indicator_id) == []


def test_a_withdrawn_value_is_told_with_its_indicator() -> None:
    gone = correction("L02/2020/report-2024/2025-03-20", "value", "3", "")
    assert Corrected([gone]).beginning_with(["observations", "targets"], "L02") == [gone]
