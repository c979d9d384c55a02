"""What changed between two states of the data: every group, renames, what counts as a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from plansite.model import Language
from plansite.output.diff import as_markdown, as_text, compare_states
from tests.support.diff_states import as_data, compared, everything, state_of
from tests.support.library_package import (
    add_row,
    copy_package,
    delete_row,
    edit_cell,
    edit_descriptor,
    edit_text,
    field_of,
    read_rows,
    retire,
    write_rows,
)


def test_the_same_data_is_no_change(tmp_path: Path) -> None:
    comparison = compared(tmp_path)
    assert "Nothing changed" in as_text(comparison, Language.EN)
    assert "数据没有变化" in as_markdown(comparison, Language.ZH)
    found = as_data(comparison)
    assert not any(found[group] for group in ("lost", "renamed", "values", "verdicts", "new"))


def test_every_group(tmp_path: Path) -> None:
    found = as_data(compared(tmp_path, everything))
    assert [(row["row"], row["key"]["year"], row["cells"]["value"]) for row in found["lost"]] == [
        (12, "2024", "1150")
    ]
    assert [(row["table"], row["old"], row["new"]) for row in found["renamed"]] == [
        ("agencies", "school-board", "schools")
    ]
    assert [
        (row["row"], row["field"], row["old"], row["new"], row["percent"])
        for row in found["values"]
    ] == [
        (4, "release_status", "provisional", "final", None),
        (7, "value", "17.5", "14", -20.0),
    ]
    assert [(row["id"], row["year"], row["old"], row["new"]) for row in found["verdicts"]] == [
        ("L02", 2024, "partly", "met"),
        ("L04", 2024, "missed", "overdue"),
    ]
    assert [row["cells"]["indicator_id"] for row in found["new"]] == ["L06"]
    assert [row["key"] for row in found["sources"]] == [{"source_id": "report-2026"}]
    assert [(row["field"], row["new"]) for row in found["texts"]] == [
        ("title_en", "Put the old books in order")
    ]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            Language.ZH,
            ["消失的行（1）", "改名的编号（1）", "改动的数值（2）", "改变的结论（2）",
             "新增的行（1）", "新增的来源（1）", "改动的文字（1）"],
        ),
        (
            Language.EN,
            ["Lost rows (1)", "Renamed ids (1)", "Changed values (2)", "Changed verdicts (2)",
             "New rows (1)", "New sources (1)", "Changed texts (1)"],
        ),
    ],
)  # fmt: skip
def test_losses_are_told_first(tmp_path: Path, language: Language, headings: list[str]) -> None:
    comparison = compared(tmp_path, everything)
    text, markdown = as_text(comparison, language), as_markdown(comparison, language)
    assert [line for line in text.splitlines()[1:] if line[:1].strip()] == headings
    assert re.findall(r"^### (.*)$", markdown, re.MULTILINE) == headings


def test_an_entry_reads_as_a_sentence(tmp_path: Path) -> None:
    lines = as_text(compared(tmp_path, everything), Language.EN).splitlines()
    assert any(
        line.endswith(
            "observations.csv:7 L02/2024/report-2024/2025-03-20 value: 17.5 → 14 (−20.0%)"
        )
        for line in lines
    )
    assert "  L02 Days of waiting for a reserved book (2024): Partly met → Target met" in lines
    assert any(
        "(row of the older state) L04/2024/report-2024/2025-03-20: 1150" in line for line in lines
    )


def test_a_target_that_is_no_longer_met_comes_first_and_is_marked(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        lambda package: edit_cell(package, "observations", 7, "value", "14"),
        lambda package: edit_cell(package, "observations", 17, "value", "0"),
        lambda package: edit_cell(package, "progress_reports", 3, "progress_status", "in_progress"),
    )
    assert comparison.verdicts is not None
    assert [(flip.subject_id, flip.old, flip.new, flip.worse) for flip in comparison.verdicts] == [
        ("L07", "met", "missed", True),
        ("c-evening", "completed", "overdue", True),
        ("L02", "partly", "met", False),
    ]
    assert "  ▼ L07 流动书车（2025年）：达到目标 → 未达到" in as_text(comparison, Language.ZH)


def test_what_numbers_mean_comes_before_the_numbers(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        lambda package: edit_cell(package, "observations", 7, "value", "17.0"),
        lambda package: edit_cell(package, "indicators", 2, "unit_en", "books a head"),
        lambda package: edit_cell(package, "indicators", 2, "position", "9"),
        lambda package: edit_cell(package, "targets", 2, "strength", "aspirational"),
        lambda package: edit_cell(package, "sources", 6, "access", "direct"),
        lambda package: edit_cell(package, "corrections", 2, "old_value", "16.0"),
    )
    found = as_data(comparison)
    assert [(row["table"], row["field"]) for row in found["meaning"]] == [
        ("indicators", "unit_en"),
        ("targets", "strength"),
        ("sources", "access"),
        ("corrections", "old_value"),
    ]
    assert [row["field"] for row in found["values"]] == ["value"]
    assert [row["field"] for row in found["texts"]] == ["position"]
    headings = re.findall(r"^### (.*)$", as_markdown(comparison, Language.EN), re.MULTILINE)
    assert headings[:2] == ["Changes in what numbers mean (4)", "Changed values (1)"]
    assert as_text(comparison, Language.ZH).splitlines()[2] == "影响数值含义的改动（4）"


def test_what_columns_are_said_to_hold_is_compared(tmp_path: Path) -> None:
    def redescribe(content: dict[str, Any]) -> None:
        content["title"] = "另一方案"
        field_of(content, "targets", "upper_value")["description"] = "下限"
        content["resources"].reverse()

    comparison = compared(
        tmp_path,
        lambda package: edit_descriptor(package, redescribe),
        lambda package: retire(
            package, ["indicators", "L09", "2026", "旧藏", "Holdings", "并入。", "Merged."]
        ),
    )
    found = {row["path"]: row for row in as_data(comparison)["package"]}
    described = "resources.targets.schema.fields.upper_value.description"
    assert [*found] == ["title", described, "resources.retired"]
    assert found["title"]["new"] == "另一方案"
    assert found[described]["new"] == "下限"
    assert found["resources.retired"]["old"] == ""
    assert "  title: 柳湖镇阅读计划" in as_text(comparison, Language.EN)


# Renames.


def rename(old: str, new: str) -> Callable[[Path], None]:
    def edit(package: Path) -> None:
        for path in package.glob("*.csv"):
            edit_text(package, path.name, lambda text: re.sub(rf"\b{old}\b", new, text))

    return edit


def test_a_renamed_id_is_neither_lost_nor_new(tmp_path: Path) -> None:
    comparison = compared(tmp_path, rename("L01", "loans"))
    assert [(row.table, row.old.key, row.new.key) for row in comparison.renamed] == [
        ("indicators", ("L01",), ("loans",))
    ]
    rest = (comparison.lost, comparison.values, comparison.verdicts, comparison.added)
    assert rest == ((), (), (), ())


def test_ids_that_refer_to_each_other_may_be_renamed_together(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path, rename("readers", "people"), rename("t1", "hours"), rename("c-card", "card")
    )
    assert [(row.table, row.new.key[0]) for row in comparison.renamed] == [
        ("themes", "people"), ("tasks", "hours"), ("commitments", "card"),
    ]  # fmt: skip
    assert (comparison.lost, comparison.values, comparison.added) == ((), (), ())


def test_a_row_that_changed_more_than_its_id_is_lost(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        rename("c-card", "card"),
        lambda package: edit_cell(package, "commitments", 3, "due", "2026"),
    )
    assert [row.row.key for row in comparison.lost] == [("c-card",)]
    assert [row.row.key for row in comparison.added] == [("card",)]
    assert not comparison.renamed


def test_two_rows_that_say_the_same_are_not_guessed_apart(tmp_path: Path) -> None:
    old, new = copy_package(tmp_path, "old"), copy_package(tmp_path, "new")
    for package, names in ((old, "ab"), (new, "cd")):
        for name in names:
            add_row(package, "sources", name, "题", "者", "2026", "mirror", "", "", "")
    comparison = compare_states(state_of(old), state_of(new))
    assert [row.row.key for row in comparison.lost] == [("a",), ("b",)]
    assert [row.row.key for row in comparison.sources] == [("c",), ("d",)]


def test_a_reference_that_did_not_follow_shows(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        lambda package: edit_cell(package, "themes", 3, "theme_id", "stacks"),
        lambda package: edit_cell(package, "tasks", 3, "theme_id", "stacks"),
    )
    assert [row.new.key for row in comparison.renamed] == [("stacks",)]
    assert [(change.row, change.old, change.new) for change in comparison.values] == []
    assert comparison.verdicts is None


# What counts as a change.


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [("1150", "+1150", False), ("5.0", "5.00", True), ("5", "5.0", True), ("x", "y", True)],
)
def test_digits_count_and_spelling_does_not(
    tmp_path: Path, old: str, new: str, changed: bool
) -> None:
    packages = [copy_package(tmp_path, name) for name in ("old", "new")]
    for package, value in zip(packages, (old, new), strict=True):
        edit_cell(package, "observations", 2, "value", value)
    comparison = compare_states(*map(state_of, packages))
    assert bool(comparison.values) is changed


@pytest.mark.parametrize(
    ("old", "new", "percent"),
    [
        ("200", "150", Decimal("-25.0")), ("-4", "-2", Decimal("50.0")), ("0", "1", None),
        ("x", "1", None), ("1", "1e999999999", None), ("1e-999999999", "1", None),
        ("1", "NaN", None), ("1", "", None), ("100000", "100001", Decimal("0.001")),
        ("-100000", "-100001", Decimal("-0.001")), ("5.0", "5.00", None),
    ],
)  # fmt: skip
def test_percentages_only_where_they_mean_something(
    tmp_path: Path, old: str, new: str, percent: Decimal | None
) -> None:
    packages = [copy_package(tmp_path, name) for name in ("old", "new")]
    for package, value in zip(packages, (old, new), strict=True):
        edit_cell(package, "observations", 2, "value", value)
    comparison = compare_states(*map(state_of, packages))
    assert [change.percent for change in comparison.values] == [percent]
    as_data(comparison)


def test_line_ends_a_byte_order_mark_and_the_order_of_columns_are_no_change(tmp_path: Path) -> None:
    def edit(package: Path) -> None:
        write_rows(package, "targets", [row[::-1] for row in read_rows(package, "targets")])
        for path in package.glob("*.csv"):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    comparison = compared(tmp_path, edit)
    assert (comparison.lost, comparison.values, comparison.texts) == ((), (), ())


# Invalid data is compared as far as it goes.


def test_invalid_data_is_compared_as_typed_and_said_to_be_invalid(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path, lambda package: edit_cell(package, "observations", 7, "value", "about 16")
    )
    assert [(change.old, change.new) for change in comparison.values] == [("17.5", "about 16")]
    assert as_data(comparison)["verdicts"] is None
    assert "the data has errors (1)" in as_text(comparison, Language.EN)


def test_a_table_that_cannot_be_taken_apart_is_named(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        lambda package: edit_cell(package, "targets", 1, "year", "年"),
        lambda package: delete_row(package, "observations", 2),
    )
    assert as_data(comparison)["unreadable"] == ["targets"]
    assert "could not be compared: targets." in as_text(comparison, Language.EN)
    assert [row.table for row in comparison.lost] == ["observations"]


def test_a_deleted_table_is_a_loss_of_its_rows(tmp_path: Path) -> None:
    comparison = compared(tmp_path, lambda package: (package / "themes.csv").unlink())
    assert [row.row.key for row in comparison.lost] == [("readers",), ("shelves",)]


def test_a_key_that_stands_twice_hides_no_row(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path, lambda package: add_row(package, "themes", "readers", "3", "又一", "Another")
    )
    assert [row.row.key for row in comparison.added] == [("readers", "#2")]
    as_data(comparison)


def test_a_link_out_of_the_package_is_not_followed(tmp_path: Path) -> None:
    def link(package: Path) -> None:
        outside = tmp_path / "outside.csv"
        (package / "sources.csv").rename(outside)
        (package / "sources.csv").symlink_to(outside)

    comparison = compared(tmp_path, link)
    assert comparison.unreadable == ("sources",)
    assert comparison.new.raw.tables["sources"].rows == {}
