"""How pages name commits of the data's repository."""

from __future__ import annotations

from markupsafe import Markup

from plansite.data.history import Commit, History
from plansite.model import Language
from plansite.model.translations import Words
from plansite.output.pages.markup import rich

BUILT = "<!-- built -->"
"""Stands in every page's Markdown for :func:`built_line`, which changes with each commit.

It is put in when pages are finished. So a page whose data did not change stays the page that an
earlier build made, whatever was committed since.
"""


def commit_link(commit: Commit, repository: str) -> Markup:
    """A commit by the first digits of its id; a link where the repository's address is known."""
    if not repository:
        return Markup("<code>{}</code>").format(commit.short)
    address = f"{repository.rstrip('/')}/commit/{commit.id}"
    link = Markup('<a href="{}" rel="external noopener"><code>{}</code></a>')
    return link.format(address, commit.short)


def built_line(history: History | None, repository: str, language: Language) -> str:
    """From which commit the site was built, as HTML; empty where nobody knows."""
    if history is None:
        return ""
    key = "provenance.built" if history.is_clean else "provenance.built_dirty"
    return rich(Words(language), key, commit=commit_link(history.head, repository))
