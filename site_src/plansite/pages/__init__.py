"""Everything that people read, as Markdown for the engine."""

from plansite.pages.commits import BUILT, built_line
from plansite.pages.generate import generate_embeds, generate_pages
from plansite.pages.page import Page, PageHead
from plansite.pages.renderer import CompiledTemplates
from plansite.pages.row_links import TidyTable

__all__ = [
    "BUILT",
    "CompiledTemplates",
    "Page",
    "PageHead",
    "TidyTable",
    "built_line",
    "generate_embeds",
    "generate_pages",
]
