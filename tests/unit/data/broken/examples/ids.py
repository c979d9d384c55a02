"""Ids that cannot be an address or a file's name, or are like another."""

from __future__ import annotations

from tests.unit.data.broken.broken_package import Broken, cell, renamed, retired

BROKEN = [
    Broken(
        "id with a space", cell("targets", 3, "indicator_id", "L 01"),
        "id-format", "targets.csv", 3, "indicator_id", "L 01", "去掉空格", "take out spaces",
    ),
    Broken(
        "Chinese id", cell("corrections", 2, "correction_id", "更正1"),
        "id-format", "corrections.csv", 2, "correction_id", "更正1", "汉字", "Chinese characters",
    ),
    *(
        Broken(
            f"{name} for an id", renamed("indicator_id", "L08", name),
            "reserved-id", "indicators.csv", 9, "indicator_id", name, "设备名", "device of Windows",
        )
        for name in ("CON", "nul", "Com1")
    ),
    *(
        Broken(
            f"{name} for a {field}", renamed(field, old, name),
            "place-id", f"{table}.csv", row, field, name, f"#{name}", "of its own",
        )
        for table, row, field, old, name in (
            ("commitments", 3, "commitment_id", "c-card", "sources"),
            ("commitments", 3, "commitment_id", "c-card", "source-12"),
            ("progress_reports", 2, "report_id", "r1", "bullet-L01-title"),
            ("sources", 2, "source_id", "reading-plan", "coverage"),
            ("tasks", 2, "task_id", "t1", "theme-readers"),
        )
    ),
    Broken(
        "report with the id of a commitment", renamed("report_id", "r1", "c-card"),
        "shared-id", "progress_reports.csv", 2, "report_id", "c-card", "commitments", "same page",
    ),
    Broken(
        "id that differs from another in its capitals", renamed("task_id", "t3", "T1"),
        "id-case", "tasks.csv", 4, "task_id", "T1", "与 t1 只差大小写", "differ from t1",
    ),
    Broken(
        "id too long for a file's name", renamed("indicator_id", "L08", "L" * 101),
        "long-id", "indicators.csv", 9, "indicator_id", "L" * 101, "100 个字符", "100 characters",
    ),
    Broken(
        "retired id that differs from one in use in its capitals", retired("l01", "L02"),
        "id-case", "retired.csv", 2, "retired_id", "l01", "L01", "both are one file",
    ),
    Broken(
        "retired id that is a device", retired("aux", "L02"),
        "reserved-id", "retired.csv", 2, "retired_id", "aux", "换一个编号", "another id",
    ),
]  # fmt: skip
