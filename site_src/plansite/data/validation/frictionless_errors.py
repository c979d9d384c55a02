"""frictionless' errors in the words of our catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from frictionless import Error, errors

from plansite.data.cells.cell_rules import Column
from plansite.data.cells.closest_choice import closest
from plansite.data.validation.cell_collector import CellFaultError
from plansite.data.validation.keys import SHIFTED
from plansite.model.contract import CONTRACT, DATE_PATTERN, ID_PATTERN
from plansite.model.problems import Problem

TYPE_WORDS = {
    "integer": {"expected_zh": "整数", "expected_en": "a whole number"},
    "number": {"expected_zh": "数字", "expected_en": "a number"},
    "string": {"expected_zh": "文字", "expected_en": "text"},
}
LIMIT_WORDS = {
    "minimum": ("不小于", "at least"),
    "maximum": ("不大于", "at most"),
    "exclusiveMinimum": ("大于", "more than"),
    "exclusiveMaximum": ("小于", "less than"),
}
CAUSES = (
    *("long-cell", "missing-cell", "missing-value"),
    *("hidden-character", "only-spaces", "line-break", "padding"),
    *("spreadsheet-error", "formula", "lost-character", "markup", "link", "not-a-number"),
    *("thousands-separator", "scientific-notation", "measure-in-number", "plain-digits"),
    *("long-number", "date-serial", "spreadsheet-date", "type", "id-format", "date-format"),
)
"""What makes other checks of the same cell fail as well, the deepest cause first."""
_CONSTRAINT = re.compile(r'constraint "(\w+)" is "(.*)"\Z', re.DOTALL)


def translate(error: Error, table: str, file: str, columns: Mapping[str, Column]) -> Problem:
    """One error as a problem.

    Args:
        error: what frictionless found in the table.
        table: the table's name.
        file: the table's file, as shown to people.
        columns: the table's columns by name.
    """
    if isinstance(error, errors.CellError):
        return _cell_problem(error, table, file, columns)
    if isinstance(error, errors.BlankRowError):
        return Problem("blank-row", file, row=error.row_number)
    reason = error.note or error.title
    details = {"reason_zh": reason, "reason_en": reason}
    return Problem("unreadable-table", file, details=details)


def without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One problem for each cell: where one fault makes several checks fail, only the cause.

    A row with problems keeps one at least, whatever they are.
    """
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row or 0, []).append(problem)
    for row in sorted(by_row):
        yield from list(_causes(by_row[row])) or by_row[row][:1]


def _causes(problems: Sequence[Problem]) -> Iterator[Problem]:
    """A row's problems without those that only follow from others."""
    # A row that is too long is so once, and one that ends early lacks all that follows.
    if shift := next((problem for problem in problems if problem.code in SHIFTED), None):
        yield shift
        return
    deepest: dict[str | None, int] = {}
    for problem in problems:
        deepest[problem.field] = min(_depth(problem), deepest.get(problem.field, len(CAUSES)))
    is_short = False
    for problem in problems:
        if problem.code == "missing-cell":
            keep, is_short = not is_short, True
        elif problem.code == "primary-key":
            keys = problem.details["key"].split(" + ")
            keep = all(deepest.get(key, len(CAUSES)) == len(CAUSES) for key in keys)
        else:
            keep = _depth(problem) == deepest[problem.field]
        if keep:
            yield problem


def _depth(problem: Problem) -> int:
    return CAUSES.index(problem.code) if problem.code in CAUSES else len(CAUSES)


def _cell_problem(
    error: errors.CellError, table: str, file: str, columns: Mapping[str, Column]
) -> Problem:
    """The error of a cell, in the words for what is wrong with it."""
    name, value, row = error.field_name or None, error.cell, error.row_number
    if isinstance(error, errors.MissingCellError):
        return Problem("missing-cell", file, row=row, field=name)
    column = columns[name or ""]
    words = _type_words(column.kind)
    if isinstance(error, CellFaultError):
        code, details = column.fault(value) or (error.note, {})
        return Problem(code, file, row=row, field=name, value=value, details={**words, **details})
    form = re.fullmatch(r'type is "string/(.*)"', error.note)
    if form or isinstance(error, errors.UniqueError):
        details = {"reason": f"format: {form[1]}" if form else "unique: true"}
        return Problem("schema-constraint", file, row=row, field=name, value=value, details=details)
    if not isinstance(error, errors.ConstraintError):
        return Problem("type", file, row=row, field=name, value=value, details=words)
    return _constraint_problem(error, table, file)


def _type_words(kind: str) -> dict[str, str]:
    return TYPE_WORDS.get(kind, {"expected_zh": f" {kind} 类型", "expected_en": f"the type {kind}"})


def _constraint_problem(error: errors.ConstraintError, table: str, file: str) -> Problem:
    """The constraint that a cell does not meet, in the words for that constraint."""
    name, value, row = error.field_name, error.cell, error.row_number
    rule = next((field for field in CONTRACT[table].fields if field.name == name), None)
    match = _CONSTRAINT.match(error.note)
    constraint, limit = match.groups() if match else ("", "")

    def problem(code: str, shown: str | None = value, **details: str) -> Problem:
        """A problem of this cell."""
        return Problem(code, file, row=row, field=name, value=shown, details=details)

    if constraint == "required":
        return problem("missing-value", None)
    if constraint == "enum" and rule is not None and rule.enum and value not in rule.enum:
        return problem("enum", choices=", ".join(rule.enum), **closest(value, rule.enum))
    if constraint == "pattern" and rule is not None and rule.pattern == ID_PATTERN:
        return problem("id-format")
    if constraint == "pattern" and rule is not None and rule.pattern == DATE_PATTERN:
        return problem("date-format")
    if constraint in LIMIT_WORDS:
        word_zh, word_en = LIMIT_WORDS[constraint]
        return problem("range", limit_zh=f"{word_zh} {limit}", limit_en=f"{word_en} {limit}")
    return problem("schema-constraint", reason=f"{constraint}: {limit}" if match else error.note)
