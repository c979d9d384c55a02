"""Preview the site, and build it anew after each edit."""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager

from plansite.cli.messages import error_text, print_error
from plansite.cli.problem_reports import as_text
from plansite.model.errors import BuildError, DataError, UsageError
from plansite.model.translations import Words
from plansite.output.published_file import ListedFile
from plansite.pipeline.build import finish_build
from plansite.pipeline.check.faults import SiteError
from plansite.pipeline.engine import require_engine
from plansite.pipeline.options import BuildCancelledError, BuildOptions
from plansite.pipeline.prepare import prepare_build
from plansite.preview.open_pages import OpenPagesRenderer
from plansite.preview.server import start_server
from plansite.preview.state import PreviewState
from plansite.preview.watcher import Watcher
from plansite.util.process_pool import ProcessPool


def serve(order: BuildOptions, port: int, t: Words) -> None:
    """Preview a site until interrupted.

    Raises:
        UsageError: something else listens on the port, or the engine is not installed; nothing was
            built.
    """
    require_engine(order.engine)
    preview = PreviewState(order.out, t)
    try:
        server = start_server(preview, port)
    except OSError as error:
        raise UsageError("cli.port_taken", port=port) from error
    print(t("cli.serving", address=f"http://127.0.0.1:{server.server_port}/"), flush=True)
    changes = Watcher([path for path in (order.package, *order.program) if path.exists()])
    with ProcessPool(order.jobs, stays=True) as pool, contextlib.suppress(KeyboardInterrupt):
        rebuilder = _Rebuilder(order, pool, preview, changes, t)
        rebuilder.rebuild()
        pool.start(_get_ready)
        for _ in changes:
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
        order: BuildOptions,
        pool: ProcessPool,
        preview: PreviewState,
        changes: Watcher,
        t: Words,
    ) -> None:
        self._order = order
        self._pool = pool
        self._preview = preview
        self._changes = changes
        self._t = t
        self._early: OpenPagesRenderer | None = None
        self._listed: Sequence[ListedFile] | None = None
        """What there is to take away of the last complete site; ``None`` before the first."""

    def rebuild(self) -> None:
        """One build, told of whatever comes of it but for the next edit: that is built itself."""
        start = time.perf_counter()
        self._preview.on_edit()
        try:
            self._build(start)
        except BuildCancelledError:
            self._pool.cancel_pending()
        except DataError as error:
            self._preview.on_failed(as_text(error.problems, self._t.language))
            print_error(error, self._t)
        except (BuildError, OSError, SiteError) as error:
            self._preview.on_failed(error_text(error, self._t))
            print_error(error, self._t)
        else:
            self._preview.on_built()
            self._say("cli.rebuilt", start)

    def _build(self, start: float) -> None:
        self._early = None
        with prepare_build(self._order, self._step, self._go_on) as prepared:
            self._preview.on_valid()
            if prepared.summary is None and prepared.cache is not None and self._listed is not None:
                self._early = OpenPagesRenderer(prepared, prepared.cache, self._pool, self._listed)
                if self._show_early():
                    self._say("cli.shown", start)
            self._listed = finish_build(prepared, self._step, self._pool).listed

    def _step(self, key: str) -> AbstractContextManager[object]:
        self._go_on()
        return contextlib.nullcontext()

    def _go_on(self) -> None:
        """Called now and then by a build: to give it up, or to make what somebody waits for."""
        self._stop_if_edited()
        self._show_early()

    def _stop_if_edited(self) -> None:
        if self._changes.is_pending:
            raise BuildCancelledError

    def _show_early(self) -> bool:
        """Make the pages that somebody looks at, and show them; whether there were any."""
        wanted = self._preview.wanted() if self._early is not None else set()
        if self._early is None or not wanted:
            return False
        made = self._early.make(wanted, self._stop_if_edited)
        self._preview.on_pages(made, wanted)
        return bool(made)

    def _say(self, key: str, start: float) -> None:
        print(self._t(key, seconds=f"{time.perf_counter() - start:.1f}"), flush=True)
