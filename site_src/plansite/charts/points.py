"""What a chart draws: plain numbers, free of the model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PointKind(StrEnum):
    """How a value is drawn."""

    FINAL = "final"
    UNSETTLED = "unsettled"
    """Provisional or estimated: the same shape, hollow."""
    COMPETING = "competing"
    """Another source's value for the same year: small and hollow."""
    RELATED = "related"
    """Not comparable with the target: a small hollow square."""


@dataclass(frozen=True)
class Point:
    """A published value; ``label`` is its number as the page writes it, empty for none."""

    year: int
    value: float
    kind: PointKind
    label: str = ""


@dataclass(frozen=True)
class TargetMark:
    """A target, with ``upper`` for a range.

    ``label`` says what it is, such as ``目标 230``; ``number`` is for where there is less room.
    """

    year: int
    value: float
    label: str
    number: str
    upper: float | None = None


@dataclass(frozen=True)
class ChartWords:
    """The few words inside a chart, in the page's language."""

    plan_period: str
    unpublished: str


def rows_with_runs(points: list[Point]) -> list[dict[str, float]]:
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
