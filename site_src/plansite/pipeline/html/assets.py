"""Gathers what pages load beside their text: one style sheet, small scripts, pictures.

Style sheets and scripts carry their content's hash in the name, so that a browser can keep them for
good. Nothing of the engine's own scripts is published.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plansite.util.program_files import DESIGN

FOLDER = "assets"
STYLE = "site.css"
EMBED_STYLE = "embed.css"
VEGA = "vega.js"
"""What draws charts to explore."""
_CHART_STYLE = "50-charts.css"
"""The one style sheet that embedded charts share with pages."""
_HASHED = (".css", ".js")
_ASSET = re.compile(rf'{FOLDER}/([\w./-]{{1,99}})"')
"""The end of an address; that it is one is looked at where this is found, since a page has hundreds
of addresses and few of assets."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_LINE_STARTS = re.compile(r"\n\s+")
"""Empty lines and indentation; no value of a style sheet goes over a line within quotes."""


def gather_assets(engine_style: str, design: Path = DESIGN) -> dict[str, bytes]:
    """Everything below ``assets/`` by name, the style sheets joined: for pages, and to embed.

    Args:
        engine_style: the style sheet of the engine's theme, on which ours stands.
        design: the folder with ``colours.toml`` and ``theme``.
    """
    folder = design / "theme" / FOLDER
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".css"
    }
    colours = colour_rules(tomllib.loads((design / "colours.toml").read_text("utf-8")))
    sheets = [path.read_text("utf-8") for path in sorted((folder / "css").glob("*.css"))]
    files[STYLE] = _joined([engine_style, colours, *sheets])
    shared = [folder / "css" / _CHART_STYLE, *sorted((folder / "css" / "embed").glob("*.css"))]
    files[EMBED_STYLE] = _joined([colours, *(path.read_text("utf-8") for path in shared)])
    return files


def _joined(sheets: Iterable[str]) -> bytes:
    """Style sheets in one, without what is there for those who edit them."""
    return _LINE_STARTS.sub("\n", _COMMENT.sub("", "\n".join(sheets))).encode()


def colour_rules(colours: Mapping[str, Mapping[str, list[str]]]) -> str:
    """CSS variables for light and dark, each with ordinary and with more contrast.

    Without script a page follows the system's wish; ``data-scheme`` and ``data-contrast`` on the
    root element are the reader's own.
    """
    light, dark, light_more, dark_more = (
        "".join(f"--{group}-{name}:{values[variant]};" for group, name, values in _flat(colours))
        for variant in range(4)
    )
    chosen_dark, system_dark = '[data-scheme="dark"]', ':root:not([data-scheme="light"])'
    more = '[data-contrast="more"]'
    system = "@media screen and (prefers-color-scheme:dark)"
    return "\n".join(
        [
            f":root{{color-scheme:light;{light}}}",
            f"@media (prefers-contrast:more){{:root{{{light_more}}}}}",
            f":root{more}{{{light_more}}}",
            f"{system}{{{system_dark}{{color-scheme:dark;{dark}}}}}",
            f"@media screen{{:root{chosen_dark}{{color-scheme:dark;{dark}}}}}",
            f"{system} and (prefers-contrast:more){{{system_dark}{{{dark_more}}}}}",
            f"{system}{{{system_dark}{more}{{{dark_more}}}}}",
            f"@media screen{{:root{chosen_dark}{more}{{{dark_more}}}}}",
        ]
    )


def _flat(colours: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, list[str]]]:
    for group, names in colours.items():
        for name, values in names.items():
            yield group, name, values


def hashed_names(assets: Mapping[str, bytes]) -> dict[str, str]:
    """Published names of assets: ``site.css`` is ``site.1f3a….css``; pictures keep theirs."""
    return {name: _hashed(name, content) for name, content in assets.items()}


def _hashed(name: str, content: bytes) -> str:
    path = Path(name)
    if path.suffix not in _HASHED:
        return name
    digest = hashlib.sha256(content).hexdigest()[:12]
    return path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()


def link_assets(html: str, names: Mapping[str, str]) -> str:
    """A page with its links to assets led to their published names."""

    def linked(match: re.Match[str]) -> str:
        """What stands for a name: the published one where it ends an address."""
        start, name = match.start(), match[1]
        opening = html.rfind('"', 0, start)
        is_address = html.endswith(("href=", "src="), 0, opening) and html[start - 1] in '"/'
        return f'{FOLDER}/{names.get(name, name)}"' if is_address else match[0]

    return _ASSET.sub(linked, html)
