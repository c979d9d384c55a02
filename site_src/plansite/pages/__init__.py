"""Everything that people read, as Markdown for the engine."""

from plansite.pages.commits import BUILT, built_line
from plansite.pages.generate import PageMaker, generate_embeds, generate_pages
from plansite.pages.html_blocks import lift_html, put_html_back
from plansite.pages.page import Page, PageHead
from plansite.pages.plans import TidyTables
from plansite.pages.renderer import CompiledTemplates
from plansite.pages.row_links import TidyTable

__all__ = [
    "BUILT",
    "CompiledTemplates",
    "Page",
    "PageHead",
    "PageMaker",
    "TidyTable",
    "TidyTables",
    "built_line",
    "generate_embeds",
    "generate_pages",
    "lift_html",
    "put_html_back",
]
