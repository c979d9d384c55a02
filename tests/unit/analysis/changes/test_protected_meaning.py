"""Whatever changes what the site says of a number is refused without a correction.

What is said is worked out from the plan; how fields are protected is not looked at. Every cell of
the library is typed over, and the two are held against each other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from plansite.analysis.changes.needed_corrections import needed_corrections
from plansite.analysis.changes.published_rows import check_published_rows
from plansite.analysis.verdicts.assess import assess
from plansite.data.package import Key, PackageSnapshot, RawPackage, RawRow, RawTable, make_records
from plansite.model import Plan
from plansite.model.contract import CONTRACT, FieldRule, protection_of
from plansite.model.precedence import leading_value
from tests.support.any_cell import TABLES
from tests.support.library_package import AS_OF, LIBRARY, library_plan

CORRECTABLE = {"published-edited", "published-dropped"}
"""What a correction makes up for; an id that goes or a rewritten correction has no excuse."""


@dataclass(frozen=True)
class Edit:
    """One cell typed over."""

    table: str
    row: RawRow
    field: str
    text: str


@cache
def library() -> RawPackage:
    return PackageSnapshot(LIBRARY).raw


# What the site says.


def said_of_numbers(plan: Plan) -> Iterator[object]:
    """Every number and verdict with all that it is read by, in the plan's own language."""
    assessments = assess(plan, AS_OF)
    for indicator in plan.indicators:
        name = (indicator.name.zh, indicator.measure.zh, indicator.direction, indicator.role)
        shown = (indicator.accumulation, indicator.decimals)
        yield indicator.indicator_id, name, shown
        for row in assessments.of(indicator.indicator_id):
            yield row.indicator_id, row.year, row.verdict, row.progress, row.expected_by
            if row.target is not None:
                aim = dataclasses.replace(row.target, wording_zh="")
                yield "target", aim, aim.value.as_tuple(), document(plan, aim.source_id)
    for value in plan.observations:
        others = [row for row in plan.observations_of(value.indicator_id) if row.year == value.year]
        leads = leading_value(others, plan) is value
        told = dataclasses.replace(value, note=None)
        yield "value", told, value.value.as_tuple(), leads, document(plan, value.source_id)
    for report in plan.progress_reports:
        told_of = (report.task_id, report.commitment_id, report.date.text)
        yield report.report_id, told_of, report.progress_status, document(plan, report.source_id)
    for source in plan.sources:
        yield source.source_id, document(plan, source.source_id)
    yield from said_of_promises(plan)


def said_of_promises(plan: Plan) -> Iterator[object]:
    """What was promised, and for which tasks and agencies verdicts are counted."""
    assessments = assess(plan, AS_OF)
    for row in assessments.commitments:
        due = row.commitment.due
        yield row.commitment.commitment_id, row.commitment.title.zh, due and due.text, row.verdict
    for task in plan.tasks:
        indicators = {row.indicator_id for row in plan.indicators_of(task.task_id)}
        commitments = {row.commitment_id for row in plan.commitments_of(task.task_id)}
        agencies = {agency.agency_id for agency, _ in plan.agencies_of(task.task_id)}
        yield task.task_id, indicators, commitments, agencies


def document(plan: Plan, source_id: str) -> tuple[object, ...]:
    source = plan.source[source_id]
    published = source.published and source.published.text
    return source.title, source.publisher, published, source.access


# Every cell typed over.


def edits(table: str) -> Iterator[Edit]:
    """For each cell of a table another that could stand there."""
    rules = {rule.name: rule for rule in CONTRACT[table].fields}
    for row in library().tables[table].rows.values():
        for field, text in row.cells.items():
            yield Edit(table, row, field, other_text(table, rules[field], text))


def other_text(table: str, rule: FieldRule, text: str) -> str:
    leads_to = {field: (other, key) for field, other, key in CONTRACT[table].foreign_keys}
    if rule.name in leads_to:
        other, key = leads_to[rule.name]
        ids = [row.cells[key] for row in library().tables[other].rows.values()]
        return next(name for name in reversed(ids) if name != text)
    if rule.enum:
        return next(word for word in rule.enum if word != text)
    if rule.type == "number":
        return str(Decimal(text) + 1) if text else "7"
    if rule.type == "integer":
        return str(int(text) + 1) if text else "2023"
    is_date = rule.pattern is not None and not rule.name.endswith("_id")
    return f"{text}x" if not is_date else "2025-04" if text != "2025-04" else "2025-05"


def typed_over(edit: Edit) -> RawPackage:
    table = library().tables[edit.table]
    cells = {**edit.row.cells, edit.field: edit.text}
    key = tuple(cells[field] for field in CONTRACT[edit.table].primary_key)
    edited = RawRow(edit.row.number, key, cells)
    rows = (edited if row is edit.row else row for row in table.rows.values())
    return with_table(library(), table, {row.key: row for row in rows})


def with_table(package: RawPackage, table: RawTable, rows: Mapping[Key, RawRow]) -> RawPackage:
    changed = dataclasses.replace(table, rows=rows)
    return dataclasses.replace(package, tables={**package.tables, table.name: changed})


def plan_of(package: RawPackage, table: str) -> Plan:
    """The library's plan with one table of a package."""
    rules = CONTRACT[table].fields
    rows = [
        {rule.name: typed_cell(rule, row.cells.get(rule.name, "")) for rule in rules}
        for row in package.tables[table].rows.values()
    ]
    records: dict[str, Any] = {table: make_records(table, rows)}
    return dataclasses.replace(library_plan(), **records)


def typed_cell(rule: FieldRule, text: str) -> object:
    if not text:
        return None
    return {"number": Decimal, "integer": int}.get(rule.type, str)(text)


def corrected(package: RawPackage) -> RawPackage:
    """A package with all the corrections that it needs, as if a person gave the reasons."""
    table = package.tables["corrections"]
    rows = dict(table.rows)
    for number, needed in enumerate(needed_corrections(library(), package), 50):
        cells = {**vars(needed), "correction_id": f"c{number}", "date": "2026-11-30"}
        reasons = {"reason_zh": "有误。", "reason_en": "Wrong."}
        rows[f"c{number}",] = RawRow(number, (f"c{number}",), cells | reasons)
    return with_table(package, table, rows)


@cache
def said_of_library() -> list[object]:
    return list(said_of_numbers(library_plan()))


def is_noticed(edit: Edit, package: RawPackage) -> bool:
    """Whether the site says something else of a number, or cannot say it any more."""
    try:
        return list(said_of_numbers(plan_of(package, edit.table))) != said_of_library()
    except (KeyError, TypeError):  # something leads to an id that is no more
        return True


@pytest.mark.parametrize("table", TABLES)
def test_what_the_site_says_of_a_number_changes_only_with_a_correction(table: str) -> None:
    noticed: dict[str, bool] = {}
    for edit in edits(table):
        package = typed_over(edit)
        is_blank = not edit.row.cells[edit.field]
        changes_meaning = is_noticed(edit, package)
        codes = {problem.code for problem in check_published_rows(library(), package, "v1")}
        if is_blank and table != "corrections":
            assert not codes, edit
            continue
        noticed[edit.field] = noticed.get(edit.field, False) or changes_meaning
        assert codes or not changes_meaning, edit
        if codes <= CORRECTABLE:
            found = check_published_rows(library(), corrected(package), "v1")
            assert found == [], [problem.place() for problem in found]
    if table != "corrections":
        needed = {field: protection_of(table, field).needs_correction for field in noticed}
        ids = {*CONTRACT[table].primary_key}
        assert {**needed, **dict.fromkeys(ids, True)} == {**noticed, **dict.fromkeys(ids, True)}
