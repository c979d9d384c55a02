"""The command ``init``: another plan's data package, and what to do next."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from plansite.cli.messages import unwritable
from plansite.data.package import FILE_NAME, new_package_files
from plansite.model import Bilingual
from plansite.model.contract import CONTRACT
from plansite.model.translations import UsageError, Words


def start_package(folder: Path, title: Bilingual, t: Words) -> None:
    """Write a new package into a folder that is empty or not there yet.

    Args:
        folder: where it goes.
        title: the package's title; what is empty is left to be filled in.
        t: the language of what is said.

    Raises:
        UsageError: something stands there, or it cannot be written; nothing was.
    """
    name = re.sub(r"[^a-z0-9._-]+", "-", folder.resolve().name.lower()).strip("-._") or "plan"
    written: list[Path] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError("cli.not_empty", folder=folder)
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in new_package_files(name, title):
            with (folder / file).open("xb") as opened:
                written.append(folder / file)
                opened.write(content)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise unwritable(error, folder) from None
    _print_next_steps(folder, title, t)


def _print_next_steps(folder: Path, title: Bilingual, t: Words) -> None:
    lacks_title = not (title.zh and title.en)
    steps = ["title"] * lacks_title + ["describe", "fill", "validate", "site", "build"]
    print(t("begin.done", folder=folder, tables=len(CONTRACT)))
    package = f"--package {shlex.quote(str(folder))}"
    for number, step in enumerate(steps, start=1):
        told = t(f"begin.{step}", folder=folder, descriptor=folder / FILE_NAME, package=package)
        print(f"{number}. {told}")
