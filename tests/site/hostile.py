"""Texts that would do harm if a page or a file passed them on, and that validation lets in."""

MARKUP = '*a* {{ 7*7 }} [b](c) _d_ & "e" 1 < 2'
"""Markdown and a template's expression; tags and plain formulas are refused before a build."""
FORMULA = "＝1+1"
"""Excel in Chinese computes it like the plain one."""
