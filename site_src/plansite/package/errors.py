"""frictionless' errors in the words of our catalogue."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from frictionless import Error, errors

from plansite.contract import CONTRACT, DATE_PATTERN, ID_PATTERN
from plansite.package.cells import RawCellError
from plansite.problems import Problem

TYPE_WORDS = {
    "integer": {"expected_zh": "整数", "expected_en": "a whole number"},
    "number": {"expected_zh": "数字", "expected_en": "a number"},
    "string": {"expected_zh": "文字", "expected_en": "text"},
}
SHIFTED = ("blank-row", "extra-cell")
"""What puts a whole row out of place, so that nothing else in it can be judged."""
CAUSES = (
    *("missing-cell", "missing-value", "padding", "plain-digits", "not-a-number", "type"),
    *("id-format", "date-format"),
)
"""What makes other checks of the same cell fail as well, the deepest cause first."""


def translate(
    error: Error, table: str, file: str, kinds: Mapping[str, str], keys: Mapping[str, Sequence[str]]
) -> Problem | None:
    """One error as a problem; ``None`` where another problem already says it.

    Args:
        error: what frictionless found in the table.
        table: the table's name.
        file: the table's file, as shown to people.
        kinds: the type of each of the table's fields, in the order of its columns.
        keys: the existing primary keys of every table, for "did you mean".
    """
    if isinstance(error, errors.CellError):
        return _cell_problem(error, table, file, kinds)
    if isinstance(error, errors.ForeignKeyError):
        return _foreign_key_problem(error, file, keys)
    if isinstance(error, errors.PrimaryKeyError):
        return _primary_key_problem(error, table, file, list(kinds))
    if isinstance(error, errors.BlankRowError):
        return Problem("blank-row", file, row=error.row_number)
    reason = error.note or error.title
    details = {"reason_zh": reason, "reason_en": reason}
    return Problem("unreadable-table", file, details=details)


def without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One problem for each cell: where one fault makes several checks fail, only the cause."""
    found = list(problems)
    shifted = {problem.row for problem in found if problem.code in SHIFTED}
    deepest: dict[tuple[int | None, str | None], int] = {}
    for problem in found:
        place = (problem.row, problem.field)
        deepest[place] = min(_depth(problem), deepest.get(place, len(CAUSES)))
    for problem in found:
        if problem.row in shifted:
            keep = problem.code in SHIFTED
        elif problem.code == "primary-key":
            keys = problem.details["key"].split(" + ")
            keep = all(deepest.get((problem.row, key), len(CAUSES)) == len(CAUSES) for key in keys)
        else:
            keep = _depth(problem) == deepest[problem.row, problem.field]
        if keep:
            yield problem


def _depth(problem: Problem) -> int:
    return CAUSES.index(problem.code) if problem.code in CAUSES else len(CAUSES)


def _cell_problem(
    error: errors.CellError, table: str, file: str, kinds: Mapping[str, str]
) -> Problem:
    name, value, row = error.field_name or None, error.cell, error.row_number
    if isinstance(error, errors.ExtraCellError):
        return Problem("extra-cell", file, row=row, value=value or None)
    if isinstance(error, errors.MissingCellError):
        return Problem("missing-cell", file, row=row, field=name)
    if isinstance(error, RawCellError):
        details = {"ascii": unicodedata.normalize("NFKC", value), **_type_words(kinds[name or ""])}
        return Problem(error.note, file, row=row, field=name, value=value, details=details)
    if not isinstance(error, errors.ConstraintError):
        words = _type_words(kinds[name or ""])
        return Problem("type", file, row=row, field=name, value=value, details=words)
    return _constraint_problem(error, table, file)


def _type_words(kind: str) -> dict[str, str]:
    return TYPE_WORDS.get(kind, {"expected_zh": f" {kind} 类型", "expected_en": f"the type {kind}"})


def _constraint_problem(error: errors.ConstraintError, table: str, file: str) -> Problem:
    name, value, row = error.field_name, error.cell, error.row_number
    rule = next((field for field in CONTRACT[table].fields if field.name == name), None)
    match = re.match(r'constraint "(\w+)" is "(.*)"$', error.note, re.DOTALL)
    constraint, limit = match.groups() if match else ("", "")

    def problem(code: str, shown: str | None = value, **details: str) -> Problem:
        return Problem(code, file, row=row, field=name, value=shown, details=details)

    if constraint == "required":
        return problem("missing-value", None)
    if constraint == "enum" and rule is not None:
        return problem("enum", choices=", ".join(rule.enum), **closest(value, list(rule.enum)))
    if constraint == "pattern" and rule is not None and rule.pattern == ID_PATTERN:
        return problem("id-format")
    if constraint == "pattern" and rule is not None and rule.pattern == DATE_PATTERN:
        return problem("date-format")
    if constraint in ("minimum", "maximum"):
        word_zh, word_en = (
            ("不小于", "at least") if constraint == "minimum" else ("不大于", "at most")
        )
        return problem("range", limit_zh=f"{word_zh} {limit}", limit_en=f"{word_en} {limit}")
    return problem("schema-constraint", reason=f"{constraint}: {limit}" if match else error.note)


def _foreign_key_problem(
    error: errors.ForeignKeyError, file: str, keys: Mapping[str, Sequence[str]]
) -> Problem:
    # An empty reference name is the table itself: its own key has the same choices.
    target = error.reference_field_names[0]
    table = error.reference_name or next(
        name for name, rule in CONTRACT.items() if rule.primary_key == (target,)
    )
    value = error.field_cells[0]
    details = {"table": table, "target_field": target, **closest(value, keys.get(table, []))}
    return Problem(
        "foreign-key",
        file,
        row=error.row_number,
        field=error.field_names[0],
        value=value,
        details=details,
    )


def _primary_key_problem(
    error: errors.PrimaryKeyError, table: str, file: str, columns: list[str]
) -> Problem | None:
    other = re.search(r'"?(\d+)"?$', error.note)
    if other is None:
        return None  # every key cell is empty, and each has a problem of its own
    key = CONTRACT[table].primary_key
    values = [error.cells[columns.index(name)] for name in key]
    details = {"key": " + ".join(key), "other_row": other.group(1)}
    return Problem(
        "primary-key",
        file,
        row=error.row_number,
        field=key[0],
        value=" + ".join(values),
        details=details,
    )


def closest(value: str, choices: Sequence[str]) -> dict[str, str]:
    """Words that point to the choice nearest to what was typed; empty where none is near."""
    folded = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(value.strip().lower(), list(folded), n=1, cutoff=0.5)
    if not near:
        return {"closest_zh": "", "closest_en": ""}
    best = folded[near[0]]
    return {"closest_zh": f"（相近：{best}）", "closest_en": f" (closest: {best})"}
