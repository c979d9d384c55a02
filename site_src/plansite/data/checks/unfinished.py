"""What an unfinished package still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.data.package import TO_FILL_IN
from plansite.data.validation.read_package import PackageReport
from plansite.model import Language, Plan
from plansite.model.problems import Problem


def check_unfinished(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield what is marked as to be filled in, a plan without a name, and one that is empty."""
    if not plan.info.title.zh.strip():
        yield Problem("to-fill-in", reading.descriptor, field="title")
    titles = {"title": plan.info.title.zh, "title_en": plan.info.title.en}
    for field, text in titles.items():
        if any(text.startswith(TO_FILL_IN[language]) for language in Language):
            yield Problem("to-fill-in", reading.descriptor, field=field, value=text)
    if not plan.tasks and not plan.indicators:
        yield Problem("empty-plan", reading.files["tasks"])
