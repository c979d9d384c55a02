"""Zensical, by the makers of Material: an engine to change over to when Material ends.

It reads ``mkdocs.yml``, but joins the lists of a configuration to those that it inherits, so that
the English menu would begin with the Chinese one; wants Markdown and HTML below the configuration's
folder; and keeps a cache there. So each language gets a folder of its own with the configuration
made out, and a cache that lasts for one run: what builds keep is the store's affair.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import ClassVar

from plansite.model.site_settings import EngineName
from plansite.pipeline.engine.configuration import Settings
from plansite.pipeline.engine.settings import Engine

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_ABORTED = re.compile(r"Traceback \(most recent call last\):.*--strict flag is set\n?", re.DOTALL)
"""What Python adds to warnings that were told already."""
_ARTICLE = re.compile(r"(<article .*</article>)", re.DOTALL)
_ESCAPED = {"&#x2f;": "/", "&#x27;": "&#39;", "&quot;": "&#34;"}
"""How the filter ``e`` writes characters in Zensical's templates and in MkDocs's."""


class ZensicalEngine(Engine):
    """Zensical in a folder of its own."""

    name: ClassVar = EngineName.ZENSICAL
    lock: ClassVar = "requirements-zensical.lock"

    def command(self, configuration: Path) -> list[str]:
        """Zensical itself."""
        how = ("--strict", "--config-file", f"{configuration}")
        return [sys.executable, "-m", "zensical", "build", *how]

    def path_in_configuration(self, folder: Path) -> str:
        """As seen from the configuration, which lies beside it: it fails over whole paths."""
        return folder.name

    def more_settings(self, settings: Settings) -> Settings:
        """No check of anchors and no index."""
        return {
            # Figures bring ids after it ran; the check of the site knows all.
            "validation": {"links": {"anchors": "ignore"}},
            # It makes an index unasked, and fails over pages that are long for that.
            "plugins": [*(settings.get("plugins") or []), {"search": {"enabled": False}}],
        }

    def said(self, output: str) -> str:
        """Warnings and errors without the colours that it writes even into files."""
        return _ABORTED.sub("", _COLOUR.sub("", output)).strip()

    def page(self, html: str) -> str:
        """The page with the frame's characters escaped as MkDocs does; the text is the same."""
        pieces = _ARTICLE.split(html, maxsplit=1)
        pieces[::2] = map(_as_mkdocs, pieces[::2])
        return "".join(pieces)


def _as_mkdocs(html: str) -> str:
    for theirs, ours in _ESCAPED.items():
        html = html.replace(theirs, ours)
    return html
