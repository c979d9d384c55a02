"""Everything that people read, as Markdown for the engine."""

from plansite.pages.generate import generate_embeds, generate_pages
from plansite.pages.page import Page

__all__ = ["Page", "generate_embeds", "generate_pages"]
