"""How a comparison looks: hostile cells, and size."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from plansite.data.package import Key, RawPackage, RawRow, RawTable
from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.output.diff import PackageState, as_json, as_markdown, as_text, compare_states
from tests.support.diff_states import as_data, compared
from tests.support.fuzzing import LONG
from tests.support.library_package import add_row, edit_cell, read_rows, write_rows

# Cells of strangers.

HOSTILE = [
    "a|b|c", "`code`", "``two`` and `one", "`", "<script>alert(1)</script>", "<!-- hidden -->",
    "@everyone", "[link](https://evil.example)", "![x](https://evil.example/x.png)", "# heading",
    "\n\n# heading\n\n- item", "\r\n---\r\n", "</details>", "\\`", "*b* _i_ ~s~ #1 GH-1", "a\0b",
    "\x1b[2J\x1b[31m", "\u202eright to left", "\u2028line", "{braces} {0}", "  ", "`" * 300,
    "https://evil.example", "&lt;b&gt;", "$x$", "::error::x",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_breaks_out_of_its_place(tmp_path: Path, text: str) -> None:
    marks = ["v", "t"]
    comparison = compared(
        tmp_path,
        lambda package: edit_cell(package, "sources", 3, "title", f"{marks[0]}{text}"),
        lambda package: edit_cell(package, "indicators", 2, "name_en", text or "x"),
        lambda package: edit_cell(package, "observations", 7, "value", text),
        lambda package: add_row(package, "themes", text, "3", text, text),
    )
    for language in Language:
        for found in (as_text(comparison, language), as_markdown(comparison, language)):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e]", found)
        markdown = as_markdown(comparison, language).splitlines()
        assert all(line[:3] in ("", "## ", "###") or line.startswith("- `") for line in markdown if
                   not line.startswith(("当前", "the files")))  # fmt: skip
        for line in markdown:
            outside = without_code(line)
            assert not re.search(r"[@<>\[\]*|`$&]|https?:|\n", outside), outside


def without_code(line: str) -> str:
    """What Markdown would read of a line, by CommonMark's rule for code spans."""
    rest, outside = line, ""
    while match := re.search(r"`+", rest):
        outside += rest[: match.start()]
        after = rest[match.end() :]
        closing = re.search(rf"(?<!`)`{{{len(match.group())}}}(?!`)", after)
        if closing is None:
            return f"{outside}{match.group()}{after}"
        rest = after[closing.end() :]
    return outside + rest


def test_long_cells_are_shortened_in_words_and_whole_in_json(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path, lambda package: edit_cell(package, "tasks", 2, "text_en", "x" * 5000)
    )
    assert "x" * 99 + "…" in as_text(comparison, Language.EN)
    assert "x" * 101 not in as_text(comparison, Language.EN)
    assert as_data(comparison)["texts"][0]["new"] == "x" * 5000


# Size.


def test_markdown_is_capped_and_says_how_much_more(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        lambda package: write_rows(
            package, "sources",
            [*read_rows(package, "sources"),
             *([f"s{number}", "题", "者", "2026", "mirror", "", "", ""] for number in range(80))],
        ),
    )  # fmt: skip
    markdown = as_markdown(comparison, Language.EN)
    assert markdown.count("\n- `") == 50
    assert markdown.endswith("\n- … and 30 more")
    assert as_text(comparison, Language.EN).count("sources.csv:") == 80


def test_markdown_never_outgrows_a_comment(tmp_path: Path) -> None:
    def long(package: Path) -> None:
        for table in ("sources", "observations", "targets", "themes", "agencies", "commitments"):
            rows = read_rows(package, table)
            for number in range(60):
                rows.append([f"{'`长' * 200}{number}", *(["`长" * 400] * (len(rows[0]) - 1))])
            write_rows(package, table, rows)
        for row in range(2, 20):
            edit_cell(package, "observations", row, "note_en", "`长" * 400)

    markdown = as_markdown(compared(tmp_path, long), Language.ZH)
    assert len(markdown) <= 60_000
    assert "另有" in markdown


ROWS = 100_000 if LONG else 20_000


def large(value: str) -> RawPackage:
    rule = CONTRACT["observations"]
    rows: dict[Key, RawRow] = {}
    for number in range(ROWS):
        key = (f"I{number // 100}", str(1950 + number % 100), "s", "2026")
        cells = dict.fromkeys(rule.field_names, "")
        cells |= dict(zip(rule.primary_key, key, strict=True))
        cells["value"] = f"{number}.{value if number % 3 == 0 else 5}"
        rows[key] = RawRow(number + 2, key, cells)
    empty = {name: RawTable(name, name, CONTRACT[name].field_names, {}) for name in CONTRACT}
    return RawPackage(
        {**empty, "observations": RawTable("observations", "o", rule.field_names, rows)}
    )


def test_a_hundred_thousand_rows_take_seconds() -> None:
    old, new = PackageState(large("5"), None), PackageState(large("7"), None)
    start = time.process_time()
    comparison = compare_states(old, new)
    assert len(comparison.values) == -(-ROWS // 3)
    as_text(comparison, Language.ZH)
    as_json(comparison, Language.ZH)
    assert len(as_markdown(comparison, Language.ZH)) <= 60_000
    assert time.process_time() - start < ROWS / 10_000  # in a long run the hundred thousand
