"""Names what a row of any state of the data is about, as the plan of today has it."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.analysis.changes.corrections import parse_row_key
from plansite.data.package import key_of
from plansite.model import Bilingual, Plan, urls
from plansite.model.contract import CONTRACT
from plansite.model.formatting import clean

Cells = Mapping[str, str]
"""Cells as typed, by field."""
_PAIRS = ("name", "title", "heading")


def corrected_row(row: Cells, plan: Plan) -> tuple[str, Cells]:
    """The table and cells of what a correction speaks of, as far as they say what that is."""
    table, key = row.get("resource", ""), parse_row_key(row.get("row_key", ""))
    if table not in CONTRACT or not key:
        return "corrections", row
    cells = dict(zip(CONTRACT[table].primary_key, key, strict=False))
    records = () if "indicator_id" in cells else getattr(plan, table)
    record = next((one for one in records if key_of(table, one) == key), None)
    for name in (*_PAIRS, "task_id", "title_en"):
        cell = getattr(record, name, None)
        if isinstance(cell, Bilingual):
            cells |= {f"{name}_zh": cell.zh, f"{name}_en": cell.en}
        elif isinstance(cell, str):
            cells[name] = cell
    return table, cells


def subject_of(row: Cells) -> tuple[str, str]:
    """The id of the indicator or task that a row is about, and the year."""
    field = "indicator_id" if "indicator_id" in row else "task_id"
    return row.get(field, ""), row.get("year", "")


def name_of(table: str, row: Cells, subject: str, plan: Plan) -> Bilingual:
    """What a row is about by name; its id where the plan knows no name of it."""
    for pair in _PAIRS:
        if row.get(f"{pair}_zh") and row.get(f"{pair}_en"):
            return Bilingual(clean(row[f"{pair}_zh"]), clean(row[f"{pair}_en"]))
    if table == "sources" and row.get("title"):
        title = clean(row["title"])
        return Bilingual(title, clean(row.get("title_en", "")) or title)
    if subject in plan.indicator:
        return plan.indicator[subject].name
    if subject in plan.task:
        task, agency = plan.task[subject].title, plan.agency.get(row.get("agency_id", ""))
        if agency is None:
            return task
        return Bilingual(f"{task.zh} · {agency.name.zh}", f"{task.en} · {agency.name.en}")
    key = clean(subject or row.get("row_key", "") or row.get(CONTRACT[table].primary_key[0], ""))
    return Bilingual(key, key)


def address_of(table: str, subject: str, row: Cells, plan: Plan) -> str | None:
    """The page that shows a row, where there is one."""
    if table == "retired":
        retired = (row.get("resource", ""), row.get("retired_id", ""))
        return urls.of_record(*retired) if retired in plan.retired_ids else None
    if table in ("themes", "plan_sections"):
        return urls.PLAN
    if table == "sources":
        return urls.QUALITY if row.get("source_id") in plan.source else None
    if table == "agencies":
        return urls.agency(row["agency_id"]) if row.get("agency_id") in plan.agency else None
    if subject in plan.indicator:
        return urls.indicator(subject)
    return urls.task(subject) if subject in plan.task else None
