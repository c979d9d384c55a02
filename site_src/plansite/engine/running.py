"""Runs of an engine: one process at a time for each language, beside the build."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence

from plansite.engine.configuration import EngineError
from plansite.engine.settings import Engine, Place
from plansite.model import Language
from plansite.writing import failure_said

_LOOK = 0.1
"""Seconds between two looks at whether a run is still wanted."""


class EngineRun:
    """Runs for both languages, side by side; the caller can do other work meanwhile."""

    def __init__(self, engine: Engine, places: Mapping[Language, Sequence[Place]]) -> None:
        """Start the first run of each language; the others follow one after another.

        Args:
            engine: how it is set.
            places: where each language is to be run: the Markdown, and where its HTML goes.

        Raises:
            OSError: what an engine wants to read could not be written.
        """
        self._engine = engine
        # Before any runs: what it writes may not fit on the disk.
        commands = {
            side: [(place, engine.command(side, place)) for place in several]
            for side, several in places.items()
        }
        self._queues = [_Queue(engine, side, runs) for side, runs in commands.items()]
        for queue in self._queues:
            queue.start()

    def finish(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Wait for the runs.

        Args:
            waiting: called now and then meanwhile; what it raises ends the wait.

        Raises:
            EngineError: a run failed or warned, for instance of a broken link.
            OSError: a run could not write, or not be started.
        """
        for queue in self._queues:
            while queue.is_alive():
                queue.join(_LOOK)
                waiting()
        for queue in self._queues:
            if queue.failure is not None:
                raise queue.failure

    def close(self) -> None:
        """End what still runs, so that it writes into no later build's folders."""
        for queue in self._queues:
            queue.stop()


class _Queue(threading.Thread):
    """The runs of one language, one after another; none follows one that failed."""

    def __init__(
        self, engine: Engine, side: Language, runs: Sequence[tuple[Place, list[str]]]
    ) -> None:
        super().__init__(daemon=True)
        self.failure: Exception | None = None
        self._engine = engine
        self._side = side
        self._runs = runs
        self._lock = threading.Lock()
        self._stopped = False
        self._running: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """What the thread does."""
        try:
            for place, command in self._runs:
                running = self._begin(place, command)
                if running is None:
                    break
                self._judge(place, running.communicate()[0], running.returncode)
        except (EngineError, OSError) as error:
            self.failure = error

    def stop(self) -> None:
        """End the run that is under way, and begin no other."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.kill()
        self.join()

    def _begin(self, place: Place, command: list[str]) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._stopped:
                return None
            self._running = subprocess.Popen(  # noqa: S603 - our own command
                command,
                cwd=self._engine.root,
                env=self._engine.environment | self._engine.variables(self._side, place),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                pass_fds=self._engine.locks,
            )
            return self._running

    def _judge(self, place: Place, output: str, code: int) -> None:
        """Raise what a run that failed said."""
        if code == 0:
            return
        failure = failure_said(output, place.html)
        if failure is not None:
            raise failure
        raise EngineError(f"{self._engine.name} ({self._side}):\n{self._engine.said(output)}")
