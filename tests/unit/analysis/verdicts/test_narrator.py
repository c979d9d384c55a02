"""What is said of an indicator is true of any plan: revisions, other measures, later years."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from decimal import Decimal

import pytest

from plansite.analysis.publication import Publication, publish
from plansite.model import Comparability, Language, Observation, PartialDate, ReleaseStatus
from plansite.output.downloads.formats.columns import VERDICTS
from plansite.output.downloads.formats.csv_format import to_csv
from plansite.output.downloads.tidy_rows import verdict_rows
from tests.support.library_package import AS_OF, library_plan

both_languages = pytest.mark.parametrize("language", Language)


def observed(
    indicator_id: str, year: int, value: str, source_id: str = "report-2025", **changes: object
) -> Observation:
    row = Observation(
        indicator_id,
        year,
        source_id,
        PartialDate.parse("2026-03-18"),
        Decimal(value),
        ReleaseStatus.FINAL,
        Comparability.SAME,
    )
    return dataclasses.replace(row, **changes)  # type: ignore[arg-type]


def with_values(*rows: Observation) -> Publication:
    """The library with nothing published but these values."""
    plan = dataclasses.replace(library_plan(), observations=rows)
    return publish(plan, AS_OF, ())


def reason(publication: Publication, indicator_id: str, year: int, language: Language) -> str:
    rows = publication.assessments.of(indicator_id)
    (row,) = [row for row in rows if row.year == year]
    return "\n".join(publication.narrator(language).reason(row))


def summary(publication: Publication, indicator_id: str, language: Language) -> str:
    rows = [row for row in publication.assessments.of(indicator_id) if row.target is not None]
    return publication.narrator(language).summary(rows)


@both_languages
def test_no_share_is_told_where_the_baseline_had_met_the_target(language: Language) -> None:
    known = with_values(observed("L01", 2023, "9.0"), observed("L01", 2024, "5.5"))
    (row,) = [row for row in known.assessments.of("L01") if row.year == 2024]
    assert row.verdict == "regressed"
    said = reason(known, "L01", 2024, language)
    assert "9.0" in said
    assert "p = " not in said
    assert {Language.ZH: "倒退", Language.EN: "Moved backwards"}[language] in said
    text = to_csv(verdict_rows(known.plan, known.assessments), VERDICTS)
    rows = csv.DictReader(io.StringIO(text.decode()))
    shares = {(row["id"], row["year"]): row["progress_share"] for row in rows}
    assert shares["L01", "2024"] == ""


def test_a_share_in_the_file_never_seems_to_reach_what_it_missed() -> None:
    known = with_values(observed("L04", 2023, "0"), observed("L04", 2024, "1139.99"))
    plan = known.plan
    indicators = [
        dataclasses.replace(row, baseline_year=2023) if row.indicator_id == "L04" else row
        for row in plan.indicators
    ]
    known = publish(dataclasses.replace(plan, indicators=tuple(indicators)), AS_OF, ())
    (row,) = [
        r for r in verdict_rows(known.plan, known.assessments) if r["value"] == Decimal("1139.99")
    ]
    assert (row["verdict"], row["progress_share"]) == ("partly", Decimal("0.9499"))


@both_languages
def test_a_year_with_figures_that_cannot_be_compared_is_not_called_empty(
    language: Language,
) -> None:
    library = publish(library_plan(), AS_OF, ())
    assert [row.value for row in library.plan.observations_of("L04") if row.year == 2025]
    comparable = {Language.ZH: "可比的公布值", Language.EN: "comparable published value"}[language]
    assert comparable in summary(library, "L04", language)
    assert comparable in reason(library, "L04", 2025, language)


@both_languages
def test_a_year_whose_figures_are_not_due_is_awaited(language: Language) -> None:
    said = summary(publish(library_plan(), AS_OF, ()), "L01", language)
    awaited = {Language.ZH: "2026年待公布", Language.EN: "2026 awaited"}[language]
    assert awaited in said
    assert "未见" not in said
    assert "no published" not in said


@both_languages
def test_a_value_that_may_be_revised_says_so_in_the_summary(language: Language) -> None:
    said = summary(publish(library_plan(), AS_OF, ()), "L01", language)
    marked = {
        Language.ZH: "7.9册/人（初步值）",
        Language.EN: "7.9 books per resident (provisional)",
    }
    assert marked[language] in said
    assert said.count("初步" if language is Language.ZH else "provisional") == 1


@both_languages
def test_a_revision_is_not_laid_to_another_source(language: Language) -> None:
    first = observed("L01", 2025, "7.9", release_status=ReleaseStatus.PROVISIONAL)
    revised = observed("L01", 2025, "8.2", published=PartialDate.parse("2026-06-01"))
    said = reason(with_values(first, revised), "L01", 2025, language)
    assert "7.9" in said
    assert {Language.ZH: "来源", Language.EN: "source"}[language] not in said


@both_languages
def test_before_anything_is_due_nothing_is_called_unpublished(language: Language) -> None:
    known = publish(library_plan(), dt.date(2024, 1, 2), ())
    for indicator in ("L01", "L04", "L06"):
        said = summary(known, indicator, language)
        assert {Language.ZH: "待公布", Language.EN: "awaited"}[language] in said
        assert {Language.ZH: "未见", Language.EN: "no published"}[language] not in said.lower()


@both_languages
def test_both_ends_of_a_range_of_percentages_have_their_sign(language: Language) -> None:
    said = summary(publish(library_plan(), AS_OF, ()), "L03", language)
    assert {Language.ZH: "40%至60%", Language.EN: "40% to 60%"}[language] in said
