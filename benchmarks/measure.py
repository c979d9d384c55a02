"""What a command takes, its children included: seconds, seconds of the processor, memory."""

from __future__ import annotations

import re
import resource
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.2
_SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Args:
        wall: seconds on the clock.
        cpu: seconds of all processors, for it and the processes that it started.
        memory: bytes at the peak, for all of them together, looked at five times a second. What
            they share is counted once.
        output: what it printed.
    """

    wall: float
    cpu: float
    memory: int
    output: str


def measure(command: list[str], cwd: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=cwd,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    watch = _Watch(process.pid)
    watch.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - start
    watch.stop()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{output}\n{errors}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, watch.peak, output)


class _Watch(threading.Thread):
    """Looks at the memory of a process and of all below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_INTERVAL):
            self.peak = max(self.peak, sum(map(_memory, _family(self._pid))))

    def stop(self) -> None:
        """End it."""
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, ahead = [], [pid]
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return found


def _memory(pid: int) -> int:
    """A process's own memory and its share of what it shares with others."""
    try:
        told = _SHARE.search(Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"))
    except OSError:
        return 0  # it has ended
    return int(told[1]) * 1024 if told else 0
