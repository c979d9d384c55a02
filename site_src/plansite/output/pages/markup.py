"""The site's words with markup in their gaps."""

from __future__ import annotations

from markupsafe import Markup, escape

from plansite.model.translations import Words


def rich(words: Words, key: str, **values: object) -> Markup:
    """The words of a key; whatever is put in and is no markup is escaped.

    Args:
        words: of the page's language.
        key: which words.
        values: what fills their gaps, such as a link.
    """
    gaps = {name: f"{{{name}}}" for name in values}
    return escape(words(key, **gaps)).format(**values)
