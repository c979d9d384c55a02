"""The last hand on built HTML: figures into their places, languages and alternatives into the head.

What the engine need not read does not go through it: parsing inline SVG as Markdown would cost more
than everything else together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from plansite import urls
from plansite.model import Bilingual, Language

_FIGURE = re.compile(r"<!-- figure (\S+) -->")
_HTML_LANG = re.compile(r"<html lang=\"[^\"]*\"")

_SEARCH_DIALOG = 'data-md-component="search" role="dialog"'
_SEARCH = Bilingual("搜索", "Search")
"""The name that the theme's search dialog lacks."""


class MissingFigureError(Exception):
    """A page asks for a figure that nobody drew."""


def finish_page(
    html: str, address: str, language: Language, figures: Mapping[str, str], site: str
) -> str:
    """One built page, ready to publish.

    Args:
        html: the page as the engine wrote it.
        address: its address within its language, such as ``tasks/t1/``.
        language: its language.
        figures: HTML by key, in that language.
        site: the site's address with a closing slash; empty where none is set.

    Raises:
        MissingFigureError: the page names a figure that is not there.
    """

    def figure(match: re.Match[str]) -> str:
        try:
            return figures[match[1]]
        except KeyError:
            raise MissingFigureError(f"{address}: {match[1]}") from None

    html = _FIGURE.sub(figure, html)
    html = html.replace(_SEARCH_DIALOG, f'{_SEARCH_DIALOG} aria-label="{_SEARCH[language]}"', 1)
    html = _HTML_LANG.sub(f'<html lang="{language.html}"', html, count=1)
    if not site or address.endswith(".html"):
        return html  # the page that stands in for missing ones has no address of its own
    return html.replace("</head>", f"{_alternates(address, site)}</head>", 1)


def _alternates(address: str, site: str) -> str:
    links = [(side.html, site + urls.localized(address, side)) for side in Language]
    links.append(("x-default", site + address))
    return "".join(
        f'<link rel="alternate" hreflang="{code}" href="{escape(link)}">' for code, link in links
    )
