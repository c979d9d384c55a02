"""MkDocs with Material, whose style sheet every page stands on."""

from __future__ import annotations

import importlib.resources
import re
import sys
from pathlib import Path
from typing import ClassVar

from plansite.model.site_settings import EngineName
from plansite.pipeline.engine.settings import Engine

_INFO = re.compile(r"^(?:INFO|DEBUG)\b.*\n(?:[ \t].*\n)*", re.MULTILINE)


class MkDocsEngine(Engine):
    """MkDocs, which reads the configuration as it is."""

    name: ClassVar = EngineName.MKDOCS
    lock: ClassVar = "requirements.lock"

    def command(self, configuration: Path) -> list[str]:
        """MkDocs itself; it empties the folder for HTML first.

        Not ``--quiet``: with that it counts no warnings, and ``--strict`` stops at none.
        """
        how = ("--strict", "--config-file", f"{configuration}")
        return [sys.executable, "-m", "mkdocs", "build", *how]

    def said(self, output: str) -> str:
        """Warnings and errors without what it tells of its work."""
        return _INFO.sub("", output).strip()


def theme_style() -> str:
    """The style sheet of the theme."""
    folder = importlib.resources.files("material") / "templates" / "assets" / "stylesheets"
    [sheet] = [file for file in folder.iterdir() if re.fullmatch(r"main\.\w+\.min\.css", file.name)]
    return re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", sheet.read_text("utf-8"))
