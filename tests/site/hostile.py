"""Texts that would do harm if a site or a file passed them on as they stand."""

FORMULA = '=HYPERLINK("https://evil.example","x")'
"""A spreadsheet would run it."""
MARKUP = "<b>*a* {{ 7*7 }} [b](c) </b>"
"""HTML, Markdown and a template's expression."""
