"""Records are made of rows by their annotations."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from decimal import Decimal

import pytest

from plansite.data.package import make_records
from plansite.data.package.typed_rows import attribute_readers
from plansite.model import Bilingual, Comparability, PartialDate, Plan
from plansite.model.contract import CONTRACT


@dataclass(frozen=True)
class Sample:
    """One attribute of every kind."""

    text: str
    note: str | None
    count: int | None
    value: Decimal
    day: PartialDate | None
    name: Bilingual
    also: Bilingual | None
    measure: Bilingual = dataclasses.field(metadata={"column": "unit"})
    comparability: Comparability = Comparability.SAME


NAMES = {"name_zh": "名", "name_en": "Name", "unit_zh": "册", "unit_en": "books"}
EMPTY = dict.fromkeys(("text", "note", "count", "day", "also_zh", "also_en", "comparability"))


def sample(**cells: object) -> Sample:
    row = {**EMPTY, **NAMES, "value": Decimal("1.0"), **cells}
    return Sample(*[read(row) for read in attribute_readers(Sample)])


def test_empty_cells_give_what_the_annotation_allows() -> None:
    name, unit = Bilingual("名", "Name"), Bilingual("册", "books")
    empty = Sample("", None, None, Decimal("1.0"), None, name, None, unit, Comparability.SAME)
    assert sample() == empty


def test_cells_become_what_the_annotation_names() -> None:
    full = sample(count=0, day="2026-03", also_en="also", comparability="related")
    assert full.count == 0
    assert full.day == PartialDate.parse("2026-03")
    assert full.also == Bilingual("", "also")
    assert full.comparability is Comparability.RELATED


@pytest.mark.parametrize("table", CONTRACT)
def test_every_field_of_the_contract_is_read_into_a_record(table: str) -> None:
    record_class = typing.get_args(typing.get_type_hints(Plan)[table])[0]
    annotations = typing.get_type_hints(record_class)
    columns = []
    for field in dataclasses.fields(record_class):
        column = field.metadata.get("column", field.name)
        is_pair = Bilingual in (annotations[field.name], *typing.get_args(annotations[field.name]))
        columns += [f"{column}_zh", f"{column}_en"] if is_pair else [column]
    assert sorted(columns) == sorted(CONTRACT[table].field_names)
    assert make_records(table, []) == ()
