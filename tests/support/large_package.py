"""A plan of any size, grown from the library package, to measure and to stress."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import islice, product
from pathlib import Path

from tests.support.library_package import copy_package, read_rows

YEARS = range(2010, 2026)
SOURCES = 8
"""Sources for each indicator and year."""


def make_large_package(directory: Path, observations: int) -> Path:
    """A valid package with so many observations; its other tables grow with them."""
    package = copy_package(directory, f"large-{observations}")
    indicators = -(-observations // (len(YEARS) * SOURCES))
    ids = [f"G{number:05}" for number in range(indicators)]
    _append(package, "indicators", (_indicator(id_, number) for number, id_ in enumerate(ids, 1)))
    _append(package, "targets", (_target(id_) for id_ in ids))
    _append(package, "sources", (_source(year, copy) for year in YEARS for copy in range(SOURCES)))
    rows = (_observation(*key) for key in product(ids, YEARS, range(SOURCES)))
    _append(package, "observations", islice(rows, observations))
    return package


def _append(package: Path, table: str, rows: Iterable[list[str]]) -> None:
    width = len(read_rows(package, table)[0])
    with (package / f"{table}.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(
            row + [""] * (width - len(row)) for row in rows
        )


def _indicator(id_: str, number: int) -> list[str]:
    names = [f"第{number}项指标", f"Indicator number {number}", "册", "books"]
    return [id_, "headline", "", str(100 + number), *names, "up", "level", "1"]


def _target(id_: str) -> list[str]:
    return [id_, "2026", "ge", "90", "", "firm", "2026年达到90册", "reading-plan"]


def _source(year: int, copy: int) -> list[str]:
    title, published = f"{year}年统计公报（第{copy}版）", f"{year + 1}-03-{copy + 1:02}"
    address = f"https://library.willowmere.example/{year}/{copy}"
    quote = f"{year}年为{_value(year, copy)}册"
    return [f"bulletin-{year}-{copy}", title, "统计局", published, "direct", address, quote]


def _observation(id_: str, year: int, copy: int) -> list[str]:
    key = [id_, str(year), f"bulletin-{year}-{copy}", f"{year + 1}-03-{copy + 1:02}"]
    return [*key, _value(year, copy), "final", "same"]


def _value(year: int, copy: int) -> str:
    return f"{year - 1960}.{copy}"
