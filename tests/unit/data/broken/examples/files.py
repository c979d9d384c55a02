"""Files as a whole: missing, unreadable, too large, links, in another encoding."""

from __future__ import annotations

import os

from tests.support.library_package import edit_text, reencode
from tests.unit.data.broken.broken_package import (
    JSON,
    ZH_2025,
    Broken,
    added_file,
    append,
    both,
    cell,
    line,
    linked,
    linked_folder,
    linked_to_hidden,
    many_wrong_rows,
    text,
    without_rows,
)

BROKEN = [
    Broken(
        "nothing but headers", without_rows,
        "empty-plan", "tasks.csv", None, None, None, "一项任务或一个指标", "at least one task",
    ),
    Broken(
        "no descriptor", lambda package: (package / JSON).unlink(),
        "missing-file", JSON, None, None, None, "补上文件", "add the file",
    ),
    Broken(
        "no table", lambda package: (package / "targets.csv").unlink(),
        "missing-file", "targets.csv", None, None, None, "补上文件", "add the file",
    ),
    Broken(
        "table that the descriptor does not list",
        added_file("retired.csv"),
        "unlisted-table", "retired.csv", None, None, None,
        '"name": "retired", "path": "retired.csv"', '"name": "retired", "path": "retired.csv"',
    ),
    Broken(
        "the same in capital letters",
        added_file("Retired.CSV"),
        "unlisted-table", "Retired.CSV", None, None, None,
        '"path": "retired.csv"', '"path": "retired.csv"',
    ),
    Broken(
        "file that the descriptor does not list",
        added_file("targets-2024.csv"),
        "unlisted-file", "targets-2024.csv", None, None, None, "目录之外", "out of the folder",
    ),
    Broken(
        "second copy of a table in a folder",
        added_file("old/targets.csv"),
        "unlisted-file", "old/targets.csv", None, None, None, "目录之外", "out of the folder",
    ),
    Broken(
        "text of a plan, which a later edition has",
        added_file("documents/reading-plan.txt"),
        "unsupported-setting", "documents/reading-plan.txt", None, "documents/reading-plan.txt",
        None, "目前不支持", "does not know",
    ),
    Broken(
        "empty file", lambda package: (package / "targets.csv").write_bytes(b""),
        "unreadable-table", "targets.csv", 1, None, None, "首行没有字段名", "row 1 names no fields",
    ),
    Broken(
        "empty file but for a line end", lambda package: (package / "themes.csv").write_text("\n"),
        "unreadable-table", "themes.csv", 1, None, None, "首行为字段名", "row 1 names the fields",
    ),
    Broken(
        "semicolons", text("targets.csv", ",", ";"),
        "unreadable-table", "targets.csv", 1, None, None, "以 “;” 分隔", "separated by “;”",
    ),
    Broken(
        "tabs", text("targets.csv", ",", "\t"),
        "unreadable-table", "targets.csv", 1, None, None, "以逗号分隔", "commas separate",
    ),
    Broken(
        "quotation mark left open", line("targets", 3, ZH_2025.replace("2025年", '"2025年')),
        "unreadable-table", "targets.csv", 3, None, None, "引号没有成对", "not in pairs",
    ),
    Broken(
        "words behind a quotation mark", line("targets", 3, ZH_2025.replace("8.0册", '"8.0"册')
        .replace("2025年", '"2025"年')),
        "unreadable-table", "targets.csv", 3, None, None, "引号成对", "come in pairs",
    ),
    Broken(
        "GBK file", lambda package: reencode(package, "targets.csv", "gbk"),
        "encoding", "targets.csv", 2, None, None, "GBK", "CSV UTF-8 (Comma delimited)",
    ),
    Broken(
        "one GBK line",
        line("targets", 5, "L02,2024,le,16,,firm,不超过16天,reading-plan".encode("gbk")),
        "encoding", "targets.csv", 5, None, None, "CSV UTF-8（逗号分隔）", "looks like GBK",
    ),
    Broken(
        "one GBK line under a cell of three lines",
        both(
            cell("tasks", 2, "text_zh", "延长\n开放\n时间"),
            line("tasks", 5, "t2,shelves,2,添置童书,Buy,每年添置,Buy".encode("gbk")),
        ),
        "encoding", "tasks.csv", 3, None, None, "GBK", "GBK",
    ),
    Broken(
        "one line in an encoding of Western Europe",
        line("targets", 5, "L02,2024,le,16,,firm,caf\xe9 au lait,reading-plan ".encode("latin-1")),
        "encoding", "targets.csv", 5, None, None, "此行不是（像是 ?）", "looks like ?",
    ),
    Broken(
        "NUL at the end of a file", lambda package: append(package, b"\0" * 512),
        "hidden-character", "themes.csv", 4, None, None, "U+0000", "U+0000",
    ),
    Broken(
        "row that Windows wrote into a file of Unix",
        lambda package: append(package, "x,3,题,Title\r\n".encode()),
        "line-ends", "themes.csv", 4, None, None, "首行为 LF，此行为 CR LF", "row 1 ends with LF",
    ),
    Broken(
        "page of a server in the place of a table",
        lambda package: (package / "themes.csv").write_text("<html>\n<h1>404</h1>\n</html>\n"),
        "unreadable-table", "themes.csv", 1, None, None, "首行没有字段名", "row 1 names no fields",
    ),
    Broken(
        "UTF-16", lambda package: reencode(package, "targets.csv", "utf-16"),
        "encoding", "targets.csv", 1, None, None, "像是 UTF-16", "looks like UTF-16",
    ),
    Broken(
        "UTF-16 without a mark", lambda package: reencode(package, "agencies.csv", "utf-16-le"),
        "encoding", "agencies.csv", 1, None, None, "像是 UTF-16", "looks like UTF-16",
    ),
    Broken(
        "GBK descriptor", lambda package: reencode(package, JSON, "gbk"),
        "encoding", JSON, 4, None, None, "UTF-8", "UTF-8",
    ),
    Broken(
        "table that is a link out of the package", linked("targets.csv", "/etc/passwd"),
        "outside-link", "targets.csv", None, None, None, "删去链接", "remove the link",
    ),
    Broken(
        "table that is a link within the package", linked_to_hidden,
        "outside-link", "targets.csv", None, None, None, "记下它的去向", "git keeps no more",
    ),
    Broken(
        "link that leads to itself", linked("targets.csv", "targets.csv"),
        "outside-link", "targets.csv", None, None, None, "未作读取", "was not read",
    ),
    Broken(
        "folder that is a link", linked_folder,
        "outside-link", "tables/targets.csv", None, None, None, "数据包之外", "out of the package",
    ),
    Broken(
        "descriptor that is a link", linked(JSON, "/etc/passwd"),
        "outside-link", JSON, None, None, None, "删去链接", "remove the link",
    ),
    Broken(
        "1,200 wrong rows", many_wrong_rows,
        "too-many-problems", "observations.csv", None, None, None, "停止", "stopped at 1,000", 1001,
    ),
    Broken(
        "1,200 numbers that are none in the descriptor",
        text(JSON, '"version": "0.1.0"', '"version": "0.1.0", "x": [' + "NaN, " * 1200 + "0]"),
        "too-many-problems", JSON, None, None, None, "停止", "stopped at 1,000", 1001,
    ),
    Broken(
        "file of 101 MB", lambda package: os.truncate(package / "themes.csv", 101_000_000),
        "file-size", "themes.csv", None, None, None, "101 MB", "100 MB",
    ),
    Broken(
        "descriptor of 6 MB", lambda package: os.truncate(package / JSON, 6_000_000),
        "file-size", JSON, None, None, None, "6 MB", "5 MB",
    ),
    Broken(
        "more rows than a sheet of Excel", lambda package: append(package, b"\n" * 1_100_000),
        "row-count", "themes.csv", 1_000_002, None, None, "1,000,000 行", "1,000,000 rows",
    ),
    Broken(
        "row of 2 MB", line("themes", 3, "shelves,2,充实馆藏,Fuller" + "x" * 2_000_000),
        "row-size", "themes.csv", 3, None, None, "1 MB", "1 MB",
    ),
    Broken(
        "merge conflict",
        line("themes", 3, "<<<<<<< HEAD\nshelves,2,充,A\n=======\nshelves,2,实,B\n>>>>>>> b"),
        "merge-conflict", "themes.csv", 3, None, None, "冲突标记", "merge conflict",
    ),
    Broken(
        "separator named in row 1",
        lambda package: edit_text(package, "themes.csv", lambda content: "sep=,\n" + content),
        "unreadable-table", "themes.csv", 1, None, None, "sep=", "sep=",
    ),
    Broken(
        "GBK file as Excel saves it",
        lambda package: (package / "targets.csv").write_bytes(
            (package / "targets.csv").read_text("utf-8").replace("\n", "\r\n").encode("gbk")
        ),
        "encoding", "targets.csv", 2, None, None, "GBK", "CSV UTF-8 (Comma delimited)",
    ),
]  # fmt: skip
