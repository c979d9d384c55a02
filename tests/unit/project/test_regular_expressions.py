"""Every regular expression of the program takes a time that grows with the text, whatever it says.

Expressions are found by import and in the source, so that a new one is tried from its first day.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from plansite.model.contract import DATE_PATTERN, ID_PATTERN
from tests.support.sizes.hostile_texts import hostile_texts
from tests.unit.project.test_layout import PROGRAM, modules_below

WRITTEN_ELSEWHERE = {
    "cli/arguments.py": "[0-9]{1,9}",
    "data/validation/schema_rules.py": "",  # a package's own, which is only looked at
}
"""Expressions that are put together where they are used, by file, as they come out."""
SHORT = 4_000
"""Characters of the first text; those of the last are four times as many."""
QUICK = 0.002
"""Seconds within which the first may be tried: a square would take five times as long."""
MOST = 8
"""Times the work that four times the text may be."""
METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


@dataclass(frozen=True)
class Use:
    """An expression, and a way in which the program uses it."""

    place: str
    pattern: re.Pattern[Any]
    method: str


def _module(path: Path) -> ModuleType:
    parts = path.relative_to(PROGRAM.parent).with_suffix("").parts
    return importlib.import_module(".".join(parts))


def _inside(value: object, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    """The expressions that a module's value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, Mapping):
        for part in value.values():
            yield from _inside(part, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _inside(part, depth - 1)


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def _methods(path: Path) -> dict[str, set[str]]:
    """For each name in a file, the methods of an expression that it is asked for; ``""`` is what
    has no name."""
    found: dict[str, set[str]] = {}
    for node in _nodes(path):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            owner = getattr(node.value, "id", getattr(node.value, "attr", ""))
            found.setdefault(owner, set()).add(node.attr)
    return found


def _methods_of(path: Path, name: str, value: object) -> set[str]:
    """How the expressions that a module has under a name are used.

    What is kept in a dictionary or list goes by other names, or by none, in the same file.
    """
    if isinstance(value, re.Pattern):
        return set().union(*(_methods(other).get(name, ()) for other in modules_below(PROGRAM)))
    own = vars(_module(path))
    others = {other for other in _methods(path) if not isinstance(own.get(other), re.Pattern)}
    named = set().union(*(_methods(path)[other] for other in others - {"re"}))
    return named - {"split"}  # texts have it too


def _expressions_in_source(path: Path) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """What is given to the functions of ``re``, with the function's name."""
    module = _module(path)
    for call in _nodes(path):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        if getattr(call.func.value, "id", "") != "re" or call.func.attr == "escape":
            continue
        try:
            text = eval(ast.unparse(call.args[0]), vars(module))  # noqa: S307 - our own source
            flags = [key.value for key in call.keywords if key.arg == "flags"]
            flags += [given for given in call.args[1:] if ast.unparse(given).startswith("re.")]
            given = eval(ast.unparse(flags[0]), vars(module)) if flags else 0  # noqa: S307
        except NameError:
            text, given = _made_elsewhere(path, module), 0
        yield call.func.attr, re.compile(text, given)


def _made_elsewhere(path: Path, module: ModuleType) -> str:
    """An expression that only running the module tells: it is named above, or the module keeps it.

    What a module keeps in a dictionary or a list is tried as its values.
    """
    name = path.relative_to(PROGRAM).as_posix()
    kept = [found for value in vars(module).values() for found in _inside(value)]
    assert name in WRITTEN_ELSEWHERE or kept, f"{name}: an expression that is not tried"
    return WRITTEN_ELSEWHERE.get(name, "")


def _uses() -> Iterator[Use]:
    for path in modules_below(PROGRAM):
        module, place = _module(path), path.relative_to(PROGRAM).as_posix()
        for name, value in vars(module).items():
            for pattern in _inside(value):
                for method in sorted(_methods_of(path, name, value)) or ("finditer", "fullmatch"):
                    yield Use(f"{place}: {name}", pattern, method)
        for function, pattern in _expressions_in_source(path):
            if function != "compile":
                yield Use(f"{place}: {function}", pattern, function)
    for text in (ID_PATTERN, DATE_PATTERN):
        yield Use("model/contract", re.compile(text), "fullmatch")


USES = {(use.pattern.pattern, use.pattern.flags, use.method): use for use in _uses()}
"""Each expression once for each way of using it, wherever it was found."""


def _action(use: Use, text: str) -> Callable[[], object]:
    is_text = isinstance(use.pattern.pattern, str)
    given: Any = text if is_text else text.encode()
    method = getattr(use.pattern, use.method)
    if use.method in ("sub", "subn"):
        return lambda: method("" if is_text else b"", given)
    return (lambda: [*method(given)]) if use.method == "finditer" else (lambda: method(given))


def _seconds(use: Use, text: str, tries: int) -> float:
    action, least = _action(use, text), float("inf")
    for _ in range(tries):
        start = time.process_time()
        action()
        least = min(least, time.process_time() - start)
    return least


def _slow_text(use: Use, length: int = SHORT, quick: float = QUICK) -> str | None:
    """A text for which an expression takes more than twice the time for twice the length."""
    longer = hostile_texts(use.pattern, 4 * length)
    for text, long_text in zip(hostile_texts(use.pattern, length), longer, strict=True):
        if _seconds(use, text, 1) < quick or (spent := _seconds(use, text, 5)) < quick:
            continue
        longest = _seconds(use, long_text, 3)
        if longest > MOST * spent:
            return f"{text[:30]!r} … {text[-10:]!r}: {spent:.4f} s, {longest:.4f} s"
    return None


@pytest.mark.parametrize("use", USES.values(), ids=lambda use: f"{use.place} {use.method}")
def test_an_expression_takes_a_time_that_grows_with_the_text(use: Use) -> None:
    assert _slow_text(use) is None, use.pattern.pattern


def test_what_is_slow_is_found() -> None:
    """The test would see them."""
    for text, method in (
        (r"[0-9]*\.?[0-9]+[eE]", "fullmatch"),
        (r"https?://[^\s/]+\.?[^\s<]*", "fullmatch"),
        (r"/\*.*?\*/", "sub"),
        (r"<p[^>]*>", "finditer"),
    ):
        assert _slow_text(Use("", re.compile(text), method), SHORT // 4, QUICK / 16), text


def test_expressions_are_found_wherever_they_stand() -> None:
    places = {use.place for use in USES.values()}
    assert {"data/cells/cell_rules.py: LINK", "data/cells/date_hints.py: FORMS"} <= places
    assert any(place.startswith("analysis/verdicts/citation.py") for place in places)


def test_no_module_takes_expressions_from_elsewhere() -> None:
    """They would not be found: ``re`` is imported whole, and nothing else has expressions."""
    for path in modules_below(PROGRAM):
        for node in _nodes(path):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("re", "regex"), path
            if isinstance(node, ast.Import):
                assert not any(
                    name.name in ("re", "regex") and (name.asname or name.name != "re")
                    for name in node.names
                ), path
