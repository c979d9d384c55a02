"""Thousands of rows of one thing take a time that grows with them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from plansite.analysis.publication import Publication, publish
from plansite.data.history import read_history
from plansite.data.validation.read_package import read_package
from plansite.model import urls
from plansite.model.contract import CONTRACT
from plansite.output.pages.content.disputed_years import disputed_years
from tests.support.git_repository import make_repository
from tests.support.library_package import AS_OF, library_plan, read_rows
from tests.support.sizes.growth import assert_linear


def _add(package: Path, table: str, rows: list[list[str]]) -> None:
    width = len(read_rows(package, table)[0])
    with (package / f"{table}.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(
            [*row, *[""] * (width - len(row))] for row in rows
        )


def _published(folder: Path, agencies: int) -> Publication:
    """The library plan with so many agencies more that answer for its first task."""
    repository = make_repository(folder)
    ids = [f"agency-{number}" for number in range(agencies)]
    _add(repository.package, "agencies", [[id_, f"{id_}局", id_] for id_ in ids])
    task = library_plan().tasks[0].task_id
    rows = [[task, id_, str(number)] for number, id_ in enumerate(ids, 100)]
    _add(repository.package, "task_agencies", rows)
    repository.commit()
    plan = read_package(repository.package).plan
    assert plan is not None
    tables = {name: f"{name}.csv" for name, rule in CONTRACT.items() if not rule.added}
    return publish(plan, AS_OF, [], read_history(repository.package, tables))


def test_agencies_of_one_task(tmp_path: Path) -> None:
    """What each page rests on, and who else answers for its task, with 10,000 in mind."""

    def asking(size: int) -> Callable[[], object]:
        publication = _published(tmp_path / str(size), size)
        plan = publication.plan

        def ask() -> int:
            pages = [urls.agency(agency.agency_id) for agency in plan.agencies]
            assert all(publication.provenance(page) for page in pages)
            tasks = [
                task.task_id for agency in plan.agencies for task in plan.tasks_of(agency.agency_id)
            ]
            return sum(len(plan.agencies_of(task)) for task in tasks)

        return ask

    assert_linear(asking, 2_000, 0.5)


def test_values_of_one_year() -> None:
    """The bounds of a year are asked for beside each of its values."""
    [first, *_] = library_plan().observations

    def asking(size: int) -> Callable[[], object]:
        rows = [type(first)(**{**vars(first), "value": Decimal(number)}) for number in range(size)]
        [year] = disputed_years([rows], library_plan())
        return lambda: [year.bounds for _ in year.values]

    assert_linear(asking, 4_000, 0.5)
