"""What there is to know of an indicator's files: as JSON for programs, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plansite.analysis.publication import Publication
from plansite.model import Bilingual, Indicator, Language, Role, Source, urls
from plansite.model.formatting import format_date
from plansite.model.translations import Words
from plansite.output.downloads.about import Coverage, Item, citation, method, rules
from plansite.output.downloads.formats.columns import VALUES, Column
from plansite.output.source_names import publisher_in, title_in
from plansite.util.json_format import indented

_WORDS = {language: Words(language) for language in Language}


def metadata(
    indicator: Indicator, coverage: Coverage, publication: Publication, sizes: Mapping[str, int]
) -> bytes:
    """An indicator's metadata as JSON; texts in both languages, under ``zh`` and ``en``.

    Args:
        indicator: whose files are described.
        coverage: what is known of it.
        publication: the plan and its site. Where the site's address is not known, files are named
            and pages left out.
        sizes: the size in bytes of the files that are made already, by suffix.
    """
    info, site = publication.plan.info, publication.site
    content: dict[str, Any] = {
        **_subject(indicator),
        "plan": _both(info.title),
        **_coverage(coverage),
        "as_of": publication.assessments.as_of.isoformat(),
        "sources": [_source(source) for source in coverage.sources],
        "verdict_method": _method(indicator),
        "citation": _citation(indicator, publication),
        "licences": [{"title": title, "url": address or None} for title, address in info.licenses],
        "version": info.version,
        "columns": [_column(column) for column in VALUES],
        "files": [
            _file(indicator.indicator_id, suffix, publication, sizes)
            for suffix in urls.INDICATOR_SUFFIXES
        ],
    }
    if site.address:
        page = urls.indicator(indicator.indicator_id)
        content["page"] = {language.value: site.page(page, language) for language in Language}
        content["verdict_method"]["page"] = {
            language.value: site.page(urls.METHODOLOGY, language) for language in Language
        }
    return indented(content)


def readme(
    indicator: Indicator, coverage: Coverage, items: Iterable[Item], language: Language
) -> str:
    """The same for people, in one language, as plain text.

    Args:
        indicator: whose files are described.
        coverage: what is known of it.
        items: its :func:`indicator_items` in that language.
        language: of the text.
    """
    t = _WORDS[language]
    sections = [_listing(label, text.split("\n")) for label, text in items]
    listed = [
        _source_line(number, source, t) for number, source in enumerate(coverage.sources, start=1)
    ]
    fields = [f"{column.name}: {column.description[language]}" for column in VALUES]
    parts = (
        indicator.name[language],
        *sections,
        _listing(t("common.sources"), listed or [t("common.none")]),
        _listing(t("data.codebook"), fields),
    )
    return "\n\n".join(parts) + "\n"


def _listing(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _source_line(number: int, source: Source, t: Words) -> str:
    line = t(
        "files.source",
        number=number,
        title=title_in(source, t.language),
        publisher=publisher_in(source, t.language),
        date=format_date(source.published, t.language) if source.published else t("files.undated"),
        access=t(f"access.{source.access}"),
    )
    return t("files.source_link", source=line, link=source.link) if source.link else line


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _subject(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.indicator_id,
        "title": _both(indicator.name),
        "unit": _both(indicator.measure),
        "definition": indicator.definition and _both(indicator.definition),
        "role": indicator.role.value,
        "direction": indicator.direction.value,
        "accumulation": indicator.accumulation.value,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "coverage": {
            "published_values": coverage.values,
            "years_with_published_value": coverage.years,
            "years_with_target": coverage.target_years,
            "target_years_without_comparable_published_value": coverage.years_without_value,
        },
        "last_published": coverage.published and coverage.published.text,
        "last_changed_on_this_site": coverage.changed and coverage.changed.isoformat(),
    }


def _citation(indicator: Indicator, publication: Publication) -> dict[str, Any]:
    cited = {language: citation(publication, indicator, language) for language in Language}
    return {
        "gbt7714": cited[Language.ZH].gbt,
        "apa": cited[Language.EN].apa,
        "bibtex": {language.value: cited[language].bibtex for language in Language},
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "title": _both(column.title),
        "description": _both(column.description),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.source_id,
        "title": source.title,
        "title_en": source.title_en,
        "publisher": source.publisher,
        "publisher_en": source.publisher_en,
        "published": source.published and source.published.text,
        "access": source.access.value,
        "url": source.link,
        "quote": source.quote,
    }


def _method(indicator: Indicator) -> dict[str, Any]:
    described: dict[str, Any] = {
        language.value: method(indicator, _WORDS[language]) for language in Language
    }
    if indicator.role is not Role.CONTEXT:
        pairs = zip(*(rules(_WORDS[language]) for language in Language), strict=True)
        described["verdicts"] = [
            {"code": zh[0].value, "title": {"zh": zh[1], "en": en[1]}} for zh, en in pairs
        ]
    return described


def _file(
    indicator_id: str, suffix: str, publication: Publication, sizes: Mapping[str, int]
) -> dict[str, Any]:
    address = urls.indicator_file(indicator_id, suffix)
    described: dict[str, Any] = {"name": address.rpartition("/")[2]}
    if publication.site.address:
        described["url"] = publication.site.file(address)
    if suffix in sizes:
        described["bytes"] = sizes[suffix]
    return described
