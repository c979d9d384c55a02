"""What lies in a package's folder: every file is listed, and what is listed of a file is true.

A table that the descriptor does not list is neither read nor published, however much somebody
thinks that it is: an agency would be gone without the page that says what became of it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from plansite.data.package.descriptor import FILE_NAME, Descriptor, Json
from plansite.data.package.skeleton import describe_table
from plansite.data.package.snapshot import PackageSnapshot
from plansite.model.contract import CONTRACT, planned
from plansite.model.problems import Problem

MOST = 100
"""Files that are told of; where there are more, a folder is in the wrong place."""
_MAY_LIE_THERE = re.compile(
    r"\..*|~\$.*|.*~|\#.*\#|.*\.(bak|orig|swp|swo|tmp|part|crdownload)|thumbs\.db|desktop\.ini"
    r"|(readme|licen[cs]e|copying|notice|change(s|log)|contribut(ing|ors)|authors|citation|credits"
    r"|codeowners|code_of_conduct|security)([._-].*)?|.*\.(md|markdown|rst|adoc)",
    re.DOTALL,
)
"""Words to people, and what systems and editors leave behind: nobody takes them for data."""
_ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def check_files(snapshot: PackageSnapshot) -> Iterator[Problem]:
    """Yield a problem for each table not described, file not listed, and untrue size or checksum.

    Each table of the contract is told of with what to write into the descriptor.
    """
    descriptor, files = snapshot.descriptor, snapshot.files
    if descriptor is None:
        return
    file = files.path(FILE_NAME).as_posix()
    unlisted = list(_unlisted(snapshot, descriptor))
    for rule in CONTRACT.values():
        if rule.name not in descriptor.resources and not rule.added:
            names = [name for name in unlisted if _table_of(name) == rule.name]
            paste = _entry(rule.name, snapshot, names[0] if names else f"{rule.name}.csv")
            yield Problem("missing-resource", file, value=rule.name, details={"paste": paste})
            unlisted = [name for name in unlisted if name not in names]
    for name in unlisted[:MOST]:
        yield _unlisted_problem(name, snapshot, descriptor)
    for name, path in snapshot.table_files.items():
        yield from _check_fingerprints(name, descriptor.resources[name], snapshot, path, file)


def _unlisted(snapshot: PackageSnapshot, descriptor: Descriptor) -> Iterator[str]:
    """The files that the descriptor does not list and nobody can take for anything but data."""
    entries = descriptor.content["resources"]
    paths = Counter(str(entry.get("path")).casefold() for entry in entries)
    listed = {*paths, FILE_NAME}
    # Where what a table's description says of its file is wrong, that is told already.
    unread = {
        name
        for name, entry in descriptor.resources.items()
        if name not in snapshot.table_files or paths[str(entry.get("path")).casefold()] > 1
    }
    for name in snapshot.files.names():
        may_lie = _MAY_LIE_THERE.fullmatch(PurePosixPath(name).name.casefold())
        if not may_lie and name.casefold() not in listed and _table_of(name) not in unread:
            yield name


def _table_of(name: str) -> str:
    """The table whose name a file has, whichever way it is written; empty for other files."""
    path = PurePosixPath(name.casefold())
    return path.stem if path.suffix == ".csv" else ""


def _unlisted_problem(name: str, snapshot: PackageSnapshot, descriptor: Descriptor) -> Problem:
    shown = snapshot.files.path(name).as_posix()
    table = _table_of(name)
    if name.startswith(planned.DOCUMENTS):
        return Problem("unsupported-setting", shown, field=name)
    if table in CONTRACT and table not in descriptor.resources:
        return Problem("unlisted-table", shown, details={"paste": _entry(table, snapshot, name)})
    return Problem("unlisted-file", shown)


def _entry(table: str, snapshot: PackageSnapshot, name: str) -> str:
    """What the descriptor would say of a file that holds a table of the contract."""
    content = snapshot.files.content(name) or b""
    lines = io.StringIO(content.decode("utf-8-sig", "replace"), newline="")
    try:
        header = [label for label in next(csv.reader(lines), []) if label]
    except csv.Error:
        header = []
    rule = CONTRACT[table]
    needed = {field.name for field in rule.fields if field.required}
    path = PurePosixPath(name).with_name(f"{table}.csv").as_posix()
    entry = describe_table(table, path, header if needed <= set(header) else rule.field_names)
    return json.dumps(entry, ensure_ascii=False)


def _check_fingerprints(
    table: str, entry: Json, snapshot: PackageSnapshot, path: str, file: str
) -> Iterator[Problem]:
    """What the descriptor says of a file's bytes, which other readers hold it to."""
    stored = snapshot.files.read(path)
    said: dict[str, object] = {key: entry[key] for key in ("bytes", "hash") if key in entry}
    if stored.problem is not None or not said:
        return
    true: dict[str, object] = {"bytes": len(stored.content), "hash": None}
    algorithm, _, digest = str(said.get("hash", "")).rpartition(":")
    algorithm = algorithm.lower() or "md5"
    if algorithm in _ALGORITHMS:
        found = hashlib.new(algorithm, stored.content, usedforsecurity=False).hexdigest()
        is_same = digest.lower() == found
        true["hash"] = said.get("hash") if is_same else f"{algorithm}:{found}"
    for key, value in said.items():
        if value != true[key]:
            shown = f"{key}: {true[key] or 'sha256:…'}"
            place = f"resources.{table}.{key}"
            details = {"expected": shown, "table": stored.path}
            yield Problem("fingerprint", file, field=place, value=str(value), details=details)
