"""What a command says while it runs and of what it found, on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator

from plansite.cli.problem_reports import annotation, as_text
from plansite.cli.streams import SafeStream, print_report
from plansite.data.history.limits import HistoryLimit
from plansite.model.errors import BuildError, DataError, PlansiteError, UsageError
from plansite.model.problems import Problem, blockers
from plansite.model.translations import Words
from plansite.pipeline.check.faults import SiteError
from plansite.util.files import DENIED, FULL


class Reporter:
    """Says what goes on: a moving line on a terminal, plain lines elsewhere."""

    def __init__(self, t: Words) -> None:
        self._t = t
        self._terminal = sys.stderr.isatty() and not os.environ.get("CI")

    @contextlib.contextmanager
    def step(self, key: str) -> Iterator[None]:
        """Announce a step, and say how long it took."""
        name = self._t(f"cli.step_{key}")
        start = time.perf_counter()
        with self._moving(name):
            yield
        print(f"{name} {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)

    @contextlib.contextmanager
    def _moving(self, name: str) -> Iterator[None]:
        if not self._terminal:
            yield
            return
        from rich.console import Console  # noqa: PLC0415

        terminal = sys.stderr.stream if isinstance(sys.stderr, SafeStream) else sys.stderr
        with Console(file=terminal).status(name):
            yield


def failure(error: OSError, t: Words) -> str:
    """A sentence that says which file could not be read or written, and what to do."""
    usage = unwritable(error, t("cli.some_file"))
    return t(usage.key, **usage.values)


def unwritable(error: OSError, file: object) -> UsageError:
    """The same for who asked for it; ``file`` stands where the system names no file."""
    named = error.filename if error.filename is not None else file
    if error.errno in FULL:
        return UsageError("cli.disk_full", place=named)
    key = "cli.no_access" if error.errno in DENIED else "cli.cannot_write"
    return UsageError(key, place=named, reason=error.strerror or error)


def print_problems(problems: list[Problem], t: Words) -> None:
    """Problems as text, then how many there are."""
    if problems:
        print(as_text(problems, t.language), file=sys.stderr)
    stopped = len(blockers(problems))
    key = "cli.invalid" if stopped else "cli.valid"
    print(t(key, blockers=stopped, warnings=len(problems) - stopped), file=sys.stderr)


def print_limits(limits: Iterable[HistoryLimit], form: str, t: Words) -> None:
    """Say what a site lacks for want of history; on GitHub as annotations.

    Args:
        limits: why it lacks it.
        form: the format in which a command reports, by its name.
        t: the user's words.
    """
    for limit in limits:
        text = t("history.told", lacks=t(limit.lacks), reason=t(limit.reason, **limit.values))
        _print_note("warning", t("history.title"), text, form)


def print_places(notes: Iterable[str], form: str, t: Words) -> None:
    """Say where the package was that was compared; on GitHub as annotations."""
    for note in notes:
        _print_note("notice", t("cli.against_title"), note, form)


def _print_note(level: str, title: str, text: str, form: str) -> None:
    if form == "github":
        print_report(annotation(level, title, text), form)
    else:
        print(text, file=sys.stderr)


def print_error(error: PlansiteError | OSError, t: Words) -> None:
    """What went wrong, in the user's language."""
    if isinstance(error, DataError):
        print_problems(error.problems, t)
        return
    if isinstance(error, SiteError):
        print(*(fault.render(t.language) for fault in error.faults), sep="\n", file=sys.stderr)
    print(error_text(error, t), file=sys.stderr)


def error_text(error: PlansiteError | OSError, t: Words) -> str:
    """The same as a text, without the problems or faults one by one."""
    if isinstance(error, OSError):
        return failure(error, t)
    text = t(error.key, **error.values)
    return f"{text}\n{error.details}" if isinstance(error, BuildError) else text
