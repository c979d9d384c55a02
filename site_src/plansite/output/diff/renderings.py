"""A comparison as text for a terminal, Markdown for a comment, and JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from plansite.analysis.changes.table_diff import Rename, Row
from plansite.data.package import Key
from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.model.translations import Words
from plansite.output.diff.comparison import Comparison, Flip, PackageState, ValueChange
from plansite.output.diff.wording import GROUPS, Wording

ENTRIES_A_GROUP = 50
MARKDOWN_LENGTH = 60_000
"""A comment on GitHub holds 65,536 characters."""
_ROOM_FOR_HEADINGS = 2_000


def as_text(comparison: Comparison, language: Language) -> str:
    """Every change on a line of its own, under its group's name."""
    wording = Wording(comparison, Words(language), lambda text: text)
    lines = [wording.title(), *wording.remarks()]
    for group in GROUPS:
        if wording.size(group):
            lines += ["", wording.heading(group)]
            lines += (f"  {entry}" for entry in wording.entries(group))
    return "\n".join(lines)


def as_markdown(comparison: Comparison, language: Language) -> str:
    """The changes as lists, capped so that a comment holds them; what is left out is counted."""
    wording = Wording(comparison, Words(language), code_span)
    lines = [f"## {wording.title()}"]
    for remark in wording.remarks():
        lines += ["", remark]
    room = MARKDOWN_LENGTH - _ROOM_FOR_HEADINGS - sum(len(line) + 1 for line in lines)
    for group in GROUPS:
        if not wording.size(group):
            continue
        lines += ["", f"### {wording.heading(group)}", ""]
        shown = 0
        for entry in wording.entries(group):
            room -= len(entry) + 3
            if shown == ENTRIES_A_GROUP or room < 0:
                break
            lines.append(f"- {entry}")
            shown += 1
        if shown < wording.size(group):
            lines.append(f"- {wording.more(wording.size(group) - shown)}")
    return "\n".join(lines)


def code_span(text: str) -> str:
    """Text in which Markdown reads nothing: no markup, link, HTML or @name takes effect in code."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    # One space at both ends is taken off again; without it a backtick would join the fence.
    padding = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def as_json(comparison: Comparison, language: Language) -> str:
    """Everything in full; ``schema.json`` beside this file says what each part means."""
    content: dict[str, Any] = {
        "base": _state(comparison.old),
        "head": _state(comparison.new),
        "unreadable": list(comparison.unreadable),
        "lost": [_row(row) for row in comparison.lost],
        "renamed": [_rename(row) for row in comparison.renamed],
        "meaning": [_change(change) for change in comparison.meaning],
        "package": [vars(change) for change in comparison.package],
        "values": [_change(change) for change in comparison.values],
        "verdicts": None
        if comparison.verdicts is None
        else [_flip(flip) for flip in comparison.verdicts],
        "new": [_row(row) for row in comparison.added],
        "sources": [_row(row) for row in comparison.sources],
        "texts": [_change(change) for change in comparison.texts],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _state(state: PackageState) -> dict[str, Any]:
    valid = state.publication is not None
    told: dict[str, Any] = {"revision": state.revision, "valid": valid, "errors": state.errors}
    if state.is_absent:
        told["absent"] = True
    if state.folder:
        told["folder"] = state.folder
    if state.commit:
        told["commit"] = state.commit
    return told


def _key(table: str, key: Key) -> dict[str, str]:
    return dict(zip(CONTRACT[table].primary_key, key, strict=False))


def _row(entry: Row) -> dict[str, Any]:
    return {
        "table": entry.table,
        "file": entry.file,
        "row": entry.row.number,
        "key": _key(entry.table, entry.row.key),
        "cells": dict(entry.row.cells),
    }


def _rename(entry: Rename) -> dict[str, Any]:
    return {
        "table": entry.table,
        "file": entry.file,
        "row": entry.new.number,
        "old": entry.old.key[0],
        "new": entry.new.key[0],
    }


def _change(entry: ValueChange) -> dict[str, Any]:
    return {
        "table": entry.table,
        "file": entry.file,
        "row": entry.row,
        "key": _key(entry.table, entry.key),
        "field": entry.field,
        "old": entry.old,
        "new": entry.new,
        "percent": None if entry.percent is None else float(entry.percent),
    }


def _flip(entry: Flip) -> dict[str, Any]:
    return {
        "table": entry.subject,
        "id": entry.subject_id,
        "year": entry.year,
        "old": entry.old,
        "new": entry.new,
        "worse": entry.worse,
    }


FORMATS: dict[str, Callable[[Comparison, Language], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
"""Every format by its name on the command line."""
