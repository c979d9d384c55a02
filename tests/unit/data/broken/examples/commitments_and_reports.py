"""Cells of the tables of commitments and of progress reports."""

from __future__ import annotations

from tests.unit.data.broken.broken_package import Broken, cell

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
        "reported tomorrow", cell("progress_reports", 8, "date", "2026-12"),
        "later-report", "progress_reports.csv", 8, "date", "2026-12", "此报告本次不公布",
        "left out of this build",
    ),
    Broken(
        "report under another task", cell("progress_reports", 2, "task_id", "t2"),
        "report-task", "progress_reports.csv", 2, "task_id", "t2", "（t1）", "(t1)",
    ),
]  # fmt: skip
