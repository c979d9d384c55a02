"""Cells of the table of targets, and what it must say together with others."""

from __future__ import annotations

from tests.support.library_package import add_row
from tests.unit.data.broken.broken_package import (
    ZH_2025,
    Broken,
    both,
    cell,
    descriptor,
    field,
    other_order,
    without_constraints,
    without_keys,
)

BROKEN = [
    Broken(
        "pattern with a group that is repeated",
        both(
            field("targets", "wording_zh", constraints={"pattern": "(a+)+b|[^a].*"}),
            cell("targets", 3, "wording_zh", "a" * 60),
        ),
        "schema-constraint", "targets.csv", 3, "wording_zh", "a" * 60, "(a+)+b", "(a+)+b",
    ),
    Broken(
        "pattern with millions of millions of ways to read a cell",
        both(
            field("targets", "wording_zh", constraints={"pattern": "x*x*x*x*x*y|[^x].*"}),
            cell("targets", 3, "wording_zh", "x" * 3000),
        ),
        "schema-constraint", "targets.csv", 3, "wording_zh", "x" * 3000, "x*y", "x*y",
    ),
    Broken(
        "empty required cell", cell("targets", 3, "value", ""),
        "missing-value", "targets.csv", 3, "value", None, "value 必填", "value is required",
    ),
    Broken(
        "empty key", cell("targets", 3, "year", ""),
        "missing-value", "targets.csv", 3, "year", None, "填上内容", "fill it in",
    ),
    Broken(
        "unit of measure in a number", cell("targets", 3, "value", "249.12亿元"),
        "measure-in-number", "targets.csv", 3, "value", "249.12亿元", "改为 249.12；",
        "write 249.12;",
    ),
    Broken(
        "digits of another script", cell("targets", 3, "year", "٢٠٢٥"),
        "type", "targets.csv", 3, "year", "٢٠٢٥", "应为整数", "Expected a whole number",
    ),
    Broken(
        "year with a point", cell("targets", 3, "year", "2025.0"),
        "type", "targets.csv", 3, "year", "2025.0", "应为整数", "Expected a whole number",
    ),
    Broken(
        "full-width year", cell("targets", 3, "year", "２０２５"),
        "plain-digits", "targets.csv", 3, "year", "２０２５", "改为 2025", "write 2025",
    ),
    Broken(
        "full-width point", cell("targets", 3, "value", "８．０"),
        "plain-digits", "targets.csv", 3, "value", "８．０", "改为 8.0", "write 8.0",
    ),
    Broken(
        "full-width id", cell("targets", 3, "indicator_id", "Ｌ０１"),
        "plain-digits", "targets.csv", 3, "indicator_id", "Ｌ０１", "改为 L01", "write L01",
    ),
    Broken(
        "padded number", cell("targets", 3, "value", " 8.0 "),
        "padding", "targets.csv", 3, "value", " 8.0 ", "删去首尾空格", "delete the spaces",
    ),
    Broken(
        "padded id", cell("targets", 3, "indicator_id", "L01 "),
        "padding", "targets.csv", 3, "indicator_id", "L01 ", "前后不应有空格",
        "space before or after",
    ),
    Broken(
        "padded word", cell("targets", 3, "comparator", " ge"),
        "padding", "targets.csv", 3, "comparator", " ge", "删去首尾空格", "delete the spaces",
    ),
    Broken(
        "nothing but an ideographic space", cell("targets", 3, "wording_zh", "\u3000"),
        "only-spaces", "targets.csv", 3, "wording_zh", "\u3000", "填上内容", "fill it in",
    ),
    Broken(
        "NaN for a year", cell("targets", 3, "year", "nan"),
        "not-a-number", "targets.csv", 3, "year", "nan", "确定的数", "definite number",
    ),
    Broken(
        "wrong word", cell("targets", 3, "comparator", "gte"),
        "enum", "targets.csv", 3, "comparator", "gte", "ge, gt, le, lt, eq, between", "(closest: g",
    ),
    Broken(
        "year before all plans", cell("targets", 3, "year", "1024"),
        "range", "targets.csv", 3, "year", "1024", "不小于 1900", "at least 1900",
    ),
    Broken(
        "the descriptor's own limit",
        both(
            field("targets", "wording_zh", constraints={"maxLength": 20}),
            cell("targets", 3, "wording_zh", "二〇二五年全镇居民人均借阅量达到八册以上"),
            cell("targets", 4, "wording_zh", "力争二〇二六年全镇居民人均借阅量达到九册以上"),
        ),
        "schema-constraint", "targets.csv", 4, "wording_zh",
        "力争二〇二六年全镇居民人均借阅量达到九册以上", "maxLength", "maxLength: 20",
    ),
    Broken(
        "year with its word", cell("targets", 3, "year", "2025年"),
        "measure-in-number", "targets.csv", 3, "year", "2025年", "改为 2025；", "write 2025;",
    ),
    Broken(
        "id in scientific notation", cell("targets", 3, "indicator_id", "1.00E+05"),
        "scientific-notation", "targets.csv", 3, "indicator_id", "1.00E+05", "“文本”", '"Text"',
    ),
    Broken(
        "zero-width space in an id", cell("targets", 3, "indicator_id", "L01\u200b"),
        "hidden-character", "targets.csv", 3, "indicator_id", "L01\u200b", "U+200B", "U+200B",
    ),
    Broken(
        "byte order mark within a file", cell("targets", 2, "indicator_id", "\ufeffL01"),
        "hidden-character", "targets.csv", 2, "indicator_id", "\ufeffL01", "U+FEFF", "U+FEFF",
    ),
    Broken(
        "duplicate key of two fields",
        lambda package: add_row(package, "targets", *ZH_2025.split(",")),
        "primary-key", "targets.csv", 14, "indicator_id", "L01 + 2025", "indicator_id + year",
        "row 3",
    ),
    Broken(
        "duplicate key where columns have another order", other_order,
        "primary-key", "targets.csv", 14, "indicator_id", "L01 + 2024", "与第 2 行重复", "row 2",
    ),
    Broken(
        "unknown indicator", cell("targets", 3, "indicator_id", "L1"),
        "foreign-key", "targets.csv", 3, "indicator_id", "L1", "（相近：L01）", "(closest: L01)",
    ),
    Broken(
        "unknown id that is like no other", cell("targets", 3, "source_id", "zzz"),
        "foreign-key", "targets.csv", 3, "source_id", "zzz",
        "改用已有编号，或先在 sources.csv 中新增",
        "use an existing one, or first add it to sources.csv",
    ),
    Broken(
        "no constraints, wrong word",
        both(descriptor(without_constraints), cell("targets", 3, "comparator", "atleast")),
        "enum", "targets.csv", 3, "comparator", "atleast", "between", "between",
    ),
    Broken(
        "no constraints, empty cell",
        both(descriptor(without_constraints), cell("targets", 3, "wording_zh", "")),
        "missing-value", "targets.csv", 3, "wording_zh", None, "必填", "required",
    ),
    Broken(
        "lower limit, early year",
        both(
            field("targets", "year", constraints={"minimum": 1}),
            cell("targets", 3, "year", "1024"),
        ),
        "range", "targets.csv", 3, "year", "1024", "1900", "1900",
    ),
    Broken(
        "no keys, unknown indicator",
        both(descriptor(without_keys), cell("targets", 3, "indicator_id", "L1")),
        "foreign-key", "targets.csv", 3, "indicator_id", "L1", "L01", "L01",
    ),
    Broken(
        "target of a context indicator", cell("targets", 11, "indicator_id", "L08"),
        "context-target", "targets.csv", 11, "indicator_id", "L08", "删去此目标",
        "delete the target", 2,
    ),
    Broken(
        "range without an upper value", cell("targets", 7, "upper_value", ""),
        "upper-value", "targets.csv", 7, "upper_value", None, "需要 upper_value",
        "needs an upper_value",
    ),
    Broken(
        "range upside down", cell("targets", 7, "upper_value", "30"),
        "upper-value", "targets.csv", 7, "upper_value", "30", "不应小于 value",
        "not be below value",
    ),
    Broken(
        "upper value without a range", cell("targets", 3, "upper_value", "9"),
        "upper-value", "targets.csv", 3, "upper_value", "9", "只有 between", "Only between",
    ),
    Broken(
        "target with more decimal places", cell("targets", 13, "value", "1.0"),
        "decimals", "targets.csv", 13, "value", "1.0", "加大 decimals", "raise decimals",
    ),
    Broken(
        "upper value with more decimal places", cell("targets", 8, "upper_value", "60.00"),
        "decimals", "targets.csv", 8, "upper_value", "60.00", "decimals（1）", "decimals (1)",
    ),
    Broken(
        "target that its wording does not name", cell("targets", 9, "value", "1250"),
        "quotation", "targets.csv", 9, "value", "1250", "含有该数值的原句", "add the sentence",
    ),
    Broken(
        "better upwards and at most", cell("targets", 5, "comparator", "ge"),
        "direction", "targets.csv", 5, "comparator", "ge", "direction 为 down", "direction down",
    ),
    Broken(
        "closing zero left out of a target", cell("targets", 2, "value", "6"),
        "quotation-digits", "targets.csv", 2, "value", "6", "引文写作 6.0", "writes 6.0",
    ),
]  # fmt: skip
