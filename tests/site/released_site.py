"""A plan with a past: two releases of its data, and ids that were taken out."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.site.built_site import Site
from tests.site.command import run
from tests.support.git_repository import Repository
from tests.support.library_package import (
    AS_OF,
    add_row,
    copy_package,
    delete_row,
    edit_cell,
    retire,
)

ADDRESS = "https://plan.example/library/"
RELEASES = ("2026-03-01", "2026-05-07")
AWKWARD = "notes #1 & 100%25 <b>.csv"
"""A file that stood in the package when it was released the second time."""
RETIRED = [
    ["indicators", "L90", "2026-10", "旧的指标", "Old indicator", "并入借阅。", "Merged.", "L01"],
    ["agencies", "reading-office", "2026-11-02", "阅读办", "Reading office", "撤销。", "Closed."],
    ["sources", "lost-leaflet", "2026", "传单", "Leaflet", "无法核实。", "Not verified."],
]
WITHDRAWN = [
    [
        "x8",
        "2026-11-02",
        "targets",
        "L01/2026",
        "value",
        "9.0",
        "",
        "方案无此数。",
        "Not in the plan.",
    ],
    [
        "x9",
        "2026-11-02",
        "targets",
        "L05/2026",
        "year",
        "2026",
        "2025",
        "录入有误。",
        "Typed wrongly.",
    ],
]
"""Leaves 2026 without a target."""


@dataclass(frozen=True)
class Kept:
    """A repository, what its package held when it was released, and the site made from it later."""

    folder: Path

    @property
    def repository(self) -> Repository:
        return Repository(self.folder / "repository")

    @cached_property
    def site(self) -> Site:
        return Site(self.folder / "site")

    @property
    def said(self) -> str:
        """What the build wrote for whoever ran it."""
        return (self.folder / "said").read_text("utf-8")

    def content(self, day: str) -> dict[str, bytes]:
        """The package's files as they were on the day of a release."""
        return {path.name: path.read_bytes() for path in (self.folder / day).iterdir()}


def build_kept(folder: Path) -> None:
    """Make the repository with its tags, and the site."""
    kept = Kept(folder)
    repository = kept.repository
    repository.root.mkdir()
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("Begin without data")
    repository.git("tag", "data-2025-12-31")
    copy_package(repository.root)
    repository.commit(when=f"{RELEASES[0]} 12:00:00 +0800")
    repository.git("tag", f"data-{RELEASES[0]}")
    shutil.copytree(repository.package, folder / RELEASES[0])
    tasks = repository.package / "tasks.csv"
    tasks.write_bytes(tasks.read_bytes().replace(b"\n", b"\r\n"))
    edit_cell(repository.package, "observations", 7, "value", "17.9")
    (repository.package / AWKWARD).write_text("note\n1\n", "utf-8")
    left_by_macos = repository.package / "._targets.csv"
    left_by_macos.write_bytes(b"\0\5\x16\7")
    repository.commit(when=f"{RELEASES[1]} 12:00:00 +0800")
    repository.git("tag", "--annotate", "--message", "May", f"data-{RELEASES[1]}")
    left_by_macos.unlink()
    shutil.copytree(repository.package, folder / RELEASES[1])
    repository.git("tag", "data-soon")
    repository.git("tag", "v1")
    (repository.package / AWKWARD).unlink()
    edit_cell(repository.package, "observations", 7, "value", "18.1")
    retire(repository.package, *RETIRED)
    edit_cell(repository.package, "targets", 11, "year", "2025")
    delete_row(repository.package, "targets", 4)
    for row in WITHDRAWN:
        add_row(repository.package, "corrections", *row)
    repository.commit()
    arguments = ("--out", folder / "site", "--as-of", AS_OF.isoformat(), "--lang", "en")
    built = run("build", *arguments, "--package", repository.package, SITE_URL=ADDRESS)
    assert built.returncode == 0, built.stdout + built.stderr
    (folder / "said").write_text(built.stderr, "utf-8")
