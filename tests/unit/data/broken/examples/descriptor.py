"""What is wrong with ``datapackage.json``."""

from __future__ import annotations

from tests.support.library_package import edit_text, insert_column, table_of
from tests.unit.data.broken.broken_package import (
    JSON,
    Broken,
    added_column,
    both,
    descriptor,
    field,
    other_path,
    text,
)

BROKEN = [
    Broken(
        "title that nobody gave", text(JSON, "Willowmere reading plan 2024–2026", "[To fill in] "),
        "to-fill-in", JSON, None, "title_en", "[To fill in] : targets and progress data",
        "不要保留“【待填】”或“[To fill in]”", "the mark in square brackets",
    ),
    Broken(
        "title that is no text", descriptor(lambda content: content.update(title={"zh": "方案"})),
        "descriptor-kind", JSON, None, "title", '{"zh": "方案"}', "应为文字", "Expected text",
    ),
    Broken(
        "licence whose address is a number",
        descriptor(lambda content: content["licenses"][0].update(path=1.0)),
        "descriptor-kind", JSON, None, "licenses.CC0-1.0.path", "1.0",
        "应为文字", "Expected text",
    ),
    Broken(
        "plan without a name",
        descriptor(
            lambda content: [content.pop(key, None) for key in ("name", "title", "title_en")]
        ),
        "to-fill-in", JSON, None, "title", None, "尚待填写", "still to be filled in",
    ),
    Broken(
        "time zone that is none",
        descriptor(lambda content: content.update(site={"time_zone": "Asia/Shangai"})),
        "time-zone", JSON, None, "site.time_zone", "Asia/Shangai", "（相近：Asia/Shanghai）",
        "(closest: Asia/Shanghai)",
    ),
    Broken(
        "time zone by its city",
        descriptor(lambda content: content.update(site={"time_zone": "shanghai"})),
        "time-zone", JSON, None, "site.time_zone", "shanghai", "（相近：Asia/Shanghai）",
        "(closest: Asia/Shanghai)",
    ),
    Broken(
        "time zone that is no text",
        descriptor(lambda content: content.update(site={"time_zone": 8})),
        "time-zone", JSON, None, "site.time_zone", "8", "改正时区名；", "correct the name;",
    ),
    Broken(
        "site as a word", descriptor(lambda content: content.update(site="Asia/Shanghai")),
        "descriptor", JSON, None, "site", None, "time_zone", "time_zone",
    ),
    Broken(
        "setting that is not known yet",
        descriptor(lambda content: content.update(site={"contact": "a@library.example"})),
        "unsupported-setting", JSON, None, "site.contact", None, "目前不支持", "does not know",
    ),
    Broken(
        "invalid JSON", text(JSON, '"version": "0.1.0",', '"version": "0.1.0"'),
        "json-syntax", JSON, 9, None, None, "半角逗号", "a comma separates",
    ),
    Broken(
        "Chinese quotation marks in JSON", text(JSON, '"version": "0.1.0",', '"version": “0.1.0”,'),
        "json-syntax", JSON, 8, None, None, "半角引号", "straight quotation marks",
    ),
    Broken(
        "JSON of another kind", lambda package: (package / JSON).write_text("[]"),
        "descriptor", JSON, None, "resources", None, "resources", "resources",
    ),
    Broken(
        "table without a schema",
        descriptor(lambda content: table_of(content, "themes").pop("schema")),
        "descriptor", JSON, None, "resources", None, "schema", "schema",
    ),
    Broken(
        "licence as a word", descriptor(lambda content: content.update(licenses="CC0")),
        "descriptor-kind", JSON, None, "licenses", '"CC0"', "对象的列表", "a list of objects",
    ),
    Broken(
        "two tables of one file",
        descriptor(lambda content: table_of(content, "themes").update(path="tasks.csv")),
        "descriptor", JSON, None, "path", "tasks.csv", "2 ×", "2 ×",
    ),
    Broken(
        "field described twice",
        descriptor(
            lambda content: table_of(content, "themes")["schema"]["fields"].append(
                {"name": "position", "type": "integer"}
            )
        ),
        "descriptor", JSON, None, None, "themes.position", "2 ×", "2 ×",
    ),
    Broken(
        "constraint that is no constraint", field("targets", "value", constraints={"minimum": "x"}),
        "descriptor", JSON, None, None, "targets.value", "minimum: 'x'", "minimum: 'x'",
    ),
    Broken(
        "constraints as a word", field("targets", "value", constraints="required"),
        "descriptor-kind", JSON, None, "resources.targets.schema.fields.value.constraints",
        '"required"', "对象", "an object",
    ),
    Broken(
        "pattern that is no pattern", field("targets", "wording_zh", constraints={"pattern": "["}),
        "pattern", JSON, None, None, "targets.wording_zh", "括号须成对", "brackets in pairs",
    ),
    Broken(
        "id's pattern that is no pattern", field("tasks", "task_id", constraints={"pattern": "["}),
        "pattern", JSON, None, None, "tasks.task_id", "括号须成对", "brackets in pairs",
    ),
    Broken(
        "pattern that looks ahead",
        field("targets", "wording_zh", constraints={"pattern": "(?=[A-Z]).*"}),
        "pattern", JSON, None, None, "targets.wording_zh", "不用前瞻", "without looking ahead",
    ),
    Broken(
        "number of 5,000 digits in the descriptor",
        text(JSON, '"resources": [', f'"size": {"1" * 5000}, "resources": ['),
        "descriptor", JSON, None, None, None, "datapackage.json", "datapackage.json",
    ),
    Broken(
        "name twice in one object",
        text(JSON, '"path": "targets.csv"', '"path": "old.csv", "path": "targets.csv"'),
        "json-value", JSON, None, "resources.targets", '2 × "path"', "只留一个", "keep one",
    ),
    Broken(
        "number that is none", text(JSON, '"version": "0.1.0"', '"version": "0.1.0", "x": NaN'),
        "json-value", JSON, None, "x", "NaN", "普通的数", "a plain one",
    ),
    Broken(
        "comma before decimals", field("observations", "value", decimalChar=","),
        "reading-setting", JSON, None,
        "resources.observations.schema.fields.value.decimalChar", '","',
        "小数点为", "a point before",
    ),
    Broken(
        "semicolons in the dialect",
        descriptor(lambda content: table_of(content, "targets").update(dialect={"delimiter": ";"})),
        "reading-setting", JSON, None, "resources.targets.dialect.delimiter", '";"',
        "逗号", "commas",
    ),
    Broken(
        "another encoding",
        descriptor(lambda content: table_of(content, "targets").update(encoding="gbk")),
        "reading-setting", JSON, None, "resources.targets.encoding", '"gbk"', "UTF-8", "UTF-8",
    ),
    Broken(
        "word for what is missing",
        descriptor(
            lambda content: table_of(content, "targets")["schema"].update(missingValues=["-"])
        ),
        "reading-setting", JSON, None, "resources.targets.schema.missingValues", '["-"]',
        "空单元格为缺失", "an empty cell for what is missing",
    ),
    Broken(
        "key that is not the contract's",
        descriptor(
            lambda content: table_of(content, "targets")["schema"].update(primaryKey="year")
        ),
        "key", JSON, None, "resources.targets.schema.primaryKey", '["year"]',
        '["indicator_id", "year"]', '["indicator_id", "year"]',
    ),
    Broken(
        "key to a table that is not there",
        descriptor(
            lambda content: table_of(content, "targets")["schema"]["foreignKeys"].append(
                {"fields": "value", "reference": {"resource": "prices", "fields": "price"}}
            )
        ),
        "key", JSON, None, "resources.targets.schema.foreignKeys",
        '{"fields": ["value"], "reference": {"resource": "prices", "fields": ["price"]}}',
        "所引用的表", "a table that is in the package",
    ),
    Broken(
        "checksum of another file",
        descriptor(lambda content: table_of(content, "targets").update(hash="sha1:00")),
        "fingerprint", JSON, None, "resources.targets.hash", "sha1:00", "应为 hash: sha1:",
        "expected hash: sha1:",
    ),
    Broken(
        "table of a later edition",
        descriptor(
            lambda content: content["resources"].append(
                {"name": "dimensions", "path": "dimensions.csv", "schema": {"fields": []}}
            )
        ),
        "unsupported-setting", JSON, None, "dimensions", None, "目前不支持", "does not know",
    ),
    Broken(
        "column of a later edition",
        both(
            lambda package: insert_column(package, "observations", "period", "", None),
            descriptor(
                lambda content: table_of(content, "observations")["schema"]["fields"].append(
                    {"name": "period", "type": "string"}
                )
            ),
        ),
        "unsupported-setting", JSON, None, "observations.period", None,
        "目前不支持", "does not know",
    ),
    Broken(
        "languages", descriptor(lambda content: content.update(languages=["zh", "fr"])),
        "unsupported-setting", JSON, None, "languages", None, "目前不支持", "does not know",
    ),
    Broken(
        "fewer words than the contract has",
        field("targets", "comparator", constraints={"enum": ["ge", "le", "between", "gt"]}),
        "schema-constraint", "targets.csv", 13, "comparator", "eq", "enum", "enum",
    ),
    Broken(
        "limit that is left out", field("targets", "value", constraints={"exclusiveMinimum": 1}),
        "range", "targets.csv", 13, "value", "1", "大于 1", "more than 1",
    ),
    Broken(
        "type that is no type", added_column({"name": "colour", "type": "tint"}, "x"),
        "descriptor", JSON, None, None, "themes.colour", "tint", "tint",
    ),
    Broken(
        "table left out", descriptor(lambda content: content["resources"].pop()),
        "missing-resource", JSON, None, None, "corrections", "补上这张表", "add the table",
    ),
    Broken(
        "table that nobody knows",
        descriptor(
            lambda content: content["resources"].append(
                {"name": "budget", "path": "budget.csv", "schema": {"fields": []}}
            )
        ),
        "unknown-resource", JSON, None, None, "budget", "移除", "take it out",
    ),
    Broken(
        "path out of the package",
        descriptor(lambda content: table_of(content, "targets").update(path="../x.csv")),
        "unsafe-path", JSON, None, "path", "../x.csv", "targets.csv", "without ..",
    ),
    Broken(
        "absolute path",
        descriptor(lambda content: table_of(content, "targets").update(path="/etc/x.csv")),
        "unsafe-path", JSON, None, "path", "/etc/x.csv", "绝对路径", "absolute paths",
    ),
    Broken(
        "web address for a path",
        descriptor(lambda content: table_of(content, "targets").update(path="https://x.example/t.csv")),
        "unsafe-path", JSON, None, "path", "https://x.example/t.csv", "网址", "web addresses",
    ),
    Broken(
        "no path", descriptor(lambda content: table_of(content, "targets").pop("path")),
        "unsafe-path", JSON, None, "path", "", "CSV 文件名", "one CSV file",
    ),
    Broken(
        "path that no file can have",
        descriptor(lambda content: table_of(content, "targets").update(path="a\0.csv")),
        "unsafe-path", JSON, None, "path", "a\0.csv", "CSV 文件名", "one CSV file",
    ),
    *(
        Broken(
            f"path {path!r}",
            other_path(path),
            "unsafe-path", JSON, None, "path", path, "CSV 文件名", "one CSV file",
        )
        for path in (
            *("../library/t.csv", "x/../targets.csv", "./targets.csv", "*.csv", "C:t.csv"),
            *(".targets.csv", ".a/targets.csv"),
            *("con.csv", "Aux .2025.csv", "com1/t.csv", "old./t.csv", "old /t.csv"),
            "t\u202evsc.csv",
        )
    ),
    Broken(
        "two tables in one file on Windows",
        descriptor(lambda content: table_of(content, "targets").update(path="Observations.csv")),
        "descriptor", JSON, None, "path", "Observations.csv", "数据页", "the data page", count=3,
    ),
    Broken(
        "version that loses a nought as a number",
        text(JSON, '"version": "0.1.0"', '"version": 2026.10'),
        "descriptor-kind", JSON, None, "version", "2026.1", "文字", "text",
    ),
    Broken(
        "field of another type", field("targets", "year", type="string"),
        "schema-field", JSON, None, None, "year", "integer", '"type": "integer"',
    ),
    Broken(
        "field left out",
        descriptor(lambda content: table_of(content, "targets")["schema"]["fields"].pop(3)),
        "schema-field", JSON, None, None, "value", "表 targets", "schema of targets",
    ),
    Broken(
        "markup in the descriptor",
        descriptor(lambda content: table_of(content, "themes").update(title="<i>主题</i>")),
        "markup", JSON, None, "title", "<i>主题</i>", "HTML", "HTML",
    ),
    Broken(
        "licence with a script for an address",
        descriptor(lambda content: content["licenses"][0].update(path="javascript:alert(1)")),
        "link", JSON, None, "path", "javascript:alert(1)", "http", "http or https",
    ),
    Broken(
        "column whose name would run as a formula",
        added_column({"name": "=1+1", "type": "string"}, "x"),
        "formula", JSON, None, "name", "=1+1", "电子表格", "would compute it",
    ),
    Broken(
        "invisible character in a keyword",
        descriptor(lambda content: content.update(keywords=["阅读\u200b"])),
        "hidden-character", JSON, None, "keywords", "阅读\u200b", "U+200B", "U+200B",
    ),
    Broken(
        "control character in a licence's name",
        descriptor(lambda content: content.update(licenses=[{"name": "CC0\a"}])),
        "hidden-character", JSON, None, "name", "CC0\a", "U+0007", "U+0007",
    ),
    Broken(
        "half a character in a title",
        lambda package: edit_text(
            package, JSON, lambda text: text.replace('"title": "', '"title": "\\ud800', 1)
        ),
        "json-value", JSON, None, "title", "U+D800", "重新输入", "type a broken character again",
    ),
]  # fmt: skip
