"""The plan's records as the API's objects; what each field means is in ``schemas.toml``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from plansite.analysis.verdicts.assess import Assessment
from plansite.analysis.verdicts.commitments import CommitmentAssessment
from plansite.data.history import Commit
from plansite.model import (
    Bilingual,
    Correction,
    Language,
    Observation,
    PartialDate,
    ProgressReport,
    Source,
    Target,
    urls,
)
from plansite.model.formatting import format_share
from plansite.model.site_settings import Site
from plansite.model.translations import both
from plansite.util.json_format import Json

Object = dict[str, Json]


@dataclass(frozen=True)
class SiteLocation:
    """Where a file stands, from which it leads to others."""

    site: Site
    here: str
    """The file's address from the site's root."""

    def file(self, target: str) -> str:
        """The whole address where the site's own is known, otherwise the way from here."""
        return self.site.file(target) or urls.relative(target, self.here)

    def pages(self, address: str) -> Object:
        """A page's address in each language."""
        return {
            language.html: self.file(urls.localized(address, language)) for language in Language
        }


def text(both: Bilingual) -> Object:
    """A text in both languages."""
    return {language.html: both[language] for language in Language}


def both_words(key: str) -> Object:
    """The site's own words in both languages."""
    return text(both(key))


def maybe_text(both: Bilingual | None) -> Object | None:
    """The same where there may be none."""
    return None if both is None else text(both)


def day(date: dt.date | PartialDate | None) -> str | None:
    """A day, or a date as precise as it is known."""
    if date is None:
        return None
    return date.text if isinstance(date, PartialDate) else date.isoformat()


def commit(row: Commit, site: Site) -> Object:
    """A commit, and where the repository shows it."""
    link = f"{site.repository.rstrip('/')}/commit/{row.id}" if site.repository else None
    time = row.moment.isoformat() if row.moment else None
    return {"id": row.id, "day": day(row.day), "time": time, "address": link}


def value(row: Observation, *, leads: bool) -> Object:
    """One published value."""
    return {
        "year": row.year,
        "value": row.value,
        "source_id": row.source_id,
        "published": day(row.published),
        "release_status": row.release_status.value,
        "comparability": row.comparability.value,
        "leads": leads,
        "note": maybe_text(row.note),
    }


def target(row: Target) -> Object:
    """What the plan wants in a year."""
    return {
        "year": row.year,
        "comparator": row.comparator.value,
        "value": row.value,
        "upper_value": row.upper_value,
        "strength": row.strength.value,
        "wording_zh": row.wording_zh,
        "source_id": row.source_id,
    }


def target_verdict(row: Assessment) -> Object:
    """What can be said of an indicator in a year."""
    leading = row.leading
    share = None if row.covered is None else Decimal(format_share(row.covered))
    return {
        "indicator_id": row.indicator_id,
        "year": row.year,
        "verdict": row.verdict.value,
        "target": None if row.target is None else target(row.target),
        "value": leading.value if leading else None,
        "value_source_id": leading.source_id if leading else None,
        "release_status": leading.release_status.value if leading else None,
        "progress_share": share,
        "expected_by": day(row.expected_by),
    }


def commitment_verdict(row: CommitmentAssessment) -> Object:
    """Something promised, and what can be said of it."""
    promise, report = row.commitment, row.report
    return {
        "commitment_id": promise.commitment_id,
        "task_id": promise.task_id,
        "title": text(promise.title),
        "wording_zh": promise.wording_zh,
        "due": day(promise.due),
        "verdict": row.verdict.value,
        "report_id": report.report_id if report else None,
        "source_id": report.source_id if report else None,
    }


def progress_report(row: ProgressReport) -> Object:
    """What a source reports."""
    return {
        "report_id": row.report_id,
        "commitment_id": row.commitment_id,
        "date": day(row.date),
        "progress_status": row.progress_status.value,
        "text": text(row.text),
        "source_id": row.source_id,
    }


def correction(row: Correction) -> Object:
    """A cell that was changed after it was published."""
    return {
        "correction_id": row.correction_id,
        "date": day(row.date),
        "resource": row.resource,
        "row_key": row.row_key,
        "field": row.field,
        "old_value": row.old_value,
        "new_value": row.new_value,
        "reason": text(row.reason),
    }


def source(row: Source) -> Object:
    """A document; only one that was seen directly has its address."""
    return {
        "source_id": row.source_id,
        "title": row.title,
        "title_en": row.title_en,
        "publisher": row.publisher,
        "publisher_en": row.publisher_en,
        "published": day(row.published),
        "access": row.access.value,
        "url": row.link,
        "quote": row.quote,
        "accessed": day(row.accessed),
        "note": maybe_text(row.note),
    }
