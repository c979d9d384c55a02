"""No file that is handed in costs more to read or refuse than its size is worth."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from plansite.pipeline.submission import prepare
from tests.support.library_package import AS_OF, LIBRARY
from tests.support.paths import TESTS
from tests.support.sizes.growth import assert_linear

FILLED = TESTS / "workbooks" / "library-filled.xlsx"
SECONDS = 2.0


def _codes(file: Path) -> list[str]:
    return [problem.code for problem in prepare(LIBRARY, file, AS_OF, removals=False).problems]


def _reading(file: Path) -> Callable[[], object]:
    return lambda: _codes(file)


def _with_sheets(folder: Path, count: int) -> Path:
    """A workbook in which so many more sheets name the part of the first."""
    path = folder / f"{count}.xlsx"
    more = "".join(
        f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>'
        for number in range(1000, 1000 + count)
    )
    with zipfile.ZipFile(FILLED) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(b"</sheets>", more.encode() + b"</sheets>")
            new.writestr(name, content)
    return path


def test_a_thousand_sheets_of_one_part_are_not_read_a_thousand_times(tmp_path: Path) -> None:
    assert _codes(_with_sheets(tmp_path, 1000)) == ["workbook-entries"]
    assert_linear(lambda size: _reading(_with_sheets(tmp_path, size)), 4000, SECONDS)


def test_rows_of_two_letters_are_not_filled_up(tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    header = "source_id,title,publisher,published,access,url"
    file.write_text(f"{header}\n" + "a\n" * 100_000, "utf-8")
    assert _codes(file) == ["missing-cell"] * 1000 + ["too-many-problems"]
    assert_linear(lambda _: _reading(file), 100_000, SECONDS)
