"""Both languages' Markdown on the disk: one language by another process, where that pays."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.output.downloads import tidy_tables
from plansite.output.pages import (
    CompiledTemplates,
    PageHead,
    generate_pages,
)
from plansite.util.files import write_bytes
from plansite.util.result_cache import ResultCache
from plansite.util.task_runner import TaskRunner


@dataclass(frozen=True)
class _LanguagePages:
    """The pages of one language."""

    publication: Publication
    language: Language
    own_content: Path
    tree: Path
    cache: ResultCache | None


class MarkdownJob:
    """Pages that are being written."""

    def __init__(
        self, publication: Publication, own_content: Path, docs: Path, runner: TaskRunner
    ) -> None:
        """Have the second language begun, before work that others wait for less.

        Args:
            publication: what pages are made of.
            own_content: the plan's own pages of running text.
            docs: the folder for Markdown, one folder in it for each language.
            runner: whose processes help with a plan of many indicators.
        """
        zh, en = Language
        self._first = _LanguagePages(publication, zh, own_content, docs / zh, runner.cache)
        # Where a build is killed or given up, its helper writes on for a while: not where the next
        # one does.
        for left in docs.glob(f"{en}.*"):
            shutil.rmtree(left, ignore_errors=True)
        docs.mkdir(parents=True, exist_ok=True)
        self._place, self._beside = docs / en, Path(mkdtemp(prefix=f"{en}.", dir=docs))
        second = _LanguagePages(publication, en, own_content, self._beside, runner.cache)
        # Five indicators have ten pages of a language, which take as long as drawing one of them.
        pieces = len(publication.plan.indicators) // 5
        self._second = runner.submit_one(_write_half, second, pieces=pieces)

    def finish(self, go_on: Callable[[], None]) -> list[PageHead]:
        """Write the rest; gives every page's head, language by language.

        Args:
            go_on: called now and then; ends the work if it raises.
        """
        heads = _write_half(self._first, go_on)
        heads += self._second(go_on)
        shutil.rmtree(self._place, ignore_errors=True)
        self._beside.rename(self._place)
        return heads


def _write_half(half: _LanguagePages, go_on: Callable[[], None] = lambda: None) -> list[PageHead]:
    tidy = functools.cache(lambda: list(tidy_tables(half.publication)))
    compiled = CompiledTemplates(half.cache) if half.cache else None
    shutil.rmtree(half.tree, ignore_errors=True)
    heads = []
    for page in generate_pages(half.publication, half.language, half.own_content, tidy, compiled):
        go_on()
        write_bytes(half.tree / urls.page_file(page.address), page.text.encode())
        heads.append(page.head)
    return heads
