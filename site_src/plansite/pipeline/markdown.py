"""Both languages' Markdown on the disk: one language by another process, where that pays."""

from __future__ import annotations

import functools
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.output.downloads import tidy_tables
from plansite.output.pages import CompiledTemplates, PageHead, generate_pages
from plansite.util.files import write_bytes
from plansite.util.result_cache import ResultCache
from plansite.util.steps import Steps, run_to_end
from plansite.util.task_runner import PendingResult, TaskRunner


@dataclass(frozen=True)
class LanguagePages:
    """The pages of one language, and the folder for their Markdown."""

    publication: Publication
    language: Language
    own_content: Path
    folder: Path
    cache: ResultCache | None


@dataclass(frozen=True)
class MarkdownJob:
    """Pages that are being written."""

    docs: Path
    """The folder for Markdown, one folder in it for each language."""
    first: LanguagePages
    second: PendingResult[LanguagePages, list[PageHead]]
    second_folder: Path
    """Where the second language's Markdown lies until all of it is there."""


def start_markdown(
    publication: Publication, own_content: Path, docs: Path, runner: TaskRunner
) -> MarkdownJob:
    """Have another process write the second language.

    Args:
        publication: what pages are made of.
        own_content: the plan's own pages of running text.
        docs: the folder for Markdown.
        runner: whose processes help with a plan of many indicators.
    """
    zh, en = Language
    # Where a build is killed or cancelled, its helper writes on for a while: not where the next one
    # does.
    for left in docs.glob(f"{en}.*"):
        shutil.rmtree(left, ignore_errors=True)
    docs.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=f"{en}.", dir=docs))
    first = LanguagePages(publication, zh, own_content, docs / zh, runner.cache)
    second = LanguagePages(publication, en, own_content, folder, runner.cache)
    # Five indicators have ten pages of a language, which take as long as drawing one of them.
    pieces = len(publication.plan.indicators) // 5
    return MarkdownJob(docs, first, runner.submit_one(_write_all, second, pieces), folder)


def finish_markdown(job: MarkdownJob) -> Steps[list[PageHead]]:
    """Write the rest; gives every page's head, language by language."""
    heads = yield from _write(job.first)
    heads += yield from job.second.wait()
    target = job.docs / Language.EN
    shutil.rmtree(target, ignore_errors=True)
    job.second_folder.rename(target)
    return heads


def _write_all(pages: LanguagePages) -> list[PageHead]:
    return run_to_end(_write(pages))


def _write(pages: LanguagePages) -> Steps[list[PageHead]]:
    publication = pages.publication
    tidy = functools.cache(lambda: list(tidy_tables(publication)))
    compiled = CompiledTemplates(pages.cache) if pages.cache else None
    shutil.rmtree(pages.folder, ignore_errors=True)
    heads = []
    for page in generate_pages(publication, pages.language, pages.own_content, tidy, compiled):
        yield
        write_bytes(pages.folder / urls.page_file(page.address), page.text.encode())
        heads.append(page.head)
    return heads
