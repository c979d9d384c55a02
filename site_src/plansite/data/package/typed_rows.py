"""Rows that passed validation, as the model's records.

What an attribute is made of follows from the record's annotations, so that a table or field which
is added to the model and to the contract needs nothing here.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from operator import itemgetter
from typing import Any

from plansite.model import Bilingual, PartialDate, Plan
from plansite.model.contract import CONTRACT

Row = Mapping[str, Any]
Reader = Callable[[Row], Any]
"""Gives one attribute, from a row with a cell for each field of the contract."""
_date = functools.lru_cache(maxsize=10_000)(PartialDate.parse)
"""Most values of a source share a date, and reading one costs more than the rest of the row."""
_IN_ORDER_OF_POSITION = frozenset({"themes", "tasks", "indicators", "plan_sections"})


def make_records(table: str, rows: Iterable[Row]) -> tuple[Any, ...]:
    """A table's records; tables with a position in that order, the others as written."""
    record_class, readers = _readers(table)
    absent = dict.fromkeys(CONTRACT[table].field_names)
    whole_rows = ({**absent, **row} for row in rows)
    records = [record_class(*[read(row) for read in readers]) for row in whole_rows]
    if table in _IN_ORDER_OF_POSITION:
        records.sort(key=lambda record: record.position)
    return tuple(records)


@functools.cache
def _readers(table: str) -> tuple[Callable[..., Any], tuple[Reader, ...]]:
    """The class of a table's records, and what reads each of its attributes."""
    (record_class, _) = typing.get_args(typing.get_type_hints(Plan)[table])
    return record_class, tuple(attribute_readers(record_class))


def attribute_readers(record_class: type) -> Iterator[Reader]:
    """What reads each attribute of a class of records, in their order."""
    annotations = typing.get_type_hints(record_class)
    for field in dataclasses.fields(record_class):
        column = field.metadata.get("column", field.name)
        read = _reader(column, annotations[field.name])
        has_default = field.default not in (dataclasses.MISSING, None)
        yield _with_default(read, column, field.default) if has_default else read


def _with_default(read: Reader, column: str, default: object) -> Reader:
    return lambda row: default if row[column] is None else read(row)


def _reader(column: str, annotation: Any) -> Reader:
    """What reads an attribute: a text that is not optional is empty where its cell is."""
    choices = typing.get_args(annotation) or (annotation,)
    kind, is_optional = choices[0], type(None) in choices
    if kind is Bilingual:
        return _pair_reader(f"{column}_zh", f"{column}_en", is_optional=is_optional)
    make = _date if kind is PartialDate else kind if issubclass(kind, StrEnum) else None
    if make is not None and is_optional:
        return lambda row: make(row[column]) if row[column] else None
    if make is not None:
        return lambda row: make(row[column])
    if kind is str and not is_optional:
        return lambda row: row[column] or ""
    return itemgetter(column)  # text, or a number as frictionless read it


def _pair_reader(zh: str, en: str, *, is_optional: bool) -> Reader:
    if is_optional:
        return lambda row: Bilingual(row[zh] or "", row[en] or "") if row[zh] or row[en] else None
    return lambda row: Bilingual(row[zh], row[en])
