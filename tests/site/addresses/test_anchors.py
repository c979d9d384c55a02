"""Places on pages: a link to one leads to it, whatever ids a plan has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plansite.data.package.id_rules import anchor_faults
from plansite.data.validation.read_package import read_package
from plansite.model import Language
from tests.site.built_site import Page, Site, text_of
from tests.site.command import build
from tests.support.library_package import (
    LIBRARY,
    copy_package,
    edit_descriptor,
    edit_text,
    insert_column,
    table_of,
)
from tests.support.paths import PACKAGE

both_languages = pytest.mark.parametrize("language", Language)


def own_places(pages: Iterable[Page], rows: Iterable[str]) -> set[str]:
    """The ids on pages that are not those of rows."""
    found = {str(e.get("id")) for page in pages for e in page.root.iter() if e.get("id")}
    return found - set(rows)


@both_languages
@pytest.mark.parametrize("folder", [LIBRARY, PACKAGE], ids=["library", "real"])
def test_a_pages_own_places_are_kept_from_its_rows(
    library: Site, real: Site, folder: Path, language: Language
) -> None:
    plan, site = read_package(folder).plan, library if folder is LIBRARY else real
    assert plan is not None
    tasks = [task.task_id for task in plan.tasks]
    promises = [commitment.commitment_id for commitment in plan.commitments]
    reports = [report.report_id for report in plan.progress_reports]
    sources = [source.source_id for source in plan.sources]
    sections = [section.section_id for section in plan.plan_sections]
    of_tasks = [site.at(f"tasks/{task}/", language) for task in tasks]
    for table, pages, rows in (
        ("commitments", of_tasks, [*promises, *reports]),
        ("progress_reports", of_tasks, [*promises, *reports]),
        ("sources", [site.at("quality/", language)], sources),
        ("tasks", [site.at("plan/", language)], [*tasks, *sections]),
        ("plan_sections", [site.at("plan/", language)], [*tasks, *sections]),
    ):
        own = {name for name in own_places(pages, rows) if not name.startswith("_")}
        assert len(own) >= 2
        assert {name for name, _ in anchor_faults(table, own, ())} == own


def test_ids_that_look_like_headings_lead_to_their_rows(tmp_path: Path) -> None:
    """Numbers and words that a page's title was once found by, and names that a page might have."""
    package = copy_package(tmp_path)
    others = {"c-evening": "1", "c-card": "task-1-open-for-longer", "r1": "top", "r2": "search"}
    others |= {"report-2023": "data-quality"}

    def renamed(text: str) -> str:
        for old, new in others.items():
            text = text.replace(f"{old},", f"{new},")
        return text

    for file in package.glob("*.csv"):
        edit_text(package, file.name, renamed)
    assert (package / "commitments.csv").read_text("utf-8") != (
        LIBRARY / "commitments.csv"
    ).read_text("utf-8")
    for name in ("code", "row-2"):
        edit_descriptor(package, partial(_describe, name))
        insert_column(package, "agencies", name, "x", None)
    site = Site(build(tmp_path / "site", "--package", package))
    for language in Language:
        task, quality = site.at("tasks/t1/", language), site.at("quality/", language)
        agencies = site.at("data/agencies/", language)
        assert agencies.element_at("code").tag == "h2"
        assert text_of(agencies.element_at("field-code")).startswith("code")
        assert "x" in text_of(agencies.element_at("row-2"))
        assert task.element_at("1").tag == task.element_at("task-1-open-for-longer").tag == "li"
        assert "2024" in text_of(task.element_at("top"))
        assert quality.element_at("data-quality").tag == "li"


def _describe(name: str, descriptor: dict[str, Any]) -> None:
    table_of(descriptor, "agencies")["schema"]["fields"].append({"name": name, "type": "string"})
