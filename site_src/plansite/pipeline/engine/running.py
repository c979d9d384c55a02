"""Runs of an engine: a process for each language, beside the build."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Mapping

from plansite.model import Language
from plansite.pipeline.engine.configuration import EngineError
from plansite.pipeline.engine.settings import Engine, EngineFolders
from plansite.util.files import failure_said

_LOOK = 0.1
"""Seconds between two looks at whether a run is still wanted."""


class EngineRun:
    """A run for each language, side by side; the caller can do other work meanwhile."""

    def __init__(self, engine: Engine, places: Mapping[Language, EngineFolders]) -> None:
        """Start the runs.

        Args:
            engine: how it is set.
            places: where each language is to be run: the Markdown, and where its HTML goes.

        Raises:
            OSError: what an engine wants to read could not be written.
        """
        # Before any runs: what it writes may not fit on the disk.
        for side, place in places.items():
            engine.write_configuration(side, place)
        self._runs = [_Run(engine, side, place) for side, place in places.items()]
        for run in self._runs:
            run.start()

    def finish(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Wait for the runs.

        Args:
            waiting: called now and then meanwhile; what it raises ends the wait.

        Raises:
            EngineError: a run failed or warned, for instance of a broken link.
            OSError: a run could not write, or not be started.
        """
        for run in self._runs:
            while run.is_alive():
                run.join(_LOOK)
                waiting()
        for run in self._runs:
            if run.failure is not None:
                raise run.failure

    def close(self) -> None:
        """End what still runs, so that it writes into no later build's folders."""
        for run in self._runs:
            run.stop()


class _Run(threading.Thread):
    """The run of one language."""

    def __init__(self, engine: Engine, side: Language, place: EngineFolders) -> None:
        super().__init__(daemon=True)
        self.failure: Exception | None = None
        self._engine = engine
        self._side = side
        self._place = place
        self._lock = threading.Lock()
        self._stopped = False
        self._running: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """What the thread does."""
        try:
            running = self._begin()
            if running is not None:
                self._judge(running.communicate()[0], running.returncode)
        except (EngineError, OSError) as error:
            self.failure = error

    def stop(self) -> None:
        """End it, or do not begin it."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.kill()
        self.join()

    def _begin(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._stopped:
                return None
            self._running = subprocess.Popen(  # noqa: S603 - our own command
                self._engine.command(self._place.configuration),
                cwd=self._place.configuration.parent,
                env=self._engine.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                pass_fds=self._engine.locks,
            )
            return self._running

    def _judge(self, output: str, code: int) -> None:
        """Raise what a run that failed said."""
        if code == 0:
            return
        failure = failure_said(output, self._place.html)
        if failure is not None:
            raise failure
        raise EngineError(f"{self._engine.name} ({self._side}):\n{self._engine.said(output)}")
