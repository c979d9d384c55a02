"""Keys: each row has its own, and every reference leads to a row that is there.

Takes the rows as read, sound or not, and gives a problem for each key that fails.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plansite.data.cells.cell_rules import HIDDEN
from plansite.data.cells.closest_choice import Choices, Guesses
from plansite.data.package.id_rules import SHARED, address_faults, anchor_faults, names_files
from plansite.data.validation.cell_collector import TypedRow
from plansite.model.contract import CONTRACT
from plansite.model.problems import Problem

SHIFTED = ("blank-row", "extra-cell")
"""What puts a whole row out of place, so that nothing else in it can be judged."""
_NOT_LETTERS = re.compile(r"\W")


@dataclass(frozen=True)
class Keys:
    """The keys of a table to which others refer."""

    existing: dict[str, None]
    """In the order of the rows."""
    nearly: frozenset[str]
    """Keys with a fault, folded: a reference to one is no second problem."""
    is_whole: bool
    """Whether every row has its key where it should be."""

    @cached_property
    def choices(self) -> Choices:
        """What a wrong reference may have meant."""
        return Choices(self.existing)


def known_keys(table: str, keys: Iterable[str], problems: Iterable[Problem]) -> Keys:
    """The keys that a table has, in view of what is wrong with it."""
    problems = list(problems)
    key = CONTRACT[table].primary_key[0]
    wrong = [problem for problem in problems if problem.field == key]
    nearly = frozenset(_folded(problem.value) for problem in wrong if problem.value)
    is_whole = not any(problem.code in SHIFTED for problem in problems) and all(
        problem.value for problem in wrong
    )
    return Keys(dict.fromkeys(keys), nearly, is_whole)


def _folded(text: str) -> str:
    """A key without what makes two that look alike differ."""
    return _NOT_LETTERS.sub("", HIDDEN.sub("", unicodedata.normalize("NFKC", text))).lower()


def check_keys(
    table: str, file: str, rows: Sequence[TypedRow], keys: Mapping[str, Keys], guesses: Guesses
) -> Iterator[Problem]:
    """Yield a problem for each duplicate key, reference to nothing and id that names no page.

    Args:
        table: the table's name.
        file: the table's file, as shown to people.
        rows: the table's rows.
        keys: the keys of every table that can be read.
        guesses: what finds the key that a wrong reference may have meant.
    """
    yield from _check_primary_key(table, file, rows)
    shared = keys.get(SHARED.get(table, ""))
    yield from _check_addresses(table, file, rows, shared.existing if shared else ())
    rule = CONTRACT[table]
    for field, target, target_field in rule.foreign_keys:
        if target not in keys or not keys[target].is_whole:
            continue
        existing, nearly = keys[target].existing, keys[target].nearly
        for row in rows:
            value = row.values.get(field)
            if value is not None and value not in existing and _folded(value) not in nearly:
                names = {"table": target, "target_field": target_field}
                details = {**names, **guesses.hint(value, keys[target].choices)}
                yield Problem("foreign-key", file, row.number, field, value, details)


def _check_primary_key(table: str, file: str, rows: Sequence[TypedRow]) -> Iterator[Problem]:
    key = CONTRACT[table].primary_key
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        values = tuple(map(row.values.get, key))
        other = first.setdefault(values, row.number)
        # A key with a cell that is empty or cannot be read has a problem of its own.
        if other != row.number and None not in values:
            details = {"key": " + ".join(key), "other_row": str(other)}
            shown = " + ".join(str(value) for value in values)
            yield Problem("primary-key", file, row.number, key[0], shown, details)


def _check_addresses(
    table: str, file: str, rows: Sequence[TypedRow], others: Container[str]
) -> Iterator[Problem]:
    key = CONTRACT[table].primary_key[0]
    numbers: dict[str, int] = {}
    for row in rows:
        if row.values.get(key):
            numbers.setdefault(row.values[key], row.number)
    faults = [*address_faults(numbers)] if names_files(table) else []
    for name, (code, details) in [*faults, *anchor_faults(table, numbers, others)]:
        yield Problem(code, file, numbers[name], key, name, details)
