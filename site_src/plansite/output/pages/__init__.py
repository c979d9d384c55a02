"""Everything that people read, as Markdown for the engine."""

from plansite.output.pages.commits import BUILT, built_line
from plansite.output.pages.content.row_links import TidyTable
from plansite.output.pages.generate import PageMaker, generate_embeds, generate_pages
from plansite.output.pages.html_blocks import find_html_blocks, lift_html, put_html_back
from plansite.output.pages.page import FrontMatter, Page, PageHead
from plansite.output.pages.page_list import TidyTables
from plansite.output.pages.templates import CompiledTemplates

__all__ = [
    "BUILT",
    "CompiledTemplates",
    "FrontMatter",
    "Page",
    "PageHead",
    "PageMaker",
    "TidyTable",
    "TidyTables",
    "built_line",
    "find_html_blocks",
    "generate_embeds",
    "generate_pages",
    "lift_html",
    "put_html_back",
]
