"""What the tests of single modules share: frictionless remembers what it found of a description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from frictionless import Error, Field


@pytest.fixture(scope="session", autouse=True)
def remembering_frictionless() -> Iterator[None]:
    """Have frictionless look at each description of a field once in the whole session.

    At every reading of a package it holds the descriptions of all fields to its rules four times,
    which takes a third of the time, and the tests read a thousand packages whose descriptions are
    nearly always the same. What it finds depends on nothing but the description and the edition of
    Data Package. The tests of the command line, in ``tests/site``, do without.
    """
    look = Field.metadata_validate.__func__  # type: ignore[attr-defined]
    found: dict[tuple[object, ...], list[Error]] = {}

    def metadata_validate(
        cls: type[Field], descriptor: dict[str, Any], *, context: Any = None
    ) -> Iterator[Error]:
        asked = (cls, repr(descriptor), context and context.datapackage_version)
        if asked not in found:
            found[asked] = [*look(cls, descriptor, context=context)]
        yield from found[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Field, "metadata_validate", classmethod(metadata_validate))
        yield
