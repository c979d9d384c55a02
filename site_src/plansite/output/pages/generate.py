"""The site's pages in one language, all or some of them, as Markdown for the engine."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jinja2

from plansite.analysis.changes.cell_labels import CellLabels
from plansite.analysis.changes.change_log import MAX_VERDICTS
from plansite.analysis.changes.corrections import CorrectionIndex
from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.assess import LIMITED_FROM, NEARLY_FROM, PARTLY_FROM
from plansite.analysis.verdicts.citation import cite
from plansite.analysis.verdicts.tallies import (
    counted,
    describe_commitments,
    describe_targets,
    tally,
)
from plansite.model import CommitmentVerdict, Comparator, Language, Retirable, Role, Verdict
from plansite.model.errors import BuildError
from plansite.model.translations import Words
from plansite.output.pages.commits import commit_link
from plansite.output.pages.content.retirement import successor_of
from plansite.output.pages.content.row_links import RowLinks
from plansite.output.pages.content.views import PageViews, by_wording
from plansite.output.pages.page import Page
from plansite.output.pages.page_list import PageIndex, TidyTables
from plansite.output.pages.templates import CompiledTemplates, Renderer, template_environment
from plansite.util.program_files import CONTENT, TEMPLATES

_MOST_MULTIPLES = 24
"""Indicators that an agency's page draws; others stand in a table."""
_MOST_LISTED = 3
"""Events of one date that a timeline names one by one."""


class OwnPageError(BuildError):
    """A page of running text that is the plan's own and cannot be filled, with where and why."""

    def __init__(self, details: str) -> None:
        super().__init__("cli.own_page_failed", details)


class PageMaker:
    """Makes the pages of one language, in whatever order they are asked for."""

    def __init__(
        self,
        publication: Publication,
        language: Language,
        own_content: Path | None = None,
        tidy: TidyTables | None = None,
        compiled: CompiledTemplates | None = None,
    ) -> None:
        """List the pages; none is made yet.

        Args:
            publication: the plan with its verdicts and warnings, and the site that it stands on.
            language: the pages' language.
            own_content: the plan's own pages of running text, in a folder for each language; where
                it lacks one, the program's stands.
            tidy: makes the tables that are made of the package's; each gets a page.
            compiled: templates that need not be compiled again.
        """
        views = PageViews(publication.plan, publication.assessments)
        links = RowLinks(publication)
        environment = _environment(language, own_content, compiled)
        self._own_pages = None if own_content is None else own_content / language
        self._renderer = _renderer(publication, language, environment, views, links)
        planner = PageIndex(publication, language, views, links, tidy)
        self._plans = {plan.address: plan for plan in planner.pages()}

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every page, in the site's order, by the address of its Chinese side."""
        return tuple(self._plans)

    def page(self, address: str) -> Page:
        """Make one page.

        Raises:
            KeyError: there is none at this address.
            OwnPageError: it is one of the plan's own that cannot be filled.
        """
        plan = self._plans[address]
        try:
            return self._renderer.page(plan.template, address, **plan.content())
        except Exception as error:  # whatever somebody wrote into a page
            own = self._own_pages and self._own_pages / plan.template
            if own is None or not own.is_file() or (TEMPLATES / plan.template).exists():
                raise
            frames = traceback.extract_tb(error.__traceback__)
            lines = [frame.lineno for frame in frames if frame.filename == str(own)]
            place = f"{own}:{lines[-1]}" if lines else f"{own}"
            raise OwnPageError(f"{place}: {type(error).__name__}: {error}") from None


def generate_pages(
    publication: Publication,
    language: Language,
    own_content: Path | None = None,
    tidy: TidyTables | None = None,
    compiled: CompiledTemplates | None = None,
) -> Iterator[Page]:
    """Every page in one language; for the arguments see :class:`PageMaker`."""
    maker = PageMaker(publication, language, own_content, tidy, compiled)
    return map(maker.page, maker.addresses)


def generate_embeds(
    publication: Publication,
    language: Language,
    own_content: Path | None = None,
    compiled: CompiledTemplates | None = None,
) -> Iterator[tuple[str, str]]:
    """Every indicator's embedded page as (address from the site's root, HTML).

    Retired ones too: other sites go on showing what stands at their addresses.

    They have no menu and no script, and don't go through the engine. For the arguments see
    :class:`PageMaker`.
    """
    views = PageViews(publication.plan, publication.assessments)
    without_history = dataclasses.replace(publication, history=None)  # they say nothing of it
    environment = _environment(language, own_content, compiled)
    renderer = _renderer(without_history, language, environment, views, RowLinks(without_history))
    for indicator in publication.plan.indicators:
        view = views.indicator(indicator.indicator_id)
        yield renderer.embed("embed.html", indicator.indicator_id, view=view)
    for row in publication.plan.retired:
        if row.resource is Retirable.INDICATORS:
            successor = successor_of(row, publication.plan)
            yield renderer.embed("embed_retired.html", row.retired_id, row=row, successor=successor)


def _environment(
    language: Language, own_content: Path | None, compiled: CompiledTemplates | None
) -> jinja2.Environment:
    contents = [folder / language for folder in (own_content, CONTENT) if folder is not None]
    return template_environment([TEMPLATES, *contents], compiled)


def _renderer(
    publication: Publication,
    language: Language,
    environment: jinja2.Environment,
    views: PageViews,
    links: RowLinks,
) -> Renderer:
    plan, assessments = publication.plan, publication.assessments
    words = Words(language)
    return Renderer(
        environment,
        plan,
        publication.narrator(language),
        words,
        publication.provenance,
        site=publication.site,
        cite=partial(cite, publication.site, plan.info, assessments.as_of, language),
        latest_changes=publication.data_changes,
        has_feed=bool(publication.dated_changes),
        cells=CellLabels(plan, words),
        row_links=links,
        data_releases=publication.releases,
        commit_id=partial(commit_link, repository=publication.site.repository),
        corrected=CorrectionIndex(plan.corrections),
        views=views,
        as_of=assessments.as_of,
        tally=tally,
        **_telling(words),
        by_wording=by_wording,
        Role=Role,
        warnings=publication.warnings,
        thresholds={"nearly": NEARLY_FROM, "partly": PARTLY_FROM, "limited": LIMITED_FROM},
        comparators=list(Comparator),
        verdicts=list(Verdict),
        commitment_verdicts=list(CommitmentVerdict),
        overall=tally(assessments.indicators),
    )


def _telling(words: Words) -> dict[str, Any]:
    """Counts as sentences, and how many things a page lists one by one."""
    return {
        "describe_targets": partial(describe_targets, words=words),
        "describe_commitments": partial(describe_commitments, words=words),
        "counted": partial(counted, words),
        "most_listed": _MOST_LISTED,
        "most_verdicts": MAX_VERDICTS,
        "most_multiples": _MOST_MULTIPLES,
    }
