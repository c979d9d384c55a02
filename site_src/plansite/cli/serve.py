"""Preview the site, and build it anew after each edit."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import AbstractContextManager

from plansite.cli.messages import error_text, print_error, print_limits
from plansite.cli.problem_reports import as_text
from plansite.data.history.limits import HistoryLimit
from plansite.data.package import PackageSnapshot
from plansite.data.validation.time_zone import plan_zone
from plansite.model.errors import DataError, PlansiteError, UsageError
from plansite.model.translations import Words
from plansite.output.published_file import ListedFile
from plansite.pipeline.build import build_steps
from plansite.pipeline.engine import require_engine
from plansite.pipeline.options import BuildOptions
from plansite.pipeline.prepare import PreparedBuild, prepare_build
from plansite.preview.open_pages import OpenPagesRenderer
from plansite.preview.server import start_server
from plansite.preview.state import PreviewState
from plansite.preview.watcher import Watcher, watch_files
from plansite.util.files import DENIED
from plansite.util.process_pool import ProcessPool
from plansite.util.steps import run_unless


def serve(options: BuildOptions, port: int, t: Words) -> None:
    """Preview a site until interrupted.

    Raises:
        UsageError: something else listens on the port, or the engine is not installed; nothing was
            built.
    """
    require_engine(options.engine)
    preview = PreviewState(options.out, t)
    try:
        server = start_server(preview, port)
    except OSError as error:
        taken = error.errno not in DENIED
        raise UsageError("cli.port_taken" if taken else "cli.port_denied", port=port) from error
    print(t("cli.serving", address=f"http://127.0.0.1:{server.server_port}/"), flush=True)
    watcher = watch_files([path for path in (options.package, *options.program) if path.exists()])
    with ProcessPool(options.jobs, stays=True) as pool, contextlib.suppress(KeyboardInterrupt):
        rebuilder = _Rebuilder(options, pool, preview, watcher, t)
        rebuilder.rebuild()
        pool.start(_get_ready)
        for _ in watcher.changes(rebuilder.is_of_yesterday):
            rebuilder.rebuild()
    server.shutdown()


def _get_ready() -> None:
    """Load what most of the work takes, so that the first edit need not wait for it."""
    for module in ("output.charts", "output.downloads", "output.excel_template.template"):
        importlib.import_module(f"plansite.{module}")


class _Rebuilder:
    """Builds the preview after an edit, and tells browser and terminal how it went."""

    def __init__(
        self,
        options: BuildOptions,
        pool: ProcessPool,
        preview: PreviewState,
        watcher: Watcher,
        t: Words,
    ) -> None:
        self._options = options
        self._pool = pool
        self._preview = preview
        self._watcher = watcher
        self._t = t
        self._zone: dt.tzinfo = dt.UTC
        self._day: dt.date | None = None
        """The day of the last build; ``None`` before the first, and where one day was asked for."""
        self._listed: Sequence[ListedFile] | None = None
        """What there is to take away of the last complete site; ``None`` before the first."""
        self._told: list[HistoryLimit] = []

    def is_of_yesterday(self) -> bool:
        """Whether a new day began in the plan's time zone since the last build."""
        return self._day is not None and dt.datetime.now(self._zone).date() != self._day

    def rebuild(self) -> None:
        """One build, told of whatever comes of it but for the next edit: that is built itself."""
        start = time.perf_counter()
        self._preview.on_edit()
        try:
            self._note_day()
            is_complete = self._build(start)
        except DataError as error:
            self._preview.on_failed(as_text(error.problems, self._t.language))
            print_error(error, self._t)
        except (PlansiteError, OSError) as error:
            self._preview.on_failed(error_text(error, self._t))
            print_error(error, self._t)
        except Exception:  # a defect, which the next edit may get around
            said = f"{self._t('cli.bug')}\n{traceback.format_exc()}"
            self._preview.on_failed(said)
            print(said, file=sys.stderr)
        else:
            if is_complete:
                self._preview.on_built()
                self._say("cli.rebuilt", start)
            else:
                self._pool.cancel_pending()

    def _note_day(self) -> None:
        """Remember on which day this build is made, if it is to follow the calendar."""
        if self._options.as_of is None:
            self._zone = plan_zone(PackageSnapshot(self._options.package)) or dt.UTC
            self._day = dt.datetime.now(self._zone).date()

    def _build(self, start: float) -> bool:
        """Build the site; whether it came to its end before the next edit."""
        with prepare_build(self._options, _announce) as prepared:
            self._preview.on_valid()
            self._tell_of_limits(prepared.inputs.limits)
            renderer = self._open_pages(prepared)
            if self._show_open_pages(renderer):
                self._say("cli.shown", start)
            steps = build_steps(prepared, _announce, self._pool)
            result = run_unless(self._is_outdated, steps, lambda: self._show_open_pages(renderer))
            if result is not None:
                self._listed = result.listed
        return result is not None

    def _tell_of_limits(self, limits: Sequence[HistoryLimit]) -> None:
        """Say what the site lacks for want of history, unless that was said before."""
        new = [limit for limit in limits if limit not in self._told]
        print_limits(new, "text", self._t)
        self._told += new

    def _is_outdated(self) -> bool:
        """Whether the data was edited since this build began."""
        return self._watcher.is_pending

    def _open_pages(self, prepared: PreparedBuild) -> OpenPagesRenderer | None:
        """Who makes pages before the others; nobody where that saves no time."""
        if prepared.summary is not None or prepared.cache is None or self._listed is None:
            return None
        return OpenPagesRenderer(prepared, prepared.cache, self._pool, self._listed)

    def _show_open_pages(self, renderer: OpenPagesRenderer | None) -> bool:
        """Make the pages that somebody looks at, and show them; whether there were any."""
        wanted = self._preview.wanted() if renderer is not None else set()
        if renderer is None or not wanted:
            return False
        made = run_unless(self._is_outdated, renderer.make(wanted))
        if made is not None:
            self._preview.on_pages(made, wanted)
        return bool(made)

    def _say(self, key: str, start: float) -> None:
        print(self._t(key, seconds=f"{time.perf_counter() - start:.1f}"), flush=True)


def _announce(_: str) -> AbstractContextManager[object]:
    """Say nothing of single stages."""
    return contextlib.nullcontext()
