"""Puts numbers into sentences: values with their unit of measure, targets, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from plansite.analysis.verdicts.assess import Assessment
from plansite.model import (
    Access,
    Bilingual,
    Comparability,
    Comparator,
    Language,
    Observation,
    Plan,
    ReleaseStatus,
    Target,
    Verdict,
)
from plansite.model.formatting import format_day, format_number, format_percent
from plansite.model.precedence import values_by_year
from plansite.model.translations import Words

_SYMBOLS = {
    Comparator.GE: "≥",
    Comparator.GT: ">",
    Comparator.LE: "≤",
    Comparator.LT: "<",
    Comparator.EQ: "=",
}


def with_measure(value: Decimal, measure: Bilingual, language: Language) -> str:
    """A value with its unit of measure: ``249.12亿元``, ``3.1 per 10,000 people``, ``0.92%``."""
    unit = measure[language]
    gap = "" if language is Language.ZH or unit.startswith("%") else " "
    return f"{format_number(value)}{gap}{unit}"


def target_symbols(target: Target) -> str:
    """A target as a table shows it: ``≥ 240``, ``3.1–3.3``."""
    value = format_number(target.value)
    if target.comparator is Comparator.BETWEEN and target.upper_value is not None:
        return f"{value}–{format_number(target.upper_value)}"
    return f"{_SYMBOLS[target.comparator]} {value}"


def target_words(target: Target, measure: Bilingual, words: Words) -> str:
    """A target as a sentence says it: ``超过230亿元``, ``more than 230 hundred million yuan``."""
    language = words.language
    upper = target.upper_value
    values = {"value": with_measure(target.value, measure, language)}
    if upper is not None:
        values["upper"] = with_measure(upper, measure, language)
        if not measure[language].startswith("%"):  # 3 to 5 books, but 3% to 5%
            values["value"] = format_number(target.value)
    return words(f"comparator.{target.comparator}", **values)


class Narrator:
    """Writes sentences about one plan in one language, as of one day."""

    def __init__(self, plan: Plan, words: Words, as_of: str) -> None:
        self._plan = plan
        self._words = words
        self._as_of = as_of

    def value(self, indicator_id: str, value: Decimal) -> str:
        """A value of an indicator with its unit of measure."""
        measure = self._plan.indicator[indicator_id].measure
        return with_measure(value, measure, self._words.language)

    def target(self, target: Target) -> str:
        """A target in words."""
        return target_words(target, self._plan.indicator[target.indicator_id].measure, self._words)

    def reason(self, row: Assessment) -> list[str]:
        """Why a verdict stands: which value, against which target, from what kind of source."""
        sentences = [self._main_reason(row)]
        if row.leading is not None:
            sentences += self._doubts(row.leading)
        return sentences

    def _main_reason(self, row: Assessment) -> str:
        values: dict[str, object] = {"year": row.year, "as_of": self._as_of}
        if row.leading is not None:
            values["value"] = self.value(row.indicator_id, row.leading.value)
        if row.target is not None:
            values["target"] = self.target(row.target)
        if row.expected_by is not None:
            values["expected_by"] = format_day(row.expected_by, self._words.language)
        if row.baseline is None:
            return self._words(f"reason.{row.verdict}", **values)
        values["baseline_year"] = row.baseline.year
        values["baseline"] = self.value(row.indicator_id, row.baseline.value)
        values["verdict"] = self._words(f"verdict.{row.verdict}")
        if row.covered is None:
            return self._words("reason.backwards", **values)
        return self._words("reason.graded", **values, share=format_percent(row.covered))

    def _doubts(self, leading: Observation) -> Iterable[str]:
        access = self._plan.source[leading.source_id].access
        if access is not Access.DIRECT:
            yield self._words(f"reason.copy_{access}")
        if leading.release_status is not ReleaseStatus.FINAL:
            yield self._words(f"reason.{leading.release_status}")
        rows = values_by_year(leading.indicator_id, self._plan)[leading.year]
        comparable = (row.value for row in rows if row.comparability is Comparability.SAME)
        others = dict.fromkeys(value for value in comparable if value != leading.value)
        if others:
            shown = [self.value(leading.indicator_id, value) for value in others]
            yield self._words("reason.competing", values=self.enumerate(shown))

    def enumerate(self, items: Iterable[object]) -> str:
        """Items as a list inside a sentence."""
        return self._words("summary.list_joiner").join(str(item) for item in items)

    def course(self, values: Mapping[int, Sequence[Observation]]) -> str:
        """The leading value of each year, for an indicator that is never judged.

        Args:
            values: each year's values in order of precedence.
        """
        parts = [
            self._words("summary.published", year=year, value=self._marked(rows[0]))
            for year, rows in values.items()
        ]
        return self._words("summary.joiner").join(parts) + self._words("summary.stop")

    def summary(self, rows: Iterable[Assessment]) -> str:
        """What an indicator's chart shows, in one sentence for each thing that matters."""
        parts = []
        silent: dict[str, list[int]] = {"uncompared": [], "unpublished": [], "awaited": []}
        for row in rows:
            if row.leading is not None:
                parts.append(self._summary_part(row))
            elif row.verdict.is_unpublished:
                silent[self._silence(row)].append(row.year)
        for kind, years in silent.items():
            if years:
                parts.append(self._words(f"summary.{kind}", years=self.enumerate(years)))
        text = self._words("summary.joiner").join(parts) or self._words("summary.nothing")
        return text[0].upper() + text[1:] + self._words("summary.stop")

    def _silence(self, row: Assessment) -> str:
        """What is said of a year without a comparable value."""
        rows = self._plan.observations_of(row.indicator_id)
        if any(value.year == row.year for value in rows):
            return "uncompared"
        return "awaited" if row.verdict is Verdict.AWAITING else "unpublished"

    def _marked(self, row: Observation) -> str:
        """A published value; one that may still be revised says so."""
        value = self.value(row.indicator_id, row.value)
        if row.release_status is ReleaseStatus.FINAL:
            return value
        status = self._words(f"status.{row.release_status}").lower()
        return self._words("summary.marked", value=value, status=status)

    def _summary_part(self, row: Assessment) -> str:
        assert row.leading is not None
        value = self._marked(row.leading)
        if row.target is None or row.verdict is Verdict.NO_TARGET:
            return self._words("summary.published", year=row.year, value=value)
        return self._words(
            "summary.above",
            year=row.year,
            value=value,
            target=self.target(row.target),
            verdict=self._words(f"verdict.{row.verdict}").lower(),
        )
