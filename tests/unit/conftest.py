"""What the tests of single modules share: frictionless remembers what it found out once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from frictionless import Error, Field
from frictionless.system.system import System
from frictionless.vendors import stringcase


@pytest.fixture(scope="session", autouse=True)
def remembering_frictionless() -> Iterator[None]:
    """Have frictionless answer once in the whole session what depends on nothing but the question.

    At every reading of a package it holds the descriptions of all fields to its rules four times,
    looks up their types and rewrites their keys, which takes half of the time; and the tests read a
    thousand packages whose descriptions are nearly always the same. The tests of the command line,
    in ``tests/site``, do without.
    """
    with pytest.MonkeyPatch.context() as patch:
        validate = _remembering_validation(Field.metadata_validate.__func__)  # type: ignore[attr-defined]
        patch.setattr(Field, "metadata_validate", classmethod(validate))
        select = _remembering_types(System.select_field_class)
        patch.setattr(System, "select_field_class", select)
        snakecase = functools.lru_cache(maxsize=None, typed=True)(stringcase.snakecase)
        patch.setattr(stringcase, "snakecase", snakecase)
        yield


def _remembering_validation(validate: Callable[..., Iterator[Error]]) -> Callable[..., Any]:
    """What is wrong with a description, by itself and the edition of Data Package."""
    found: dict[tuple[object, ...], list[Error]] = {}

    def metadata_validate(
        cls: type[Field], descriptor: dict[str, Any], *, context: Any = None
    ) -> Iterator[Error]:
        asked = (cls, repr(descriptor), context and context.datapackage_version)
        if asked not in found:
            found[asked] = [*validate(cls, descriptor, context=context)]
        yield from found[asked]

    return metadata_validate


def _remembering_types(select: Callable[..., type[Field]]) -> Callable[..., type[Field]]:
    """The class of a type's fields. A package may name anything for a type, a list for instance."""
    known = functools.cache(select)

    def select_field_class(system: System, type: Any = None) -> type[Field]:  # noqa: A002
        return (known if isinstance(type, str) else select)(system, type)

    return select_field_class
