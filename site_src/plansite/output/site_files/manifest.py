"""Writes what a site was made from, for programs and for whoever checks it later.

The files themselves are listed once, in the checksums; the manifest says where.
"""

from __future__ import annotations

import platform
import sqlite3
import zlib
from collections.abc import Collection
from importlib.metadata import version

from plansite.analysis.publication import Publication
from plansite.model import urls
from plansite.model.site_settings import EngineName
from plansite.util.json_format import indented

FORMAT = 1
"""Goes up when a field changes its meaning or goes; ``manifest.schema.json`` describes it."""
_TOOLS = (
    *("altair", "fonttools", "frictionless", "jinja2", "mkdocs-material", "openpyxl"),
    *("pagefind-bin", "pandas", "pillow", "pyarrow", "vl-convert-python", "xlsxwriter"),
)
"""Packages on whose version a page, a picture or a file can depend, beside the engine."""


def make_manifest(publication: Publication, sizes: Collection[int], engine: EngineName) -> bytes:
    """The manifest as JSON.

    Args:
        publication: what the site shows.
        sizes: the bytes of every published file but the manifest and the checksums.
        engine: what made the pages.
    """
    info, history = publication.plan.info, publication.history
    commit = None
    if history is not None:
        day = history.head.day
        commit = {"id": history.head.id, "date": day.isoformat() if day else None}
    content = {
        "format": FORMAT,
        "data": {
            "name": info.name,
            "title": {"zh": info.title.zh, "en": info.title.en},
            "version": info.version,
        },
        "as_of": publication.assessments.as_of.isoformat(),
        "commit": commit,
        "uncommitted_changes": None if history is None else not history.is_clean,
        "site": publication.site.address or None,
        "files": {"count": len(sizes), "bytes": sum(sizes), "checksums": urls.CHECKSUMS},
        "made_with": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
            **{name: version(name) for name in sorted((*_TOOLS, engine))},
        },
    }
    return indented(content)
