"""What Excel and other programs write is accepted as it is."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.data.validation.read_package import read_package
from tests.support.library_package import reencode, table_of
from tests.unit.data.broken.broken_package import JSON, Break, both, cell, descriptor, field
from tests.unit.data.broken.problems_found import first_lines


def rewritten(change: Callable[[bytes], bytes]) -> Break:
    def rewrite(package: Path) -> None:
        for path in package.glob("*.csv"):
            path.write_bytes(change(path.read_bytes()))

    return rewrite


ACCEPTED = {
    "byte order mark": rewritten(lambda content: b"\xef\xbb\xbf" + content),
    "CRLF": rewritten(lambda content: content.replace(b"\n", b"\r\n")),
    "as Excel saves it": rewritten(
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    ),
    "CR, from an old Macintosh": rewritten(lambda content: content.replace(b"\n", b"\r")),
    "no line end at the end": rewritten(lambda content: content.rstrip(b"\r\n")),
    "every cell in quotation marks": rewritten(
        lambda content: b"".join(
            b",".join(b'"%s"' % cell.replace('"', '""').encode() for cell in row) + b"\n"
            for row in csv.reader(content.decode().splitlines())
        )
    ),
    "byte order mark in the descriptor": lambda package: reencode(package, JSON, "utf-8-sig"),
    "the way in which tables are read, said in full": descriptor(
        lambda content: table_of(content, "targets").update(
            dialect={"delimiter": ",", "header": True, "csv": {"quoteChar": '"'}},
            encoding="UTF-8",
            format="csv",
            mediatype="text/csv; charset=utf-8",
            scheme="file",
            profile="tabular-data-resource",
        )
    ),
    "files that nobody takes for data": lambda package: [
        (package / name).write_text("x")
        for name in (
            *("README.md", "README.zh.txt", "LICENSE", "CITATION.cff", ".gitattributes"),
            *("~$targets.xlsx", ".~lock.targets.csv#", "targets.csv~", "#targets.csv#"),
            *("targets.csv.bak", "Thumbs.db"),
        )
    ],
    "exclusive limit": field("targets", "value", constraints={"exclusiveMinimum": 0}),
    "negative number": both(
        cell("observations", 18, "indicator_id", "L08"),
        cell("corrections", 2, "old_value", "-17.5"),
    ),
    "less than, and an ampersand": cell("tasks", 2, "title_en", "R&D: 1 < 2, p<0.05, x<y"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_is_accepted(name: str, package: Path) -> None:
    ACCEPTED[name](package)
    assert first_lines(package) == []
    reading = read_package(package)
    assert reading.plan is not None
    assert reading.plan.observations[0].indicator_id == "L01"
