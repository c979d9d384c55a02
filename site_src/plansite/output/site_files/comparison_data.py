"""Makes the file that the compare view draws: every comparable value, its index and share.

Numbers are texts with exactly the digits that the pages show, so that page and file agree and no
reader's arithmetic comes between them.
"""

from __future__ import annotations

import json

from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.ratios import RatioSeries, RatioYear, ratio_series
from plansite.model import Indicator
from plansite.model.formatting import plain_number

_ROUNDING = (
    "index and share: one digit behind the point, to the nearest, halves away from nought; "
    "what differs from the target or from the first value is never written as 100.0"
)


def compare_file(publication: Publication) -> bytes:
    """The file's content, one for both languages: indicators in the plan's order."""
    plan = publication.plan
    content = {
        "as_of": publication.assessments.as_of.isoformat(),
        "rounding": _ROUNDING,
        "indicators": [_series(ratio_series(indicator, plan)) for indicator in plan.indicators],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _series(series: RatioSeries) -> dict[str, object]:
    indicator = series.indicator
    return {
        "indicator_id": indicator.indicator_id,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        **_keywords(indicator),
        "unit_zh": indicator.measure.zh,
        "unit_en": indicator.measure.en,
        "direction": indicator.direction.value,
        "years": [_year(row) for row in series.years],
    }


def _keywords(indicator: Indicator) -> dict[str, str]:
    """What people also call it, so that it can be found by that."""
    if indicator.keywords is None:
        return {}
    return {"keywords_zh": indicator.keywords.zh, "keywords_en": indicator.keywords.en}


def _year(row: RatioYear) -> dict[str, object]:
    content: dict[str, object] = {
        "year": row.year,
        "value": plain_number(row.value.value),
        "release_status": row.value.release_status.value,
        "source_id": row.value.source_id,
    }
    if row.index is not None:
        content["index"] = plain_number(row.index)
    if row.share is not None:
        content["share"] = plain_number(row.share)
    return content
