"""Cells of the tables of commitments and of progress reports."""

from __future__ import annotations

from tests.unit.data.broken.broken_package import Broken, cell, row

BROKEN = [
    Broken(
        "slashes in a date", cell("commitments", 2, "due", "2025/6/30"),
        "spreadsheet-date", "commitments.csv", 2, "due", "2025/6/30", "改为 2025-06-30",
        "write 2025-06-30",
    ),
    Broken(
        "October or January", cell("commitments", 2, "due", "2026.1"),
        "spreadsheet-date", "commitments.csv", 2, "due", "2026.1", "改为 2026-01 或 2026-10",
        "write 2026-01 or 2026-10",
    ),
    Broken(
        "year that Excel made a day of", cell("commitments", 2, "due", "1905-07-18"),
        "far-date", "commitments.csv", 2, "due", "1905-07-18", "Excel 把 2026 当作日期",
        "looks like 2026, which Excel took for a day",
    ),
    Broken(
        "due in the year 202", cell("commitments", 2, "due", "0202-01-01"),
        "far-date", "commitments.csv", 2, "due", "0202-01-01", "2024—2026年", "2024–2026",
    ),
    Broken(
        "due in another century", cell("commitments", 2, "due", "2202"),
        "far-date", "commitments.csv", 2, "due", "2202", "2024—2026年", "2024–2026",
    ),
    Broken(
        "due with its digits swapped", cell("commitments", 2, "due", "2062"),
        "distant-date", "commitments.csv", 2, "due", "2062", "核对年份", "check the year",
    ),
    Broken(
        "completed in time or not", cell("progress_reports", 4, "date", "2025"),
        "open-due", "progress_reports.csv", 4, "date", "2025", "（2025-03）", "by 2025-03",
    ),
    Broken(
        "under way after it was completed", cell("progress_reports", 3, "date", "2024-10"),
        "undone", "progress_reports.csv", 2, "progress_status", "in_progress", "第 3 行", "Row 3",
    ),
    Broken(
        "begun before or after",
        row("progress_reports", "r8", "t1", "c-bus", "2026", "not_started", "无。", "None.",
            "report-2025"),
        "open-order", "progress_reports.csv", 9, "date", "2026", "第 5 行", "row 5",
    ),
    Broken(
        "reported before the plan", cell("progress_reports", 2, "date", "2023-11-05"),
        "report-early", "progress_reports.csv", 2, "date", "2023-11-05", "（2024-01-01）",
        "before the plan began, 2024-01-01",
    ),
    Broken(
        "reported after its source", cell("progress_reports", 2, "date", "2025-05-05"),
        "report-source", "progress_reports.csv", 2, "date", "2025-05-05", "（2025-03-20）",
        "after its source was published, 2025-03-20",
    ),
    Broken(
        "reported tomorrow", cell("progress_reports", 8, "date", "2026-12"),
        "later-report", "progress_reports.csv", 8, "date", "2026-12", "此报告本次不公布",
        "left out of this build",
    ),
    Broken(
        "report under another task", cell("progress_reports", 2, "task_id", "t2"),
        "report-task", "progress_reports.csv", 2, "task_id", "t2", "（t1）", "(t1)",
    ),
]  # fmt: skip
