"""What the files' writers do at the edges: digits, days, lengths, the same bytes again."""

from __future__ import annotations

import datetime as dt
import io
import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from plansite import urls
from plansite.downloads import make_downloads
from plansite.downloads.columns import Column, Row
from plansite.downloads.excel import Sheet, to_xlsx
from plansite.downloads.json_rows import to_json
from plansite.formatting import format_size
from plansite.model import Bilingual
from plansite.publication import publish
from plansite.workshop import Workshop
from tests.support import AS_OF, LIBRARY, library_plan

EARLIER = dt.date(2025, 3, 19)


def column(name: str, kind: str) -> Column:
    return Column(name, kind, Bilingual("", ""), Bilingual("", ""))


def downloads(day: dt.date) -> dict[str, bytes]:
    with Workshop(None, 1) as workshop:
        files = make_downloads(publish(library_plan(), day, []), LIBRARY, workshop)
        return {file.address: file.content for file in files}


def test_json_keeps_every_published_digit() -> None:
    texts = ["249.10", "-3.0", "0.000001", "14115", "123456789012345"]
    rows: list[Row] = [{"value": Decimal(text)} for text in texts]
    content = to_json(rows, [column("value", "number")]).decode()
    assert [f'{{"value": {text}}}' in content for text in texts] == [True] * 5
    assert json.loads(to_json([], [column("value", "number")])) == []


def test_a_text_that_no_cell_of_excel_can_hold_is_cut_and_says_so() -> None:
    rows: list[Row] = [{"text": "长" * 40_000}, {"text": "长" * 32_767}]
    content = to_xlsx([Sheet("data", [column("text", "string")], rows)])
    _, cut, whole = (
        cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))["data"]["A"]
    )
    assert str(cut).endswith("长 […]")
    assert len(str(cut)) == 32_767
    assert whole == rows[1]["text"]


@pytest.mark.parametrize(
    ("size", "told"),
    [
        *((0, "0.0 KB"), (1, "0.1 KB"), (9_900, "9.9 KB"), (9_901, "10 KB"), (12_001, "13 KB")),
        *((999_000, "999 KB"), (999_001, "1.0 MB"), (12_300_000, "13 MB")),
    ],
)
def test_sizes_are_rounded_up(size: int, told: str) -> None:
    assert format_size(size) == told


def test_the_same_data_give_the_same_bytes() -> None:
    assert downloads(AS_OF) == downloads(AS_OF)


def test_a_file_as_of_an_earlier_day_holds_what_was_known_then() -> None:
    files = downloads(EARLIER)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files[urls.PLAN_SQLITE])

        def cells(query: str) -> list[Any]:
            return [row[0] for row in database.execute(query)]

        assert max(cells("SELECT published FROM observations")) <= EARLIER.isoformat()
        assert max(cells("SELECT date FROM progress_reports")) <= EARLIER.isoformat()
        assert set(cells("SELECT as_of FROM indicator_values")) == {EARLIER.isoformat()}
        assert cells("PRAGMA foreign_key_check") == []
        known = len(cells("SELECT year FROM observations"))
    assert known == sum(row.published.first_day <= EARLIER for row in library_plan().observations)
    assert known < len(library_plan().observations)
    book = openpyxl.load_workbook(io.BytesIO(files[urls.PLAN_XLSX]))
    assert book["observations"].max_row == known + 1
