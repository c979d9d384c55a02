"""Headers, rows and their cells that are missing, too many or in the wrong place."""

from __future__ import annotations

from tests.support.library_package import delete_column, edit_text, insert_column
from tests.unit.data.broken.broken_package import ZH_2025, Broken, cell, line, swapped_columns

BROKEN = [
    Broken(
        "missing column", lambda package: delete_column(package, "targets", "strength"),
        "missing-column", "targets.csv", 1, None, "strength", "补上该列", "add the column",
    ),
    Broken(
        "missing optional column", lambda package: delete_column(package, "targets", "upper_value"),
        "missing-column", "targets.csv", 1, None, "upper_value", "可选字段", "optional field",
    ),
    Broken(
        "extra column at the end",
        lambda package: insert_column(package, "targets", "备注", "x", None),
        "extra-column", "targets.csv", 1, None, "备注", "删去该列", "delete the column",
    ),
    Broken(
        "extra column in the middle",
        lambda package: insert_column(package, "targets", "remark", "x", "value"),
        "extra-column", "targets.csv", 1, None, "remark", "不应有此列",
        "should not have this column",
    ),
    Broken(
        "column without a heading", lambda package: insert_column(package, "targets", "", "", None),
        "extra-column", "targets.csv", 1, None, "", "空白表头", "empty heading",
    ),
    Broken(
        "column twice", lambda package: insert_column(package, "targets", "year", "2024", "value"),
        "extra-column", "targets.csv", 1, None, "year", "删去该列", "delete the column",
    ),
    Broken(
        "heading in capitals", cell("targets", 1, "strength", "Strength"),
        "column-name", "targets.csv", 1, None, "Strength", "strength", "named strength",
    ),
    Broken(
        "translated heading", cell("targets", 1, "strength", "力度"),
        "column-name", "targets.csv", 1, None, "力度", "应为 strength", "named strength",
    ),
    Broken(
        "padded heading", cell("targets", 1, "strength", " strength"),
        "column-name", "targets.csv", 1, None, " strength", "应为 strength", "named strength",
    ),
    Broken(
        "swapped columns", swapped_columns,
        "column-name", "targets.csv", 1, None, "strength", "应为 value", "named value", 2,
    ),
    Broken(
        "blank row", line("targets", 5, ""),
        "blank-row", "targets.csv", 5, None, None, "删去空行", "delete the empty row",
    ),
    Broken(
        "row of commas", line("targets", 5, ",,,,,,,"),
        "blank-row", "targets.csv", 5, None, None, "删去空行", "delete the empty row",
    ),
    Broken(
        "blank row at the end",
        lambda package: edit_text(package, "targets.csv", lambda content: content + "\n"),
        "blank-row", "targets.csv", 14, None, None, "删去空行", "delete the empty row",
    ),
    Broken(
        "extra cell", line("targets", 3, ZH_2025 + ",x"),
        "extra-cell", "targets.csv", 3, None, "x", "未加引号的逗号", "without quotation marks",
    ),
    Broken(
        "decimal comma in a CSV file", line("targets", 3, ZH_2025.replace(",8.0", ",8,0")),
        "extra-cell", "targets.csv", 3, None, "reading-plan", "小数点写作“.”", 'write "."',
    ),
    Broken(
        "comma in a text", line("targets", 3, ZH_2025.replace("年人均", "年,人均")),
        "extra-cell", "targets.csv", 3, None, "reading-plan", "未加引号的逗号",
        "without quotation marks",
    ),
    Broken(
        "missing cell", line("targets", 3, ZH_2025.removesuffix(",reading-plan")),
        "missing-cell", "targets.csv", 3, "source_id", None, "补上缺少的单元格",
        "add the missing cell",
    ),
    Broken(
        "two cells too many in every row under a right header",
        lambda package: edit_text(
            package, "themes.csv",
            lambda content: content.replace("\nreaders", "\nx,x,x,readers")
            .replace("\nshelves", "\nx,x,x,shelves"),
        ),
        "extra-cell", "themes.csv", 2, None, "1", "与表头一致", "as many cells as the header", 2,
    ),
    Broken(
        "row that ends early", line("targets", 3, "L01,2025,ge"),
        "missing-cell", "targets.csv", 3, "value", None, "补上缺少的单元格", "add the missing cell",
    ),
]  # fmt: skip
