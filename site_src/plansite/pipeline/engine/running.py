"""Runs of an engine: a process for each language, beside the build."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plansite.model import Language
from plansite.pipeline.engine.configuration import EngineError
from plansite.pipeline.engine.settings import Engine, EngineFolders
from plansite.util.files import failure_said
from plansite.util.steps import POLL_SECONDS, Steps


def start_engine(engine: Engine, folders: Mapping[Language, EngineFolders]) -> EngineRun:
    """Start a run for each language, side by side; the caller can do other work meanwhile.

    Args:
        engine: how it is set.
        folders: where each language is to be run: the Markdown, and where its HTML goes.

    Raises:
        OSError: what an engine wants to read could not be written.
    """
    # Before any runs: what it writes may not fit on the disk.
    for language, own in folders.items():
        engine.write_configuration(language, own)
    runs = [_Run(engine, language, own) for language, own in folders.items()]
    for run in runs:
        run.start()
    return EngineRun(runs)


@dataclass(frozen=True)
class EngineRun:
    """A run for each language."""

    runs: Sequence[_Run]

    def wait(self) -> Steps[None]:
        """Wait for the runs.

        Raises:
            EngineError: a run failed or warned, for instance of a broken link.
            OSError: a run could not write, or not be started.
        """
        for run in self.runs:
            while run.is_alive():
                run.join(POLL_SECONDS)
                yield
        for run in self.runs:
            if run.failure is not None:
                raise run.failure

    def close(self) -> None:
        """End what still runs, so that it writes into no later build's folders."""
        for run in self.runs:
            run.stop()


class _Run(threading.Thread):
    """The run of one language."""

    def __init__(self, engine: Engine, language: Language, folders: EngineFolders) -> None:
        super().__init__(daemon=True)
        self.failure: Exception | None = None
        self._engine = engine
        self._language = language
        self._folders = folders
        self._lock = threading.Lock()
        self._stopped = False
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """What the thread does."""
        try:
            process = self._begin()
            if process is not None:
                self._judge(process.communicate()[0], process.returncode)
        except (EngineError, OSError) as error:
            self.failure = error

    def stop(self) -> None:
        """End it, or do not begin it."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()
        self.join()

    def _begin(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._stopped:
                return None
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._engine.command(self._folders.configuration),
                cwd=self._folders.configuration.parent,
                env=self._engine.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                pass_fds=self._engine.locks,
            )
            return self._process

    def _judge(self, output: str, code: int) -> None:
        """Raise what a run that failed said."""
        if code == 0:
            return
        failure = failure_said(output, self._folders.html)
        if failure is not None:
            raise failure
        raise EngineError(f"{self._engine.name} ({self._language}):\n{self._engine.said(output)}")
