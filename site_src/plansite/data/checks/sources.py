"""Sources and corrections: whether they lead to where they say."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.data.cells.closest_choice import Choices, Guesses
from plansite.data.validation.read_package import PackageReport
from plansite.model import Access, Plan
from plansite.model.problems import Problem


def check_sources(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the sources seen directly that readers cannot see, or not safely."""
    for source in plan.sources:
        if source.access is not Access.DIRECT:
            continue
        address = (source.url or "").lower()
        if not address:
            yield reading.problem("source-link", "sources", source, field="url")
        elif not address.startswith("https://"):
            yield reading.problem("insecure-link", "sources", source, field="url", value=source.url)


def check_corrections(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the corrections of a table or a field that is not there."""
    fields = {
        table.name: Choices(field.name for field in table.fields) for table in plan.info.resources
    }
    tables, guesses = Choices(fields), Guesses()
    for row in plan.corrections:
        known = fields.get(row.resource)
        if known is None:
            name, value, choices = "resource", row.resource, tables
        elif row.field not in known:
            name, value, choices = "field", row.field, known
        else:
            continue
        yield reading.problem(
            "correction-field",
            "corrections",
            row,
            field=name,
            value=value,
            details=guesses.hint(value, choices),
        )
