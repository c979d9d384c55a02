"""Should a harmful text get past validation, no page and no file passes it on.

Validation refuses tags and formulas, so these tests hand the text to the generators themselves.
"""

import csv
import dataclasses
import io

import pytest

from plansite.analysis.publication import publish
from plansite.model import Bilingual, Language, Plan
from plansite.output.downloads.formats.columns import VALUES
from plansite.output.downloads.formats.csv_format import to_csv
from plansite.output.downloads.tidy_rows import value_rows
from plansite.output.pages import generate_pages
from tests.support.library_package import AS_OF, library_plan

TAG = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FORMULAS = ('=HYPERLINK("https://evil.example","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1")


def with_text(text: str) -> Plan:
    """The library's plan with a text in every name, title, note and definition."""
    both = Bilingual(text, text)
    plan = library_plan()
    return dataclasses.replace(
        plan,
        agencies=tuple(dataclasses.replace(row, name=both, note=both) for row in plan.agencies),
        themes=tuple(dataclasses.replace(row, title=both) for row in plan.themes),
        tasks=tuple(dataclasses.replace(row, title=both, text=both) for row in plan.tasks),
        indicators=tuple(
            dataclasses.replace(row, name=both, definition=both, measure=both)
            for row in plan.indicators
        ),
        targets=tuple(dataclasses.replace(row, wording_zh=text) for row in plan.targets),
        observations=tuple(dataclasses.replace(row, note=both) for row in plan.observations),
        sources=tuple(
            dataclasses.replace(row, title=text, publisher=text, quote=text) for row in plan.sources
        ),
    )


@pytest.mark.parametrize("language", list(Language))
def test_a_tag_in_any_text_stays_text_on_every_page(language: Language) -> None:
    publication = publish(with_text(TAG), AS_OF, [])
    pages = list(generate_pages(publication, language))
    assert len(pages) > 30
    for page in pages:
        body = page.text.split("\n---\n", 1)[1]  # the front matter is YAML, which quotes it
        assert "<script>alert" not in body, page.address
        assert "<img src=x" not in body, page.address


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_spreadsheet_runs_no_formula(formula: str) -> None:
    publication = publish(with_text(formula), AS_OF, [])
    plan, assessments = publication.plan, publication.assessments
    rows = value_rows(plan.indicator["L01"], plan, assessments)
    content = to_csv(rows, VALUES).decode()
    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    assert f"'{formula}" in cells
    assert formula not in cells
