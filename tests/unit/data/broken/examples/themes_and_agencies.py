"""Cells of the tables of themes and of agencies."""

from __future__ import annotations

from tests.support.library_package import add_row
from tests.unit.data.broken.broken_package import (
    Broken,
    added_column,
    both,
    cell,
    descriptor,
    without_keys,
)

BROKEN = [
    Broken(
        "wrong type in an added column",
        added_column({"name": "seen", "type": "boolean"}, "mostly"),
        "type", "themes.csv", 2, "seen", "mostly", "boolean", "boolean", 2,
    ),
    Broken(
        "full-width year in an added column",
        added_column({"name": "y", "type": "year"}, "２０２５"),
        "plain-digits", "themes.csv", 2, "y", "２０２５", "改为 2025", "write 2025", 2,
    ),
    Broken(
        "digits of another script in an added column",
        added_column({"name": "y", "type": "yearmonth"}, "२०२५-01"),
        "type", "themes.csv", 2, "y", "२०२५-01", "yearmonth", "yearmonth", 2,
    ),
    Broken(
        "name twice in an added column of JSON",
        added_column({"name": "more", "type": "object"}, '{"a": 1, "a": 2}'),
        "type", "themes.csv", 2, "more", '{"a": 1, "a": 2}', "object", "object", 2,
    ),
    Broken(
        "position 0", cell("themes", 2, "position", "0"),
        "range", "themes.csv", 2, "position", "0", "不小于 1", "at least 1",
    ),
    Broken(
        "link without its scheme", cell("agencies", 2, "homepage", "library.willowmere.example/"),
        "link", "agencies.csv", 2, "homepage", "library.willowmere.example/",
        "例如 https://library.willowmere.example/", "such as https://library.willowmere.example/",
    ),
    Broken(
        "duplicate key", lambda package: add_row(package, "themes", "readers", "3", "一", "One"),
        "primary-key", "themes.csv", 4, "theme_id", "readers", "与第 2 行重复",
        "row 2 has the same",
    ),
    Broken(
        "no keys, duplicate key",
        both(
            descriptor(without_keys),
            lambda package: add_row(package, "themes", "readers", "3", "一", "One"),
        ),
        "primary-key", "themes.csv", 4, "theme_id", "readers", "重复", "has the same",
    ),
]  # fmt: skip
