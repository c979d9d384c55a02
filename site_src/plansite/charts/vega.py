"""Vega for the browser, as one file that the site itself serves."""

from __future__ import annotations

import importlib.metadata

import vl_convert

VEGA_LITE = "6.4"
"""The version that pages' charts are drawn with, here and in the browser."""
_NOTICE = """/*!
Vega, Vega-Lite, Vega-Embed, Vega-Tooltip, Vega-Interpreter:
  Copyright University of Washington Interactive Data Lab and contributors, BSD-3-Clause.
D3: Copyright Mike Bostock, ISC. Bundled by vl-convert. Licences: vega-licences.txt
*/
"""


_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def bundle_version() -> str:
    """What the bundle depends on: another version gives another file."""
    return importlib.metadata.version("vl-convert-python")


def vega_bundle() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as a module that sets ``window.vegaEmbed``; takes 2 s."""
    return (_NOTICE + vl_convert.javascript_bundle(_SNIPPET, VEGA_LITE)).encode()
