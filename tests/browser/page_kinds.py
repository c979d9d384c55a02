"""One address for each kind of page; what must hold for every page is tested on these."""

from __future__ import annotations

import pytest

from plansite.model import Language

KEPT = {
    "release": "releases/2026-05-07/",
    "retired": "indicators/L90/",
    "withdrawn year": "years/2026/",
}
"""Kinds that only a plan with a past has: pages of the site ``kept``, all others of ``real``."""

KINDS = {
    "home": "",
    "indicators": "indicators/",
    "compare": "compare/",
    "indicator with data": "indicators/technology-contracts/",
    "indicator without data": "indicators/value-added/",
    "deliverable": "indicators/incubators/",
    "context": "indicators/rd-expenditure/",
    "tasks": "tasks/",
    "task": "tasks/t5/",
    "agencies": "agencies/",
    "agency": "agencies/science-technology/",
    "years": "years/",
    "year": "years/2022/",
    "data": "data/",
    "resource": "data/observations/",
    "methodology": "methodology/",
    "quality": "quality/",
    "problems": "problems/",
    "updates": "updates/",
    "releases": "releases/",
    "submit": "submit/",
    "about": "about/",
    "plan": "plan/",
    "glossary": "glossary/",
    "search": "search/",
    "embed": "embed/zh/technology-contracts/",
    "missing page": "404.html",
    **KEPT,
}
CHARTED = {"home", "compare", "agency", "task", "deliverable", "context", "embed"}
CHARTED |= {"indicator with data", "indicator without data"}

every_kind = pytest.mark.parametrize("kind", KINDS)
both_languages = pytest.mark.parametrize("language", Language)
