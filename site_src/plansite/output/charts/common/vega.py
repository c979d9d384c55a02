"""Vega for the browser, as one file that the site itself serves."""

from __future__ import annotations

import contextlib
import importlib.metadata
from pathlib import Path

import vl_convert

from plansite.util.checksums import digest
from plansite.util.files import write_bytes

VEGA_LITE = "6.4"
"""The version that pages' charts are drawn with, here and in the browser."""
_NOTICE = """/*!
Vega, Vega-Lite, Vega-Embed, Vega-Tooltip, Vega-Interpreter:
  Copyright University of Washington Interactive Data Lab and contributors, BSD-3-Clause.
D3: Copyright Mike Bostock, ISC. Bundled by vl-convert. Licences: vega-licences.txt
*/
"""
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def vega_bundle(folder: Path) -> bytes:
    """Vega, Vega-Lite and Vega-Embed as a module that sets ``window.vegaEmbed``.

    Args:
        folder: keeps the bundle, which takes 2 s to make, for each version of its maker.
    """
    maker = importlib.metadata.version("vl-convert-python")
    kept = folder / f"vega-{VEGA_LITE}-{maker}.js"
    bundle = _whole(kept)
    if bundle is None:
        bundle = vl_convert.javascript_bundle(_SNIPPET, VEGA_LITE).encode()
        fresh = kept.with_suffix(".new")
        write_bytes(fresh, _mark(bundle) + bundle)
        fresh.rename(kept)
    return _NOTICE.encode() + bundle


def _whole(kept: Path) -> bytes | None:
    """The bundle that was kept; nothing where there is none or it was damaged.

    It runs on every page that draws, and a power failure can leave a file empty.
    """
    with contextlib.suppress(OSError):
        mark, end, bundle = kept.read_bytes().partition(b"\n")
        if mark + end == _mark(bundle):
            return bundle
    return None


def _mark(bundle: bytes) -> bytes:
    return f"// {digest(bundle)}\n".encode()
