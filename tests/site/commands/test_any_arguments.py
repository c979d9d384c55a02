"""Whatever is typed on the command line, it is done or said to be wrong, and never a traceback."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st

from tests.site import command
from tests.site.command import run_here
from tests.support.fuzzing import tries
from tests.support.library_package import LIBRARY

ODD = [
    "library", "file.txt", "empty", "link", "circle", "damaged.xlsx", "table.csv", "unwritable",
    "", "-", "--", ".", "/", "/dev/null", "nowhere/at/all", "file.txt/x", "library/tasks.csv",
    "a\0b", "a\udce4", "a" * 300, "x/" * 3000, "a\nb", "\u202e", " ", "~", "中文", "nul", "-x",
    "--upload-pack=x", "HEAD", "HEAD:x", "@{-1}", "ftp://x", "http://[", "https://", "http://a b/",
    "0", "-1", "99999", "9" * 5000, "１", "1e3", "2026-02-30", "2026-11-23", "0001-01-01", "zh",
    "fr", "##[error]", "::error::x", "{0}", "%s",
]  # fmt: skip
OPTIONS = {
    "build": ["--package", "--lang", "--as-of", "--jobs", "--engine", "--no-cache"],
    "serve": ["--package", "--lang", "--as-of", "--jobs", "--port", "--engine"],
    "validate": ["--package", "--lang", "--as-of", "--format", "--against"],
    "diff": ["--package", "--lang", "--format"],
    "template": ["--package", "--lang", "--out", "--filled"],
    "import": ["--package", "--lang", "--dry-run", "--allow-removals"],
    "check": ["--package", "--lang", "--previous"],
    "init": ["--package", "--lang", "--title", "--title-en"],
}
words = st.sampled_from(ODD) | st.text(st.characters(exclude_characters="/.~"), max_size=5)
"""Nothing that leads out of the folder to where something could be written."""
typed = st.sampled_from([*OPTIONS]).flatmap(
    lambda verb: st.tuples(
        st.just(verb),
        st.lists(st.tuples(st.sampled_from([*OPTIONS[verb], "--none"]), words), max_size=3),
        st.lists(words, max_size=2),
    )
)


@contextlib.contextmanager
def folder_to_run_in() -> Iterator[Path]:
    """A folder with files of all kinds that an argument may name."""
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        shutil.copytree(LIBRARY, folder / "library")
        (folder / "library" / "themes.csv").write_bytes(b"no table")  # nothing is built of it
        (folder / "file.txt").write_text("x", "utf-8")
        (folder / "damaged.xlsx").write_bytes(b"PK\3\4")
        (folder / "table.csv").write_bytes(b"\xff\xfe\0a,")
        (folder / "empty").mkdir()
        (folder / "unwritable").mkdir(0o500)
        (folder / "link").symlink_to("empty")
        (folder / "circle").symlink_to("circle")
        yield folder


@tries(60)
@given(typed)
@example(("serve", [("--port", "99999")], []))
@example(("check", [("--previous", "http://[")], ["empty"]))
@example(("import", [], ["/dev/null"]))
@example(("template", [("--out", "a\0b")], []))
@example(("validate", [("--package", "x/" * 3000)], []))
def test_any_arguments(arguments: tuple[str, list[tuple[str, str]], list[str]]) -> None:
    verb, options, rest = arguments
    line = [verb, *(word for option in options for word in option), *rest]
    taken = OSError(errno.EADDRINUSE, "taken")
    with folder_to_run_in() as folder:
        own = mock.patch.object(command, "own_folder", lambda: folder)
        with own, mock.patch("plansite.cli.serve.start_server", side_effect=taken):
            finished = run_here(*line)
    assert finished.returncode in {0, 2, 10, 11, 12}, line
    said = finished.stdout + finished.stderr
    assert "Traceback" not in said
    assert not any(part.lstrip().startswith("::") for part in said.splitlines())
    assert "##[" not in said
