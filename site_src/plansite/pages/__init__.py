"""Everything that people read, as Markdown for the engine."""

from plansite.pages.generate import generate_embeds, generate_pages
from plansite.pages.page import Page, PageHead
from plansite.pages.renderer import CompiledTemplates
from plansite.pages.row_links import TidyTable

__all__ = [
    "CompiledTemplates",
    "Page",
    "PageHead",
    "TidyTable",
    "generate_embeds",
    "generate_pages",
]
