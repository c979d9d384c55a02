"""Cells of the table of published values, and what it must say together with others."""

from __future__ import annotations

from tests.support.library_package import add_row, delete_row
from tests.unit.data.broken.broken_package import Broken, both, cell, field, row

BROKEN = [
    Broken(
        "signalling NaN under a limit",
        both(
            field("observations", "value", constraints={"minimum": 0}),
            cell("observations", 3, "value", "sNaN"),
        ),
        "not-a-number", "observations.csv", 3, "value", "sNaN", "确定的数", "definite number",
    ),
    Broken(
        "thousands separator", cell("observations", 18, "value", "10,240"),
        "thousands-separator", "observations.csv", 18, "value", "10,240", "改为 10240",
        "write 10240",
    ),
    Broken(
        "underscore in a number", cell("observations", 18, "value", "10_240"),
        "type", "observations.csv", 18, "value", "10_240", "应为数字", "Expected a number",
    ),
    Broken(
        "rounded by a spreadsheet", cell("observations", 18, "value", "1.02E+04"),
        "scientific-notation", "observations.csv", 18, "value", "1.02E+04", "完整的数字",
        "the whole number",
    ),
    Broken(
        "full-width date", cell("observations", 3, "published", "2025－03－20"),
        "plain-digits", "observations.csv", 3, "published", "2025－03－20", "全角",
        "write 2025-03-20",
    ),
    Broken(
        "NaN", cell("observations", 3, "value", "NaN"),
        "not-a-number", "observations.csv", 3, "value", "NaN", "删去此行", "delete the row",
    ),
    Broken(
        "signalling NaN", cell("observations", 3, "value", "sNaN"),
        "not-a-number", "observations.csv", 3, "value", "sNaN", "确定的数", "definite number",
    ),
    Broken(
        "infinity", cell("observations", 3, "value", "-INF"),
        "not-a-number", "observations.csv", 3, "value", "-INF", "确定的数", "definite number",
    ),
    Broken(
        "word in capitals", cell("observations", 3, "release_status", "Final"),
        "enum", "observations.csv", 3, "release_status", "Final", "（相近：final）",
        "(closest: final)",
    ),
    Broken(
        "translated word", cell("observations", 3, "release_status", "最终"),
        "enum", "observations.csv", 3, "release_status", "最终", "provisional", "use one of them.",
    ),
    Broken(
        "day that is in no calendar", cell("observations", 3, "published", "2021-02-30"),
        "date-format", "observations.csv", 3, "published", "2021-02-30", "确有其日", "the calendar",
    ),
    Broken(
        "month 13", cell("observations", 3, "published", "2021-13"),
        "date-format", "observations.csv", 3, "published", "2021-13", "YYYY-MM", "YYYY-MM",
    ),
    Broken(
        "thousands separator after full-width input", cell("observations", 18, "value", "10，240"),
        "thousands-separator", "observations.csv", 18, "value", "10，240", "改为 10240",
        "write 10240",
    ),
    Broken(
        "thousands separated by spaces", cell("observations", 18, "value", "10 240"),
        "thousands-separator", "observations.csv", 18, "value", "10 240", "“常规”", '"General"',
    ),
    Broken(
        "per cent sign in a number", cell("observations", 10, "value", "45.5%"),
        "measure-in-number", "observations.csv", 10, "value", "45.5%", "改为 45.5；",
        "write 45.5;",
    ),
    Broken(
        "unit of measure behind a full-width number",
        cell("observations", 10, "value", "４５．５％"),
        "measure-in-number", "observations.csv", 10, "value", "４５．５％", "改为 45.5；",
        "write 45.5;",
    ),
    Broken(
        "currency before a number", cell("observations", 18, "value", "¥10,240 万"),
        "measure-in-number", "observations.csv", 18, "value", "¥10,240 万", "改为 10240；",
        "write 10240;",
    ),
    Broken(
        "words before a number", cell("observations", 18, "value", "约10240"),
        "type", "observations.csv", 18, "value", "约10240", "说明文字", "words",
    ),
    Broken(
        "date where a number was typed", cell("observations", 2, "value", "5月1日"),
        "type", "observations.csv", 2, "value", "5月1日", "应为数字", "Expected a number",
    ),
    Broken(
        "nothing published", cell("observations", 18, "value", "暂无"),
        "not-a-number", "observations.csv", 18, "value", "暂无", "删去此行", "delete the row",
    ),
    Broken(
        "dash for nothing", cell("observations", 18, "value", "—"),
        "not-a-number", "observations.csv", 18, "value", "—", "没有公布", "not published",
    ),
    Broken(
        "real minus sign", cell("observations", 2, "value", "−5.0"),
        "plain-digits", "observations.csv", 2, "value", "−5.0", "改为 -5.0", "write -5.0",
    ),
    Broken(
        "number with a fraction", cell("observations", 18, "value", "6½"),
        "type", "observations.csv", 18, "value", "6½", "应为数字", "Expected a number",
    ),
    Broken(
        "comma before decimals, and a unit", cell("observations", 18, "value", "3,5万"),
        "type", "observations.csv", 18, "value", "3,5万", "小数点写作“.”", 'with "."',
    ),
    Broken(
        "full-width question mark for nothing", cell("observations", 18, "value", "？"),
        "not-a-number", "observations.csv", 18, "value", "？", "删去此行", "delete the row",
    ),
    Broken(
        "superscript digit", cell("observations", 18, "value", "10²"),
        "type", "observations.csv", 18, "value", "10²", "应为数字", "Expected a number",
    ),
    Broken(
        "number that a spreadsheet made longer",
        cell("observations", 2, "value", "5.0000000000000004"),
        "long-number", "observations.csv", 2, "value", "5.0000000000000004", "15 位", "15 digits",
    ),
    Broken(
        "date as Excel in English shows it", cell("observations", 3, "published", "20-Mar-25"),
        "spreadsheet-date", "observations.csv", 3, "published", "20-Mar-25", "改为 2025-03-20",
        "write 2025-03-20",
    ),
    Broken(
        "date in Chinese", cell("observations", 3, "published", "2025年3月20日"),
        "spreadsheet-date", "observations.csv", 3, "published", "2025年3月20日",
        "改为 2025-03-20", "write 2025-03-20",
    ),
    Broken(
        "date with a time", cell("observations", 3, "published", "2025-03-20 00:00:00"),
        "spreadsheet-date", "observations.csv", 3, "published", "2025-03-20 00:00:00",
        "改为 2025-03-20", "write 2025-03-20",
    ),
    Broken(
        "date without hyphens", cell("observations", 3, "published", "20250320"),
        "spreadsheet-date", "observations.csv", 3, "published", "20250320", "改为 2025-03-20",
        "write 2025-03-20",
    ),
    Broken(
        "date that can be read two ways", cell("observations", 3, "published", "5/6/2025"),
        "spreadsheet-date", "observations.csv", 3, "published", "5/6/2025",
        "改为 2025-05-06 或 2025-06-05", "write 2025-05-06 or 2025-06-05",
    ),
    Broken(
        "day that is in no calendar, with slashes",
        cell("observations", 3, "published", "2025/2/30"),
        "date-format", "observations.csv", 3, "published", "2025/2/30", "确有其日", "the calendar",
    ),
    Broken(
        "date as Excel counts days", cell("observations", 3, "published", "45736"),
        "date-serial", "observations.csv", 3, "published", "45736", "2025-03-20", "2025-03-20",
    ),
    Broken(
        "formula for a number", cell("observations", 2, "value", "=SUM(E3:E4)"),
        "formula", "observations.csv", 2, "value", "=SUM(E3:E4)", "公式的结果", "the result",
    ),
    Broken(
        "reference that a spreadsheet lost", cell("observations", 2, "value", "#REF!"),
        "spreadsheet-error", "observations.csv", 2, "value", "#REF!", "错误值", "error value",
    ),
    Broken(
        "column too narrow", cell("observations", 3, "published", "########"),
        "spreadsheet-error", "observations.csv", 3, "published", "########", "加宽", "widen it",
    ),
    Broken(
        "unknown source", cell("observations", 4, "source_id", "report-2052"),
        "foreign-key", "observations.csv", 4, "source_id", "report-2052",
        "（相近：report-2025）", "(closest: report-2025)",
    ),
    Broken(
        "one language only", cell("observations", 4, "note_en", ""),
        "one-language", "observations.csv", 4, "note_en", None, "同时填写", "both languages",
    ),
    Broken(
        "value of a year to come", cell("observations", 19, "year", "2027"),
        "future-year", "observations.csv", 19, "year", "2027", "2026-03-18", "2026-03-18",
    ),
    Broken(
        "published tomorrow", cell("observations", 19, "published", "2026-11-24"),
        "later-value", "observations.csv", 19, "published", "2026-11-24", "本次不公布",
        "left out of this build",
    ),
    Broken(
        "more decimal places than the indicator has", cell("observations", 3, "value", "6.04"),
        "decimals", "observations.csv", 3, "value", "6.04", "decimals（1）", "decimals (1)",
    ),
    Broken(
        "two final values",
        lambda package: add_row(
            package, "observations",
            *("L02", "2024", "report-2024", "2025-03-21", "15.7", "final", "same", "", ""),
        ),
        "two-finals", "observations.csv", 20, "value", "15.7", "第 7 行为 17.5", "row 7 says 17.5",
    ),
    Broken(
        "year long before the plan", cell("observations", 12, "year", "2008"),
        "early-year", "observations.csv", 12, "year", "2008", "（2024）", "(2024)",
    ),
    Broken(
        "value in another unit of measure", cell("observations", 12, "value", "11500000"),
        "measure-factor", "observations.csv", 12, "value", "11500000", "10,000 倍", "people",
    ),
    Broken(
        "share for a percentage",
        both(
            cell("indicators", 4, "decimals", "3"), cell("observations", 10, "value", "0.375")
        ),
        "measure-factor", "observations.csv", 10, "value", "0.375", "1/100 倍", "1/100 times",
    ),
    Broken(
        "value that jumps", cell("observations", 15, "value", "90"),
        "jump", "observations.csv", 15, "value", "90", "2024 年的 5 相差", "the 5 of 2024",
    ),
    Broken(
        "0 for what is unknown", cell("observations", 3, "value", "0"),
        "jump", "observations.csv", 3, "value", "0", "2023 年的 5.0", "5.0 of 2023",
    ),
    Broken(
        "value that stands out between two years", cell("observations", 3, "value", "60.0"),
        "jump", "observations.csv", 3, "value", "60.0", "2023 年的 5.0 相差", "the 5.0 of 2023",
    ),
    Broken(
        "value that the quotation does not name", cell("observations", 4, "value", "9.7"),
        "quotation", "observations.csv", 4, "value", "9.7", "数值 9.7", "supports, 9.7",
    ),
    Broken(
        "code for missing", cell("observations", 16, "value", "-9999"),
        "missing-code", "observations.csv", 16, "value", "-9999", "表示“缺失”的代码",
        "a code for “missing”",
    ),
    Broken(
        "code for missing with decimals", cell("observations", 3, "value", "-99.9"),
        "missing-code", "observations.csv", 3, "value", "-99.9", "照录", "copy the sentence",
    ),
    Broken(
        "positive code for missing", cell("observations", 16, "value", "99999"),
        "missing-code", "observations.csv", 16, "value", "99999", "删去此行", "delete the row",
    ),
    Broken(
        "code or number", both(
            lambda package: delete_row(package, "observations", 19),
            cell("observations", 18, "value", "99999"),
        ),
        "missing-code-possible", "observations.csv", 18, "value", "99999", "可能", "may be",
    ),
    Broken(
        "sign that slipped in", cell("observations", 4, "value", "-7.9"),
        "lone-negative", "observations.csv", 4, "value", "-7.9", "核对正负号", "check the sign",
    ),
    Broken(
        "running total that falls", cell("observations", 15, "value", "4"),
        "cumulative-fall", "observations.csv", 15, "value", "4", "2024 年的 5", "the 5 of 2024",
    ),
    Broken(
        "closing zero left out", cell("observations", 8, "value", "19"),
        "quotation-digits", "observations.csv", 8, "value", "19", "改为 19.0", "write 19.0",
    ),
    Broken(
        "final before the year is over",
        row("observations", "L06", "2025", "report-2024", "2025-03-20", "310", "final", "same", "",
            ""),
        "final-early", "observations.csv", 20, "release_status", "final", "2025年结束之前",
        "before the end of 2025",
    ),
    Broken(
        "published before its source", cell("observations", 16, "published", "2025-01-10"),
        "source-later", "observations.csv", 16, "published", "2025-01-10", "（2025-03-20）",
        "before its source, 2025-03-20",
    ),
    Broken(
        "one value twice",
        row("observations", "L06", "2024", "report-2024", "2025-03", "300", "final", "same", "",
            ""),
        "value-twice", "observations.csv", 20, "published", "2025-03", "第 16 行已有 300",
        "row 16 already has 300",
    ),
    Broken(
        "provisional after it was final",
        row("observations", "L06", "2024", "report-2024", "2025-06-01", "310", "provisional",
            "same", "", ""),
        "unsettled-again", "observations.csv", 20, "release_status", "provisional",
        "第 16 行 300", "row 16, 300",
    ),
    Broken(
        "later or earlier by its date",
        row("observations", "L06", "2024", "report-2023", "2025", "310", "final", "same", "", ""),
        "open-order", "observations.csv", 20, "published", "2025", "第 16 行", "row 16",
    ),
    Broken(
        "two sources of one day",
        row("observations", "L06", "2024", "report-2023", "2025-03-20", "310", "final", "same", "",
            ""),
        "equal-order", "observations.csv", 16, "published", "2025-03-20", "第 20 行", "row 20",
    ),
]  # fmt: skip
