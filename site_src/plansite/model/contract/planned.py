"""What the data contract's second edition adds and this program does not read yet.

A package that uses a part of it is refused until that part is here: a column that is taken for one
of the package's own would be published without its meaning, and a verdict reached without it. Who
builds a part takes its names out of here.
"""

from __future__ import annotations

PROPERTIES = frozenset({"languages", "fiscal_year_start", "names_lead", "boundaries_approval"})
"""Of ``datapackage.json``."""
TABLES = frozenset(
    {"boundaries", "categories", "commitment_agencies", "dimensions", "extraction"}
    | {"indicator_agencies"}
)
FIELDS: dict[str, frozenset[str]] = {
    "tasks": frozenset({"numbering", "parent_task_id", "due", "source_id"}),
    "task_agencies": frozenset({"duty"}),
    "indicators": frozenset(
        {"nature", "lowest", "highest", "factor_zh", "factor_en", "frequency", "parts"}
    ),
    "targets": frozenset({"period", "basis", "adopted", "tolerance", "base_year"}),
    "observations": frozenset({"period"}),
    "commitments": frozenset({"source_id"}),
    "sources": frozenset({"number", "kind"}),
    "plan_sections": frozenset({"source_id"}),
}
"""By table."""
DOCUMENTS = "documents/"
"""The folder of plans' texts, within the package."""
