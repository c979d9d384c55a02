"""Problems for people, programs and pull requests: text, JSON, GitHub annotations, Markdown.

People get the first of each kind in full and a count of the rest; programs get all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from plansite.cli.safe_text import safe_text
from plansite.model import Language
from plansite.model.problems import Marks, Problem, blockers, visible

_WORDS = re.compile(
    r"(?:[\u3400-\u9fff ，。、；：“”‘’（）…]"
    r"|(?<![0-9A-Za-z])(?:[A-Za-z]+|[0-9]{1,6})(?![0-9A-Za-z]))*"
)
"""Neither markup nor an address, a name, a number of an issue or the id of a commit."""
_MARKUP = re.compile(r"[\\`*\[\]<>|~$&]|(?<!\w)_|_(?!\w)")
_ENDING = re.compile("[`|<]")
SHOWN_OF_A_KIND = 20
"""Whoever mends twenty of a kind knows how to find the rest."""


def as_text(problems: Sequence[Problem], language: Language) -> str:
    """Two lines for each problem, kind by kind, what stops a build first."""
    lines = []
    for group in _by_kind(problems):
        lines += [problem.render(language) for problem in group[:SHOWN_OF_A_KIND]]
        lines += _rest(group, language)
    return "\n".join(lines)


def _by_kind(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems in groups of one kind, in the order in which the kinds were first found."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.code, []).append(problem)
    return sorted(groups.values(), key=lambda group: not group[0].is_blocker)


def _rest(group: Sequence[Problem], language: Language) -> Iterator[str]:
    more, code = len(group) - SHOWN_OF_A_KIND, group[0].code
    if more > 0:
        if language is Language.ZH:
            yield f"…另有 {more} 处同类问题 [{code}]"
        else:
            yield f"… and {more} more of this kind [{code}]"


def as_json(problems: Sequence[Problem], language: Language) -> str:
    """An object with ``valid``, counts and a list of all problems.

    ``problems.schema.json`` describes it.
    """
    entries = [
        {
            "code": problem.code,
            "severity": problem.kind.severity.value,
            "file": problem.file,
            "row": problem.row,
            "line": problem.line or problem.row,
            "field": problem.field,
            "value": problem.value,
            "expected": problem.expected(language),
            "remedy": problem.remedy(language),
        }
        for problem in problems
    ]
    stopped = len(blockers(problems))
    counts = {"blockers": stopped, "warnings": len(problems) - stopped}
    content = {"valid": not stopped, "counts": counts, "problems": entries}
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem], language: Language) -> str:
    """Workflow commands that put each problem on its line of the pull request."""
    return "\n".join(_annotation(problem, language) for problem in problems)


def _annotation(problem: Problem, language: Language) -> str:
    level = "error" if problem.is_blocker else "warning"
    number = problem.line or problem.row
    line = f",line={number}" if number is not None else ""
    message = _escaped(problem.render(language))
    file = _escaped(problem.file).replace(",", "%2C").replace(":", "%3A")
    return f"::{level} file={file}{line},title={problem.code}::{message}"


def annotation(level: str, title: str, text: str) -> str:
    """A workflow command that says something of the whole run.

    Args:
        level: ``warning`` or ``notice``.
        title: what it is about.
        text: what is said.
    """
    heading = _escaped(title).replace(",", "%2C").replace(":", "%3A")
    return f"::{level} title={heading}::{_escaped(text)}"


def _escaped(text: str) -> str:
    """What GitHub asks of a command's text: no line ends of its own."""
    return safe_text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_markdown(problems: Sequence[Problem], language: Language) -> str:
    """A summary for a job or a comment: the counts, then a table for each kind."""
    zh = language is Language.ZH
    stopped = len(blockers(problems))
    warned = len(problems) - stopped
    if zh:
        result = "数据有误，不能发布" if stopped else "数据有效"
        lines = [f"## {result}：{stopped} 处错误，{warned} 处提示"]
    else:
        result = "The data are wrong and cannot be published" if stopped else "The data are valid"
        lines = [f"## {result}: errors {stopped}, warnings {warned}"]
    for group in _by_kind(problems):
        lines += ["", *_markdown_group(group, language)]
    return "\n".join(lines)


def _markdown_group(group: Sequence[Problem], language: Language) -> Iterator[str]:
    zh, is_blocker = language is Language.ZH, group[0].is_blocker
    severity = ("错误" if is_blocker else "提示") if zh else ("error" if is_blocker else "warning")
    separator = "：" if zh else ": "
    yield f"### {severity} `{group[0].code}`{separator}{len(group)}"
    yield ""
    yield "| 位置 | 应为 | 修改 |" if zh else "| Place | Expected | To mend |"
    yield "| --- | --- | --- |"
    for problem in group[:SHOWN_OF_A_KIND]:
        expected = problem.expected(language, _MARKDOWN)
        remedy = problem.remedy(language, _MARKDOWN)
        yield f"| {_code(problem.place())} | {expected} | {remedy} |"
    for rest in _rest(group, language):
        yield f"\n{rest}"


def _code(text: str) -> str:
    """A value as code, in which nothing is read but the end of the code and of a table's cell.

    Those signs are named: programs differ in which of the two they look for first.
    """
    return f"`{_ENDING.sub(lambda sign: f'‹U+{ord(sign[0]):04X}›', visible(text))}`"


def _value(text: str) -> str:
    """What fills a gap of a sentence: code, unless nothing could read more than words in it."""
    return text if _WORDS.fullmatch(text) else _code(text)


def _escaped_words(template: str) -> str:
    return _MARKUP.sub(lambda sign: f"\\{sign[0]}", template)


_MARKDOWN = Marks(_escaped_words, _value)

FORMATS = {"text": as_text, "json": as_json, "github": as_github, "markdown": as_markdown}
"""Every format by its name on the command line."""
