"""What a chart draws: plain numbers, free of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar


class PointKind(StrEnum):
    """How a value is drawn; ``shapes`` has a shape of its own for each."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    COMPETING = "competing"
    """Another source's value for the same year, beside the one that leads."""
    RELATED = "related"
    """Not comparable with the target."""

    @property
    def leads(self) -> bool:
        """Whether it is the value that a year is read by: joined by the line, with its number."""
        return self not in (PointKind.COMPETING, PointKind.RELATED)


Facts = Mapping[str, str]
"""What a mark says of itself, for the page's script: data attributes without ``data-``."""


@dataclass(frozen=True)
class Dot:
    """A published value without a word: the same in every language."""

    year: int
    value: float
    kind: PointKind


@dataclass(frozen=True)
class Point(Dot):
    """A published value; ``label`` is its number as the page writes it, empty for none."""

    label: str = ""
    facts: Facts = field(default_factory=dict)

    @property
    def dot(self) -> Dot:
        """It without its words."""
        return Dot(self.year, self.value, self.kind)


@dataclass(frozen=True)
class Bar:
    """A target without a word, with ``upper`` for a range: the same in every language."""

    year: int
    value: float
    upper: float | None = field(default=None, kw_only=True)

    @property
    def bounds(self) -> list[float]:
        """Its value, or both ends of its range."""
        return [self.value] if self.upper is None else [self.value, self.upper]


@dataclass(frozen=True)
class TargetMark(Bar):
    """A target.

    ``label`` says what it is, such as ``目标 230``; ``number`` is for where there is less room.
    """

    label: str
    number: str
    facts: Facts = field(default_factory=dict)

    @property
    def bar(self) -> Bar:
        """It without its words."""
        return Bar(self.year, self.value, upper=self.upper)


D = TypeVar("D", bound=Dot)


@dataclass(frozen=True)
class ChartWords:
    """The few words inside a chart, in the page's language."""

    target_years: str
    unpublished: str


def leading(points: Iterable[D]) -> list[D]:
    """The values that years are read by."""
    return [point for point in points if point.kind.leads]


def years_without_value(points: Iterable[Dot], targets: Iterable[Bar]) -> list[int]:
    """Years with a target and nothing published."""
    published = {point.year for point in points}
    return [target.year for target in targets if target.year not in published]


def rows_with_runs(points: Sequence[Dot]) -> list[dict[str, float]]:
    """Points as rows for a line, each with the number of its unbroken run of years.

    Values of 2015, 2016 and 2021 are two runs: nothing is drawn across the gap.
    """
    rows: list[dict[str, float]] = []
    run = 0
    for point in sorted(points, key=lambda point: point.year):
        if rows and point.year != rows[-1]["year"] + 1:
            run += 1
        rows.append({"year": point.year, "value": point.value, "run": run})
    return rows
