"""Problems for people, programs and pull requests: text, JSON, GitHub annotations, Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence

from plansite.model import Language
from plansite.problems import Problem, blockers


def as_text(problems: Sequence[Problem], language: Language) -> str:
    """Two lines for each problem."""
    return "\n".join(problem.render(language) for problem in problems)


def as_json(problems: Sequence[Problem], language: Language) -> str:
    """An object with ``valid`` and a list of ``problems``."""
    entries = [
        {
            "code": problem.code,
            "severity": problem.kind.severity.value,
            "file": problem.file,
            "row": problem.row,
            "field": problem.field,
            "value": problem.value,
            "expected": problem.expected(language),
            "remedy": problem.remedy(language),
        }
        for problem in problems
    ]
    content = {"valid": not blockers(problems), "problems": entries}
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem], language: Language) -> str:
    """Workflow commands that put each problem on its line of the pull request."""
    return "\n".join(_annotation(problem, language) for problem in problems)


def _annotation(problem: Problem, language: Language) -> str:
    level = "error" if problem.is_blocker else "warning"
    line = f",line={problem.row}" if problem.row is not None else ""
    message = _escaped(problem.render(language))
    place = problem.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{level} file={place}{line},title={problem.code}::{message}"


def _escaped(text: str) -> str:
    """What GitHub asks of a command's text: no line ends of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_markdown(problems: Sequence[Problem], language: Language) -> str:
    """A table for a comment or a job's summary."""
    zh = language is Language.ZH
    head = "| 位置 | 应为 | 修改 |" if zh else "| Place | Expected | To mend |"
    rows = [
        f"| `{_cell(problem.place())}` | {_cell(problem.expected(language))} "
        f"| {_cell(problem.remedy(language))} |"
        for problem in problems
    ]
    return "\n".join([head, "| --- | --- | --- |", *rows]) if rows else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'").replace("<", "&lt;")


FORMATS = {"text": as_text, "json": as_json, "github": as_github, "markdown": as_markdown}
"""Every format by its name on the command line."""
