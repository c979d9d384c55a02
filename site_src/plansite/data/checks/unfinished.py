"""What a package that was only begun still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.data.package import TO_FILL_IN
from plansite.data.validation.read_package import PackageReport
from plansite.model import Language, Plan
from plansite.model.problems import Problem


def check_beginnings(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield what is marked as to be filled in, and that nothing is told of the plan yet."""
    titles = {"title": plan.info.title.zh, "title_en": plan.info.title.en}
    for field, text in titles.items():
        if any(text.startswith(TO_FILL_IN[side]) for side in Language):
            yield Problem("to-fill-in", reading.descriptor, field=field, value=text)
    if not plan.tasks and not plan.indicators:
        yield Problem("empty-plan", reading.files["tasks"])
