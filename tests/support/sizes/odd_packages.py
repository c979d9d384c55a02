"""Packages of any size that are odd in one way, as accidents and attacks make them.

Each function changes a copy of the library package and takes a number of bytes, of which it writes
about as many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.library_package import (
    edit_descriptor,
    edit_text,
    field_of,
    read_rows,
    retire,
    table_of,
)

Change = Callable[[Path, int], object]
_ROW = {
    "sources": {
        "source_id": "s{}",
        "title": "题",
        "publisher": "局",
        "published": "2025-03-01",
        "access": "mirror",
    },
    "observations": {
        "indicator_id": "visits",
        "year": "2024",
        "source_id": "report-2024",
        "published": "2025-01-01",
        "value": "1",
        "release_status": "final",
        "comparability": "same",
    },
    "corrections": {
        "correction_id": "c{}",
        "date": "2025-01-01",
        "resource": "observations",
        "row_key": "a/b",
        "field": "value",
        "reason_zh": "因",
        "reason_en": "why",
    },
}


def _add(package: Path, table: str, text: str) -> None:
    with (package / f"{table}.csv").open("a", encoding="utf-8", newline="") as out:
        out.write(text)


def _widen_header(package: Path, labels: Iterator[str]) -> None:
    header, _, rest = (package / "sources.csv").read_text("utf-8").partition("\n")
    (package / "sources.csv").write_text(",".join([header, *labels]) + "\n" + rest, "utf-8")


def _rows(table: str, **cells: str) -> Change:
    """Rows in which ``{}`` is their number."""

    def change(package: Path, size: int) -> None:
        header = read_rows(package, table)[0]
        row = ",".join({**_ROW[table], **cells}.get(name, "") for name in header) + "\n"
        count = max(size // (len(row.encode()) + 5), 1)
        _add(package, table, "".join(row.replace("{}", str(n)) for n in range(count)))

    return change


def _lines(line: str, begin: str = "", end: str = "") -> Change:
    return lambda package, size: _add(
        package, "sources", begin + line * (size // len(line.encode())) + end
    )


def _headings(heading: str) -> Change:
    return lambda package, size: _widen_header(
        package, (heading.replace("{}", str(n)) for n in range(size // (len(heading) + 4)))
    )


def _cells(unit: str, field: str = "url") -> Change:
    """Rows with one cell as long as Excel holds."""
    text = (unit * 32_000)[:32_000].strip()
    return _rows("sources", **{field: f'"{text}"'})


def _near_ids(package: Path, size: int) -> None:
    name = "source-of-the-year" * 3
    _rows("sources", source_id=name + "{}")(package, size // 2)
    _rows("observations", source_id=name.replace("ea", "ae") + "{}")(package, size // 2)


def _retired(package: Path, size: int) -> None:
    reasons = ["2025-01-01", "名", "name", "因", "why"]
    retire(package, *(["sources", f"gone{n}", *reasons, f"nowhere{n}"] for n in range(size // 55)))


def _descriptor(addition: Callable[[int], str]) -> Change:
    """Another member of the descriptor's object, as text."""
    return lambda package, size: edit_text(
        package, "datapackage.json", lambda text: text.rstrip()[:-1] + "," + addition(size) + "}"
    )


def _fields(count: Callable[[int], int], **more: object) -> Change:
    def change(package: Path, size: int) -> None:
        added = [{"name": f"f{n}", "type": "string", **more} for n in range(count(size))]
        edit_descriptor(
            package, lambda content: table_of(content, "sources")["schema"]["fields"].extend(added)
        )

    return change


def _constraint(make: Callable[[int], object], name: str, field: str = "title") -> Change:
    return lambda package, size: edit_descriptor(
        package,
        lambda content: field_of(content, "sources", field).update(constraints={name: make(size)}),
    )


def _resources(package: Path, size: int) -> None:
    added = [{"name": f"r{n}", "schema": {"fields": []}} for n in range(size // 40)]
    edit_descriptor(package, lambda content: content["resources"].extend(added))


def _slow_pattern(package: Path, size: int) -> None:
    edit_descriptor(
        package,
        lambda content: field_of(content, "sources", "title").update(
            constraints={"pattern": "(一|b)*一(一|b){900}"}
        ),
    )
    _cells("一b一一bb", "title")(package, size)


def _wide_rows(package: Path, size: int) -> None:
    _rows("sources", title="题" + "," * 1000)(package, size)


TABLES: dict[str, Change] = {
    "one row of commas": _lines(",", "s1"),
    "many wide rows": _wide_rows,
    "short rows": _lines("s1\n"),
    "rows of two bytes": _lines("a\n"),
    "blank lines": _lines("\n"),
    "blank lines of Windows": _lines("\r\n"),
    "rows of commas": _lines("," * 12 + "\n"),
    "rows of quotation marks": _lines('""\n'),
    "quotation marks": _lines('"'),
    "one cell of many lines": _lines("a\n", '"', '"\n'),
    "one long cell": _lines("a", "s1,"),
    "many columns": _headings("c{}"),
    "columns named alike": _headings("published{}"),
    "one column many times": _headings("a"),
    "unknown ids": _rows("observations", source_id="unknown{}"),
    "unknown ids of 7,000 letters": _rows("observations", source_id="unknown" * 1000 + "{}"),
    "ids that hardly differ": _near_ids,
    "wrong dates, links and words": _rows(
        "sources", published="x{}", url="bad{}", access="mirrored{}"
    ),
    "one key in every row": _rows("sources", source_id="same"),
    "corrections of nothing": _rows("corrections", resource="observation{}", field="valu"),
    "retired ids without successors": _retired,
    "years of 4,000 digits": _rows("observations", year="9" * 4000 + "{}"),
    "values of 4,000 digits": _rows("observations", value="9" * 4000 + ".{}x"),
    "a formula of digits": _cells("+1111", "title"),
    "links": _cells("http"),
    "a link that ends badly": _rows("sources", url='"https://' + "a" * 32_000 + '<"'),
    "links one after the other": _cells("https://a/?a="),
    "equals signs": _cells("="),
    "hosts": _cells("a."),
    "tags": _cells("<a ", "quote"),
    "entities": _cells("&#", "quote"),
    "Chinese digits": _cells("一", "quote"),
    "Chinese scales": _cells("亿", "quote"),
    "Chinese numbers": _cells("一万亿", "quote"),
    "digits": _cells("1", "quote"),
    "digits in groups": _cells("111,", "quote"),
    "spaces": _cells("a  ", "quote"),
    "marks between which nothing ends": _cells(";'b", "quote"),
    "quotation marks after dashes": _cells("-" * 300 + '""', "quote"),
}
DESCRIPTORS: dict[str, Change] = {
    "brackets that never close": lambda package, size: edit_text(
        package, "datapackage.json", lambda _: "[" * size
    ),
    "deep lists": _descriptor(lambda size: '"x":' + "[" * (size // 2) + "]" * (size // 2)),
    "many lists": _descriptor(
        lambda size: '"x":[' + ",".join(["[" * 900 + "]" * 900] * (size // 1801 + 1)) + "]"
    ),
    "many keys": _descriptor(
        lambda size: ",".join(f'"k{number}":1' for number in range(size // 12))
    ),
    "a long number": _descriptor(lambda size: '"x":' + "9" * size),
    "many long numbers": _descriptor(
        lambda size: '"x":[' + ",".join(["9" * 4299] * (size // 4300 + 1)) + "]"
    ),
    "many tables": _resources,
    "many fields": _fields(lambda size: size // 35),
    "fields of no type": _fields(lambda size: size // 35, type="none"),
    "many patterns": _fields(
        lambda size: min(size // 70, 900), constraints={"pattern": r"\w{1,60}"}
    ),
    "a pattern of brackets": _constraint(lambda size: "[" * size, "pattern"),
    "a pattern of groups": _constraint(
        lambda size: "(" * (size // 2) + ")" * (size // 2), "pattern"
    ),
    "the contract's pattern of groups": _constraint(
        lambda size: "(" * (size // 2) + ")" * (size // 2), "pattern", "source_id"
    ),
    "a pattern that multiplies": _constraint(lambda _: "(?i)" + "é{1,1000}" * 90, "pattern"),
    "a pattern that asks much of every letter": _slow_pattern,
    "many choices": _constraint(lambda size: [f"e{n}" for n in range(size // 8)], "enum"),
}
