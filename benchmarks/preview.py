"""How long an edit takes to reach an open page: ``python -m benchmarks.preview [INDICATORS]``.

Without a number it edits a copy of the real plan. An open page waits for news and then asks for
itself again; both are counted from the moment the table is saved.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.generator import make_plan

ROOT = Path(__file__).resolve().parent.parent
_EDITS = 6


def main(indicators: int | None) -> None:
    """Edit a value some times and print how long each took to show."""
    with tempfile.TemporaryDirectory() as directory:
        if indicators is None:
            package = Path(shutil.copytree(ROOT / "datapackage", Path(directory) / "datapackage"))
        else:
            library = ROOT / "tests" / "packages" / "library"
            package = make_plan(library, Path(directory), indicators)
        command = [sys.executable, "build_site.py", "serve", "--package", str(package)]
        serving = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--port", "0", "--lang", "en"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            said = next(serving.stdout) if serving.stdout else ""
            _edit_and_wait(re.findall(r"http://\S+/", said)[0], package / "observations.csv")
        finally:
            serving.send_signal(signal.SIGINT)
            serving.communicate()


def _edit_and_wait(address: str, table: Path) -> None:
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    row, place = rows[len(rows) // 2], rows[0].index("value")
    page = f"{address}indicators/{row[rows[0].index('indicator_id')]}/"
    news = json.loads(_get(f"{address}__preview"))["news"]
    while not news:
        news = json.loads(_get(f"{address}__preview?after={news}"))["news"]
    time.sleep(3)  # the helpers have loaded what they need
    for number in range(_EDITS):
        row[place] = f"{number + 1}.3"
        start = time.perf_counter()
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        news = json.loads(_get(f"{address}__preview?after={news}"))["news"]
        shows = row[place].encode() in _get(page)
        told = "" if shows else ": and the page has the old value"
        print(f"{time.perf_counter() - start:.2f} s{told}", flush=True)


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=600) as answer:  # noqa: S310 - our own
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
