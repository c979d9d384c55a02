"""frictionless' errors in the words of our catalogue."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping

from frictionless import Error, errors

from plansite.contract import CONTRACT, DATE_PATTERN, ID_PATTERN
from plansite.package.cells import RawCellError
from plansite.problems import Problem

TYPE_WORDS = {
    "integer": {"expected_zh": "整数", "expected_en": "a whole number"},
    "number": {"expected_zh": "数字", "expected_en": "a number"},
    "string": {"expected_zh": "文字", "expected_en": "text"},
}
PLAIN_ROW_ERRORS = {"blank-row": "blank-row", "extra-cell": "extra-cell"}


def translate(error: Error, table: str, file: str, keys: Mapping[str, list[str]]) -> Problem | None:
    """One error as a problem; ``None`` where another problem already says it.

    Args:
        error: what frictionless found in the table.
        table: the table's name.
        file: the table's file, as shown to people.
        keys: the existing primary keys of every table, for "did you mean".
    """
    if isinstance(error, errors.CellError):
        return _cell_problem(error, table, file)
    if isinstance(error, errors.ForeignKeyError):
        return _foreign_key_problem(error, file, keys)
    if isinstance(error, errors.PrimaryKeyError):
        return _primary_key_problem(error, table, file)
    if isinstance(error, errors.BlankRowError):
        return Problem("blank-row", file, row=error.row_number)
    if isinstance(error, errors.LabelError):
        return _label_problem(error, file)
    return Problem("unreadable-table", file, details={"reason": error.note or error.title})


def _cell_problem(error: errors.CellError, table: str, file: str) -> Problem | None:
    name, value, row = error.field_name or None, error.cell, error.row_number
    if isinstance(error, errors.ExtraCellError):
        return Problem("extra-cell", file, row=row, value=value or None)
    if isinstance(error, errors.MissingCellError):
        return Problem("missing-cell", file, row=row, field=name)
    if isinstance(error, RawCellError):
        details = {"ascii": unicodedata.normalize("NFKC", value)}
        return Problem(error.note, file, row=row, field=name, value=value, details=details)
    if not isinstance(error, errors.ConstraintError):
        kind = next((f.type for f in CONTRACT[table].fields if f.name == name), "string")
        return Problem("type", file, row=row, field=name, value=value, details=TYPE_WORDS[kind])
    if value != value.strip() or (not value.isascii() and _folds_to_ascii(value)):
        return None  # the raw cell check names the cause of the broken pattern or enum
    return _constraint_problem(error, table, file)


def _folds_to_ascii(value: str) -> bool:
    return unicodedata.normalize("NFKC", value).isascii()


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
    error: errors.ForeignKeyError, file: str, keys: Mapping[str, list[str]]
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


def _primary_key_problem(error: errors.PrimaryKeyError, table: str, file: str) -> Problem:
    other = re.search(r'"?(\d+)"?$', error.note)
    key = CONTRACT[table].primary_key
    positions = [CONTRACT[table].field_names.index(name) for name in key]
    values = [error.cells[place] for place in positions if place < len(error.cells)]
    details = {"key": " + ".join(key), "other_row": other.group(1) if other else "?"}
    return Problem(
        "primary-key",
        file,
        row=error.row_number,
        field=key[0],
        value=" + ".join(values),
        details=details,
    )


def _label_problem(error: errors.LabelError, file: str) -> Problem:
    if isinstance(error, errors.MissingLabelError):
        return Problem("missing-column", file, row=1, value=error.field_name)
    if isinstance(error, errors.IncorrectLabelError):
        details = {"expected": error.field_name}
        return Problem("column-name", file, row=1, value=error.label, details=details)
    return Problem("extra-column", file, row=1, value=error.label)


def closest(value: str, choices: list[str]) -> dict[str, str]:
    """Words that point to the choice nearest to what was typed; empty where none is near."""
    folded = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(value.strip().lower(), list(folded), n=1, cutoff=0.5)
    if not near:
        return {"closest_zh": "", "closest_en": ""}
    best = folded[near[0]]
    return {"closest_zh": f"（相近：{best}）", "closest_en": f" (closest: {best})"}
