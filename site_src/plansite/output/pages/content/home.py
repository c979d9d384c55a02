"""What the home page shows: the news, every target at a glance, the gaps, what happened when."""

from __future__ import annotations

from typing import Any

from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.timeline import plan_timeline
from plansite.model import Language
from plansite.output.pages.content.missing_values import missing_values, unreported_tasks
from plansite.output.pages.content.verdict_grid import make_grid
from plansite.output.pages.content.views import PageViews

_ROWS = 30
"""Indicators in each list; the page of all indicators lists the others."""
_YEARS = 6
"""Years across the grid, the latest; the page of years has them all."""
_CARDS = 12
"""Headline indicators that have a card."""


def home_content(publication: Publication, views: PageViews, language: Language) -> dict[str, Any]:
    """The home page's own context, bounded whatever the plan's size."""
    plan, assessments = publication.plan, publication.assessments
    promised = views.promised()
    return {
        "highlights": publication.highlights(language),
        "grid": make_grid(promised, _ROWS, _YEARS),
        "missing_values": missing_values(promised),
        "unreported_tasks": unreported_tasks(plan, assessments),
        "most": _ROWS,
        "most_cards": _CARDS,
        "timeline": plan_timeline(plan, assessments),
    }
