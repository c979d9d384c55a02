"""A text that would do harm if a page passed it on as it stands, and that validation lets in."""

MARKUP = '*a* {{ 7*7 }} [b](c) _d_ & "e" 1 < 2'
"""Markdown and a template's expression; tags and formulas are refused before anything is built."""
