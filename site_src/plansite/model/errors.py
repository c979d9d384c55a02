"""Everything that can go wrong and that people can mend: one family, each with its exit code.

Whatever else is raised is a defect of the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import ClassVar

from plansite.model.problems import Problem


class ExitCode(IntEnum):
    """How a command ended."""

    FINE = 0
    BUG = 1
    USAGE = 2
    BAD_DATA = 10
    BUILD_FAILED = 11
    BAD_SITE = 12
    INTERRUPTED = 130
    """By Ctrl-C, as shells have it."""


class PlansiteError(Exception):
    """Something that people can mend; ``key`` and ``values`` find the words that say it."""

    exit_code: ClassVar[ExitCode]

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class UsageError(PlansiteError):
    """Something cannot be done as it was asked for."""

    exit_code = ExitCode.USAGE


class DataError(PlansiteError):
    """The package has problems that stop the work; nothing was written."""

    exit_code = ExitCode.BAD_DATA

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("cli.invalid")
        self.problems = list(problems)


class BuildError(PlansiteError):
    """A program that a build runs failed; the published site was left alone.

    Args:
        key: of the words that say which.
        details: what that program said.
    """

    exit_code = ExitCode.BUILD_FAILED

    def __init__(self, key: str, details: str) -> None:
        super().__init__(key)
        self.details = details
        self.args = (details,)  # what makes it again after it came from another process

    def __str__(self) -> str:
        return self.details
