"""Completes built HTML: puts figures in, and policy, links and descriptions into the head.

What the engine need not read does not go through it: parsing inline SVG as Markdown would cost more
than everything else together.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.formatting import format_size
from plansite.output.charts import CARD_HEIGHT, CARD_WIDTH
from plansite.output.pages import BUILT, built_line
from plansite.output.site_files.atom_feed import feed_title
from plansite.pipeline.html.assets import link_assets

_FIGURE = re.compile(r"<!-- figure (\S+) -->")
_SIZE = re.compile(r"<!-- size (\S+) -->")
_HEADING = re.compile(r'<h1 id="([^"]*)"')
_TOP = "_top"
"""The id of a heading that cannot have its own; no row's begins with ``_``."""
_POLICY = re.compile(r"<!-- policy ?(\w*) -->")
_INLINE_SCRIPT = re.compile(
    r'<script(?: type="application/ld\+json")?>(.*?)(?:</script>|\Z)', re.DOTALL
)


def figures_on(html: str) -> set[str]:
    """The keys of the figures that have to be put into a built page."""
    return set(_FIGURE.findall(html))


def files_sized(html: str) -> set[str]:
    """The addresses of the files whose sizes have to be put into a built page."""
    return set(_SIZE.findall(html))


def _with_ids_apart(html: str) -> str:
    """A page whose heading has no id that another place of the page has.

    The engine makes the id of the title's words, and a title is data: an indicator called Chart.
    All others have ids that the page gives them, and links rely on them.
    """
    heading = _HEADING.search(html)
    if heading is None or html.count(f' id="{heading[1]}"') == 1:
        return html
    return html[: heading.start(1)] + _TOP + html[heading.end(1) :]


class MissingFigureError(Exception):
    """A page asks for a figure that was not drawn, or for the size of a file that is not there."""


@dataclass(frozen=True)
class PostProcessor:
    """Finishes the built pages of one language."""

    language: Language
    figures: Mapping[str, str]
    """HTML by key."""
    assets: Mapping[str, str]
    """Published names of style sheets and scripts by their plain ones."""
    site: str
    """The site's address with a closing slash; empty where none is set."""
    feed: str = ""
    """What the language's feed is called; empty where there is none."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """The size in bytes of each file to take away, by its address."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """HTML to close pages' heads with, by the page's address within its language."""
    built: str = ""
    """HTML that says from which commit the site was built."""

    def finish(self, html: str, address: str) -> str:
        """One built page, complete but for the commit that the site was built from.

        Args:
            html: the page as the engine wrote it.
            address: its address within its language, such as ``tasks/t1/``.

        Raises:
            MissingFigureError: the page names a figure that is not there.
        """
        # Before the rest: the policy names whatever stands between script tags, data too.
        html = html.replace("</head>", f"{self.heads.get(address, '')}</head>", 1)
        html = _with_ids_apart(self.fill(html, address))
        if address.endswith(".html"):
            return html  # the page that stands in for missing ones has no address of its own
        links = self._feed(address) + (self._addresses(address) if self.site else "")
        return html.replace("</head>", f"{links}</head>", 1)

    def stamp_commit(self, html: str) -> str:
        """A finished page with the commit that the site was built from.

        Apart from the rest, since it changes on every page with every commit.
        """
        return html.replace(BUILT, self.built)

    def _feed(self, address: str) -> str:
        """Where feed readers find the changes to the data."""
        if not self.feed:
            return ""
        here, feed = (urls.localized(target, self.language) for target in (address, urls.FEED))
        way = f'title="{escape(self.feed)}" href="{escape(urls.relative(feed, here))}"'
        return f'<link rel="alternate" type="application/atom+xml" {way}>'

    def _addresses(self, address: str) -> str:
        """What names the page from outside: its other languages, and how to show a link to it."""
        alternates = [
            (language.html, self.site + urls.localized(address, language)) for language in Language
        ]
        alternates.append(("x-default", self.site + address))
        shown = {
            "url": self.site + urls.localized(address, self.language),
            "image": self.site + urls.card(address, self.language),
            "image:width": str(CARD_WIDTH),
            "image:height": str(CARD_HEIGHT),
        }
        return "".join(
            [
                *(
                    f'<link rel="alternate" hreflang="{code}" href="{escape(link)}">'
                    for code, link in alternates
                ),
                *(
                    f'<meta property="og:{name}" content="{escape(value)}">'
                    for name, value in shown.items()
                ),
            ]
        )

    def fill(self, html: str, address: str) -> str:
        """A page with its figures, assets and policy in place; all that an embedded page needs."""
        try:
            html = _FIGURE.sub(lambda match: self.figures[match[1]], html)
            html = _SIZE.sub(lambda match: format_size(self.sizes[match[1]]), html)
        except KeyError as missing:
            raise MissingFigureError(f"{address}: {missing.args[0]}") from None
        html = link_assets(html, self.assets)
        return _POLICY.sub(lambda match: content_policy(html, match[1]), html, count=1)


def make_post_processor(
    publication: Publication, language: Language, assets: Mapping[str, str]
) -> PostProcessor:
    """The processor for pages of a publication that show neither figures nor sizes of files.

    For the arguments see :class:`PostProcessor`.
    """
    site = publication.site
    return PostProcessor(
        language=language,
        figures={},
        assets=assets,
        site=site.address,
        feed=feed_title(publication, language),
        built=built_line(publication.history, site.repository, language),
    )


def content_policy(html: str, permission: str = "") -> str:
    """The Content-Security-Policy of a page, as a meta element.

    Everything comes from the site itself. Inline scripts are named by their hash, so that none
    that a table smuggled in would run; ``permission`` "wasm" admits WebAssembly, for search.
    """
    hashes = {
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE_SCRIPT.findall(html)
    }
    scripts = ["'self'", *(f"'sha256-{digest}'" for digest in sorted(hashes))]
    if permission == "wasm":
        scripts.append("'wasm-unsafe-eval'")
    policy = (
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
