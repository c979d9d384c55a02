"""Preview the site, and build it anew after each edit."""

from __future__ import annotations

import contextlib
import importlib
import sys
import time
from collections.abc import Callable

from plansite.build import SiteError, build_site
from plansite.commands.messages import failure, print_problems
from plansite.engine import EngineError, require_engine
from plansite.inputs import DataError
from plansite.order import Order
from plansite.pagefind import IndexingError
from plansite.preview import Preview, begin_watching, start_server
from plansite.problem_formats import as_text
from plansite.words import UsageError, Words
from plansite.workshop import Crew


def serve(order: Order, port: int, t: Words) -> None:
    """Preview a site until interrupted.

    Raises:
        UsageError: something else listens on the port, or the engine is not installed; nothing was
            built.
    """
    require_engine(order.engine)
    preview = Preview(order.out)
    try:
        server = start_server(preview, port)
    except OSError as error:
        raise UsageError("cli.port_taken", port=port) from error
    print(t("cli.serving", address=f"http://127.0.0.1:{server.server_port}/"), flush=True)
    sources = ("site_src", "mkdocs.yml", "mkdocs.en.yml")
    changes = begin_watching([order.package, *(order.root / name for name in sources)])
    with Crew(order.jobs) as crew, contextlib.suppress(KeyboardInterrupt):
        rebuild = _rebuilder(order, crew, preview, t)
        rebuild()
        crew.start(_get_ready)
        for _ in changes:
            rebuild()
    server.shutdown()


def _get_ready() -> None:
    """Load what most of the work takes, so that the first edit need not wait for it."""
    for module in ("charts", "downloads", "workbook"):
        importlib.import_module(f"plansite.{module}")


def _rebuilder(order: Order, crew: Crew, preview: Preview, t: Words) -> Callable[[], None]:
    """A function that builds the preview and tells browser and terminal how it went."""

    def rebuild() -> None:
        """One build, told of whatever comes of it."""
        start = time.perf_counter()
        try:
            build_site(order, lambda key: contextlib.nullcontext(), crew)
        except DataError as error:
            preview.failed(as_text(error.problems, t.language))
            print_problems(error.problems, t)
        except OSError as error:
            preview.failed(failure(error, t))
            print(failure(error, t), file=sys.stderr)
        except (EngineError, IndexingError, SiteError) as error:
            preview.failed(str(error))
            print(error, file=sys.stderr)
        else:
            preview.built()
            print(t("cli.rebuilt", seconds=f"{time.perf_counter() - start:.1f}"), flush=True)

    return rebuild
