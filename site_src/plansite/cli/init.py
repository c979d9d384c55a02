"""The command ``init``: another plan's data package, and what to do next."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from plansite.cli.arguments import PACKAGE_FOLDER
from plansite.cli.messages import unwritable
from plansite.data.package import FILE_NAME, new_package_files
from plansite.model import Bilingual
from plansite.model.contract import CONTRACT
from plansite.model.errors import UsageError
from plansite.model.translations import Words


def start_package(plan: Path, title: Bilingual, t: Words, program: str) -> None:
    """Write a new package into ``datapackage`` in a plan's folder, or into a folder of that name.

    Args:
        plan: the folder, empty or not there yet.
        title: the package's title; what is empty is left to be filled in.
        t: the language of what is said.
        program: how the user calls the program.

    Raises:
        UsageError: something stands there, or it cannot be written; nothing was.
    """
    folder = plan if plan.name == PACKAGE_FOLDER else plan / PACKAGE_FOLDER
    called = folder.resolve().parent.name.lower()
    name = re.sub(r"[^a-z0-9._-]+", "-", called).strip("-._") or "plan"
    written: list[Path] = []
    try:
        if plan.exists() and (not plan.is_dir() or any(plan.iterdir())):
            raise UsageError("cli.not_empty", folder=plan)
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in new_package_files(name, title):
            with (folder / file).open("xb") as opened:
                written.append(folder / file)
                opened.write(content)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise unwritable(error, folder) from None
    _print_next_steps(folder, title, t, program)


def _print_next_steps(folder: Path, title: Bilingual, t: Words, program: str) -> None:
    lacks_title = not (title.zh and title.en)
    steps = ["title"] * lacks_title + ["describe", "fill", "validate", "site", "build", "commit"]
    print(t("begin.done", folder=folder, tables=len(CONTRACT)))
    package = f"--package {shlex.quote(str(folder))}"
    for number, step in enumerate(steps, start=1):
        text = t(
            f"begin.{step}",
            folder=folder,
            descriptor=folder / FILE_NAME,
            plan=folder.parent,
            program=program,
            package=package,
        )
        print(f"{number}. {text}")
