"""Renders pages as Markdown: one Jinja template for each kind of page, for both languages.

Templates write data into HTML blocks, where Jinja escapes it; the few texts that stand in Markdown
itself (headings) go through the ``md`` filter. Nothing that a table holds can become markup.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from plansite.analysis.changes.provenance import Provenance
from plansite.analysis.verdicts.narrator import Narrator, target_symbols
from plansite.model import Language, Plan, Source, urls
from plansite.model.formatting import (
    decimal_places,
    format_date,
    format_day,
    format_difference,
    format_number,
    written_in,
)
from plansite.model.translations import Words
from plansite.output.pages.commits import BUILT
from plansite.output.pages.content.glossary import PageTerms
from plansite.output.pages.markup import rich
from plansite.output.pages.page import FrontMatter, Page
from plansite.output.source_names import publisher_in
from plansite.util.result_cache import ResultCache

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


class SourceList:
    """The sources that one page names, numbered in the order of their mention."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._numbers: dict[str, int] = {}

    def __call__(self, source_id: str) -> int:
        """The number of a source on this page."""
        return self._numbers.setdefault(source_id, len(self._numbers) + 1)

    def listed(self) -> list[tuple[int, Source]]:
        """Every source that was mentioned so far, with its number."""
        return [(number, self._plan.source[key]) for key, number in self._numbers.items()]


class DeclaredFront:
    """Takes what a template says of its page through the macro ``front``."""

    def __init__(self) -> None:
        self._front: FrontMatter | None = None

    def __call__(self, figure: Sequence[str], scripts: Iterable[str], **fields: Any) -> str:
        """Called by the macro; writes nothing into the page."""
        # Markup is text here: front matter escapes by rules of its own.
        plain = {name: str(text) for name, text in fields.items() if isinstance(text, str)}
        self._front = FrontMatter(
            **fields | plain,
            scripts=tuple(scripts),
            figure=(str(figure[0]), str(figure[1]), str(figure[2])) if figure else None,
        )
        return ""

    def complete(self, *, has_terms: bool) -> FrontMatter:
        """All of it; whether the page explains words is known when it has been filled.

        Raises:
            ValueError: the template does not call the macro.
        """
        if self._front is None:
            raise ValueError("m.front(…)?")
        return dataclasses.replace(self._front, has_terms=has_terms)


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates as Python, kept from build to build: compiling takes longer than filling."""

    def __init__(self, cache: ResultCache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that it wants."""
        compiled = self._cache.get(f"template {bucket.key} {bucket.checksum}")
        if compiled is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja with a template that it compiled."""
        self._cache.put(f"template {bucket.key} {bucket.checksum}", bucket.bytecode_to_string())


class _Context(jinja2.runtime.Context):
    """What a template knows while it is filled, and how it calls what it knows.

    Jinja asks everything called whether it wants the context too, which takes a fifth of the time
    of filling. Nothing here does; a macro escapes without it what it was compiled to escape.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if kwargs:
            kwargs.pop("_loop_vars", None)  # meant for what wants the context
            kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


class Renderer:
    """Renders the pages of one language."""

    def __init__(
        self,
        environment: jinja2.Environment,
        plan: Plan,
        narrator: Narrator,
        words: Words,
        provenance: Callable[[str], Provenance | None],
        **shared: Any,
    ) -> None:
        self._plan = plan
        self._provenance = provenance
        self._language = words.language
        self._environment = environment
        self._environment.filters.update(
            md=escape_markdown,
            number=format_number,
            signed=format_difference,
            day=lambda day: format_day(day, words.language),
            date=lambda date: format_date(date, words.language),
            symbols=target_symbols,
            publisher=lambda source: publisher_in(source, words.language),
            tongue=self._tongue,
            missing_digits=_missing_digits,
        )
        self._environment.globals.update(
            t=words,
            rich=partial(rich, words),
            lang=words.language,
            urls=urls,
            # Known only when the files are made: put in when the pages are finished.
            size=lambda address: Markup(f"<!-- size {address} -->"),  # noqa: S704
            built=Markup(BUILT),  # noqa: S704
            plan=plan,
            narrator=narrator,
            **shared,
        )

    @property
    def language(self) -> Language:
        """The pages' language."""
        return self._language

    def page(self, template: str, address: str, **context: Any) -> Page:
        """Render one page, with where its data come from at its foot."""
        here = urls.localized(address, self._language)
        url = self._linker(here, self._language)
        terms = PageTerms(url, self._language)
        front = DeclaredFront()
        body = self._environment.get_template(template).render(
            address=address,
            url=url,
            file=lambda target: urls.relative(target, here),
            refs=SourceList(self._plan),
            term=terms,
            declare_front=front,
            **context,
        )
        provenance = self._provenance(address)
        if provenance is not None:
            body += self._environment.get_template("_provenance.md").render(row=provenance)
        if terms.used():
            body += self._environment.get_template("_terms.md").render(terms=terms.used())
        # As readers of its file see it: nothing but a line feed ends a line.
        body = body.replace("\r\n", "\n").replace("\r", "\n")
        return Page(address, self._language, front.complete(has_terms=bool(terms.used())), body)

    def embed(self, template: str, indicator_id: str, **context: Any) -> tuple[str, str]:
        """An indicator's embedded page, which the engine does not see: its address and its HTML."""
        here = urls.embed(indicator_id, self._language)
        text = self._environment.get_template(template).render(
            file=lambda target: urls.relative(target, here),
            refs=SourceList(self._plan),
            **context,
        )
        return here, text

    @staticmethod
    def _linker(here: str, language: Language) -> Callable[[str], str]:
        def link(target: str) -> str:
            """The way to a page of the same language."""
            return urls.relative(urls.localized(target, language), here)

        return link

    def _tongue(self, text: str) -> Markup:
        """A ``lang`` attribute where a text is not in the page's language, otherwise nothing."""
        written = written_in(text)
        if written is self._language:
            return Markup("")
        return Markup(f' lang="{written.html}"')  # noqa: S704


def template_environment(
    folders: list[Path], compiled: CompiledTemplates | None
) -> jinja2.Environment:
    """Where templates are found and how they are read; of folders, the first that has one."""
    environment = jinja2.Environment(
        bytecode_cache=compiled,
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{##",  # {#name} is how Markdown names a heading
        comment_end_string="##}",
    )
    environment.context_class = _Context
    return environment


def escape_markdown(text: object) -> Markup:
    """A text as it stands: its ASCII punctuation as character references, so none is markup."""
    escaped = _PUNCTUATION.sub(lambda mark: f"&#{ord(mark[0])};", str(text))
    return Markup(" ".join(escaped.split()))  # noqa: S704


def _missing_digits(value: Decimal, most: int) -> int:
    """How many digits a value lacks behind the point, for lining up a column."""
    own = decimal_places(value)
    return most - own if own else most + (1 if most else 0)
