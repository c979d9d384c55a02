"""Everything that a site is made of beside the program, as it is when a build begins."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

from plansite.engine import read_site
from plansite.history import History, read_history
from plansite.model import Plan
from plansite.order import Order
from plansite.package import Reading, package_files, read_raw
from plansite.problems import Problem, blockers
from plansite.publication import Publication, publish
from plansite.releases import Releases, read_releases
from plansite.snapshot import Snapshot, take_snapshot
from plansite.standing import made_of


class DataError(Exception):
    """The package has problems that stop a build."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Inputs:
    """A package as it was when the build began, what is wrong with it, and how it came to be."""

    order: Order
    data: Snapshot
    reading: Reading
    plan: Plan
    problems: list[Problem]
    history: History | None
    releases: Releases

    def name(self, settings: str) -> str:
        """A name for all this and for what was ordered: of the same, the same site is made.

        Args:
            settings: how the engine is set.
        """
        files = package_files(self.data.folder)
        asked = (settings, str(self.order.package), str(self.order.compress))
        return made_of(files, self.history, self.releases, asked)

    @cached_property
    def publication(self) -> Publication:
        """The plan with its verdicts, on its site."""
        order = self.order
        known = publish(self.plan, order.as_of, self.problems, self.history, read_site(order.root))
        tables = read_raw(self.data.folder, order.package).tables
        return dataclasses.replace(
            known, places=self.reading.places, tables=tables, releases=self.releases
        )


def read_inputs(order: Order) -> Inputs:
    """Take the package as it is now and check it; nothing of it is read elsewhere after that.

    Raises:
        DataError: the package has blockers.
        OSError: a file cannot be read or written.
    """
    data = take_snapshot(order.package, order.data)
    reading, problems = data.validate(order.as_of)
    plan = reading.plan
    if blockers(problems) or plan is None:
        raise DataError(problems)
    files = {table.name: table.path for table in plan.info.resources}
    history = read_history(order.package, files, order.program, data.folder)
    releases = read_releases(order.package)
    return Inputs(order, data, reading, plan, problems, history, releases)
