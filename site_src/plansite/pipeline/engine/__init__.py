"""The site engine: Markdown in, HTML out. The only package that knows MkDocs and Zensical.

Both read one configuration, ``mkdocs.yml`` and ``mkdocs.en.yml``, and one theme, ours, and make the
same bytes of them. Each language has a process, or one after another; languages are side by side.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from plansite.model.site_settings import EngineName
from plansite.model.translations import UsageError
from plansite.pipeline.engine.configuration import (
    EngineError,
    read_site,
    site_address,
)
from plansite.pipeline.engine.mkdocs_engine import MkDocsEngine, theme_style
from plansite.pipeline.engine.running import EngineRun
from plansite.pipeline.engine.settings import Engine, EngineFolders
from plansite.pipeline.engine.zensical_engine import ZensicalEngine

__all__ = [
    "Engine",
    "EngineError",
    "EngineFolders",
    "EngineRun",
    "open_engine",
    "read_site",
    "require_engine",
    "site_address",
    "theme_style",
]

_ENGINES: dict[EngineName, type[Engine]] = {
    engine.name: engine for engine in (MkDocsEngine, ZensicalEngine)
}


def require_engine(name: EngineName) -> None:
    """Make sure that an engine is there, before any work is done.

    Raises:
        UsageError: it is not installed; says how that is done.
    """
    if find_spec(name) is None:
        lock = _ENGINES[name].lock
        raise UsageError("cli.no_engine", engine=name, python=sys.executable, lock=lock)


def open_engine(name: EngineName, root: Path, as_of: dt.date, locks: Sequence[int]) -> Engine:
    """An engine as it is set for one build; the other arguments are :class:`Engine`'s.

    Raises:
        EngineError: the configuration cannot be read, or the site's address is none.
    """
    return _ENGINES[name](root, as_of, locks)
