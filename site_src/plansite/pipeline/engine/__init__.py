"""The site engine: Markdown in, HTML out. The only package that knows MkDocs and Zensical.

Both read one configuration and one theme, ours, and make the same bytes of them. Each language has
a process, or one after another; languages are side by side.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from plansite.model.errors import UsageError
from plansite.model.site_settings import EngineName
from plansite.pipeline.engine.configuration import (
    Configurations,
    EngineError,
    read_configurations,
    read_site,
    site_address,
)
from plansite.pipeline.engine.mkdocs_engine import MkDocsEngine, theme_style
from plansite.pipeline.engine.running import EngineRun, start_engine
from plansite.pipeline.engine.settings import Engine, EngineFolders, engine_environment
from plansite.pipeline.engine.zensical_engine import ZensicalEngine

__all__ = [
    "Configurations",
    "Engine",
    "EngineError",
    "EngineFolders",
    "EngineRun",
    "engine_environment",
    "open_engine",
    "read_configurations",
    "read_site",
    "require_engine",
    "site_address",
    "start_engine",
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


def open_engine(
    name: EngineName,
    configurations: Configurations,
    environment: Mapping[str, str],
    locks: Sequence[int],
) -> Engine:
    """An engine as it is set for one build; the other arguments are :class:`Engine`'s."""
    return _ENGINES[name](configurations, environment, locks)
