"""How long an edit takes to reach an open page: ``python -m benchmarks.preview [INDICATORS]``.

Without a number it edits a copy of the real plan. It acts as a browser with one page open: waits
for news of the page, and asks for the page again where it is told to. Printed is the time from the
moment at which the table is saved until the page has the new value, and until all is built; and
for an edit saved while the one before is still being built, the first of these.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generator import make_plan

ROOT = Path(__file__).resolve().parent.parent
_EDITS = 8


@dataclass(frozen=True)
class Waits:
    """Seconds."""

    first: float
    """Until the first build stands."""
    shown: list[float]
    """From the saving of an edit until the open page shows it; every second edit is saved while the
    one before is still being built."""
    built: list[float]
    """Of every second one, until all is built."""


def main(indicators: int | None) -> None:
    """Edit a value some times and print how long each took to show."""
    with tempfile.TemporaryDirectory() as directory:
        if indicators is None:
            package = Path(shutil.copytree(ROOT / "datapackage", Path(directory) / "datapackage"))
        else:
            library = ROOT / "tests" / "packages" / "library"
            package = make_plan(library, Path(directory), indicators)
        found = measure_edits(Path(directory), package, _EDITS)
    print(f"first build: {found.first:.1f} s")
    print("shows after:", *(f"{seconds:.2f}" for seconds in found.shown), "s")
    print("all is built after:", *(f"{seconds:.1f}" for seconds in found.built), "s")


def measure_edits(folder: Path, package: Path, edits: int) -> Waits:
    """Preview a package and edit a value in its middle.

    Args:
        folder: where the program works.
        package: what is edited; the last edit stays.
        edits: how many.
    """
    serving = subprocess.Popen(  # noqa: S603 - our own command
        [
            *(sys.executable, str(ROOT / "build_site.py"), "serve", "--port", "0"),
            *("--lang", "en"),
            *("--package", str(package)),
        ],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        said = next(serving.stdout) if serving.stdout else ""
        server = re.findall(r"http://\S+/", said)[0]
        return _edit_and_wait(server, package / "observations.csv", edits)
    finally:
        serving.terminate()  # where Ctrl-C is ignored, as behind `&`, that would not end it
        serving.communicate()


class _OpenPage:
    """A page as a browser has it."""

    def __init__(self, server: str, address: str) -> None:
        self._server = server
        self._address = address
        self._asked = self._state = ""
        self.content = b""

    def load(self) -> None:
        """Ask for the page; its script's address says what to ask for news with."""
        self.content = _get(self._server + self._address)
        told = re.findall(rb"/__preview\.js\?([^\"]+)", self.content)[0].decode()
        self._asked = told.replace("&amp;", "&")
        self._state = ""

    def look(self) -> bool:
        """Wait for news, and load the page anew where it changed; whether all is built."""
        state = json.loads(_get(f"{self._server}__preview?{self._asked}{self._state}"))
        if state["reload"]:
            self.load()
            return False
        self._state = f"&after={state['news']}"
        return not state["note"] and not state["problems"]


def _edit_and_wait(server: str, table: Path, edits: int) -> Waits:
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    row, place = rows[len(rows) // 2], rows[0].index("value")
    page = _OpenPage(server, f"indicators/{row[rows[0].index('indicator_id')]}/")
    start = time.perf_counter()
    page.load()
    while not page.look() or len(page.content) < 1000:  # a stand-in until the first build is there
        pass
    found = Waits(time.perf_counter() - start, [], [])
    time.sleep(3)  # the helpers have loaded what they need
    for number in range(edits):
        row[place] = f"{number + 1}.3"
        start = time.perf_counter()
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        shown = f">{row[place]}<".encode()
        while shown not in page.content:
            page.look()
        found.shown.append(time.perf_counter() - start)
        if number % 2 == 0:
            time.sleep(0.5)  # the next edit does not wait for this one's build
            continue
        while not page.look():
            pass
        found.built.append(time.perf_counter() - start)
    return found


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=600) as answer:  # noqa: S310 - our own
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
