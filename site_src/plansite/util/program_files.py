"""Where the program's own files lie that are not code; installed, they come with the package."""

from __future__ import annotations

from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]
"""The folder of the package: all that a site is made with, beside its data and what a plan's own
repository says of it."""
DESIGN = PROGRAM / "design"
"""What pages and pictures look like: ``templates``, ``theme``, ``fonts`` and ``colours.toml``."""
TEMPLATES = DESIGN / "templates"
FONTS = DESIGN / "fonts"
THEME = DESIGN / "theme"
DEFAULTS = PROGRAM / "defaults"
"""What a plan has where its repository says nothing else: ``mkdocs.yml``, ``mkdocs.en.yml``."""
CONTENT = DEFAULTS / "content"
"""Pages of running text, one folder for each language."""
