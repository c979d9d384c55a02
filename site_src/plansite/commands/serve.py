"""Preview the site, and build it anew after each edit."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Callable

from plansite.build import SiteError, build_site
from plansite.commands.messages import failure, print_problems
from plansite.engine import EngineError
from plansite.inputs import DataError
from plansite.order import Order
from plansite.pagefind import IndexingError
from plansite.preview import Preview, changes, start_server
from plansite.problem_formats import as_text
from plansite.words import UsageError, Words


def serve(order: Order, port: int, t: Words) -> None:
    """Preview a site until interrupted.

    Raises:
        UsageError: something else listens on the port; nothing was built.
    """
    preview = Preview(order.out)
    try:
        server = start_server(preview, port)
    except OSError as error:
        raise UsageError("cli.port_taken", port=port) from error
    shutil.rmtree(order.out, ignore_errors=True)  # it may be another package's
    print(t("cli.serving", address=f"http://127.0.0.1:{server.server_port}/"), flush=True)
    rebuild = _rebuilder(order, preview, t)
    rebuild()
    sources = ("site_src", "mkdocs.yml", "mkdocs.en.yml")
    watched = [order.package, *(order.root / name for name in sources)]
    with contextlib.suppress(KeyboardInterrupt):
        for _ in changes(watched):
            rebuild()
    server.shutdown()


def _rebuilder(order: Order, preview: Preview, t: Words) -> Callable[[], None]:
    """A function that builds the preview and tells browser and terminal how it went."""

    def rebuild() -> None:
        """One build, told of whatever comes of it."""
        start = time.perf_counter()
        try:
            build_site(order, lambda key: contextlib.nullcontext())
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
