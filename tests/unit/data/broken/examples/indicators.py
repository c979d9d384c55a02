"""Cells of the table of indicators, and what it must say together with others."""

from __future__ import annotations

from tests.support.library_package import delete_row
from tests.unit.data.broken.broken_package import Broken, cell

BROKEN = [
    Broken(
        "unknown optional id", cell("indicators", 6, "task_id", "t9"),
        "foreign-key", "indicators.csv", 6, "task_id", "t9", "tasks.csv", "tasks.csv",
    ),
    Broken(
        "definition in English only", cell("indicators", 3, "definition_en", "Days."),
        "one-language", "indicators.csv", 3, "definition_zh", None, "补上",
        "add the missing language",
    ),
    Broken(
        "indicator without a target", lambda package: delete_row(package, "targets", 13),
        "no-target", "indicators.csv", 8, "indicator_id", "L07", "context", "context",
    ),
    Broken(
        "baseline year without a value", cell("indicators", 5, "baseline_year", "2023"),
        "baseline-value", "indicators.csv", 5, "baseline_year", "2023", "基准年 2023",
        "baseline year 2023",
    ),
    Broken(
        "context of nothing", cell("indicators", 9, "task_id", ""),
        "context-link", "indicators.csv", 9, "task_id", None, "填写 task_id", "fill in task_id",
    ),
    Broken(
        "baseline after the first target", cell("indicators", 2, "baseline_year", "2025"),
        "baseline-late", "indicators.csv", 2, "baseline_year", "2025", "（2024）", "target, 2024",
    ),
]  # fmt: skip
