"""Cells of the table of sources: links and dates above all."""

from __future__ import annotations

from tests.unit.data.broken.broken_package import Broken, cell

BROKEN = [
    Broken(
        "month that Excel made of a month", cell("sources", 2, "published", "Jan-24"),
        "spreadsheet-date", "sources.csv", 2, "published", "Jan-24", "改为 2024-01",
        "write 2024-01",
    ),
    Broken(
        "month in Chinese", cell("sources", 2, "published", "2024年1月"),
        "spreadsheet-date", "sources.csv", 2, "published", "2024年1月", "改为 2024-01",
        "write 2024-01",
    ),
    Broken(
        "script", cell("sources", 3, "title", "年报<script>alert(1)"),
        "markup", "sources.csv", 3, "title", "年报<script>alert(1)", "只保留文字", "bare text",
    ),
    Broken(
        "link to a file", cell("sources", 6, "url", "file:///C:/report.pdf"),
        "link", "sources.csv", 6, "url", "file:///C:/report.pdf", "浏览器地址栏", "the browser",
    ),
    *(
        Broken(
            f"link {link}", cell("sources", 6, "url", link),
            "link", "sources.csv", 6, "url", link, "浏览器地址栏", "the browser",
        )
        for link in (
            "https://stats.gov.example@evil.example/",
            "https://user:word@library.willowmere.example/",
            "https://[::1",
            "https://℀.willowmere.example/",
            "https://:80/plan",
            "https://library.willowmere.example:70000/",
        )
    ),
    Broken(
        "words for a link", cell("sources", 6, "url", "见附件"),
        "link", "sources.csv", 6, "url", "见附件", "清空单元格", "clear the cell",
    ),
    Broken(
        "padded id to which others refer", cell("sources", 4, "source_id", "report-2024 "),
        "padding", "sources.csv", 4, "source_id", "report-2024 ", "删去首尾空格",
        "delete the spaces",
    ),
    Broken(
        "direct source without an address", cell("sources", 3, "url", ""),
        "source-link", "sources.csv", 3, "url", None, "repository_copy", "repository_copy",
    ),
    Broken(
        "direct source with a script for an address",
        cell("sources", 3, "url", "javascript:alert(1)"),
        "link", "sources.csv", 3, "url", "javascript:alert(1)", "http", "http or https",
    ),
    Broken(
        "direct source without https",
        cell("sources", 3, "url", "http://library.willowmere.example/reports/2023"),
        "insecure-link", "sources.csv", 3, "url", "http://library.willowmere.example/reports/2023",
        "https", "https",
    ),
    Broken(
        "year that Excel made a day", cell("sources", 3, "published", "1905-07-16"),
        "far-date", "sources.csv", 3, "published", "1905-07-16", "Excel 把 2024 当作日期",
        "looks like 2024, which Excel took for a day",
    ),
    Broken(
        "published in another century", cell("sources", 2, "published", "1926"),
        "distant-date", "sources.csv", 2, "published", "1926", "2024—2026年", "2024–2026",
    ),
    Broken(
        "seen before it was published", cell("sources", 3, "accessed", "2023-11-02"),
        "accessed-early", "sources.csv", 3, "accessed", "2023-11-02", "（2024-03-14）",
        "before it was published, 2024-03-14",
    ),
]  # fmt: skip
