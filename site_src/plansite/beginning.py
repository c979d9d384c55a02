"""How a build begins: its turn comes, and the data is read and found in order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from plansite.engine import Engine, open_engine, require_engine
from plansite.inputs import Inputs, read_inputs
from plansite.order import Order, Step, Turn, take_turn
from plansite.site_folder import SiteFolder
from plansite.standing import Standing, Told
from plansite.store import Store, program_name
from plansite.words import UsageError


@dataclass(frozen=True)
class Begun:
    """A build whose data was read and found in order; nothing of the site is made yet."""

    turn: Turn
    inputs: Inputs
    engine: Engine
    store: Store | None
    """What earlier builds kept; ``None`` where they are not to be asked."""

    @cached_property
    def standing(self) -> Standing | None:
        """What is kept of the site that stands."""
        name = self.inputs.name(self.engine.settings)
        return Standing(self.store, self.turn.place.published, name) if self.store else None

    @cached_property
    def told(self) -> Told | None:
        """What was told of the site that stands, if it is just the one that would be made."""
        return self.standing.told() if self.standing else None


@contextlib.contextmanager
def begin_build(
    order: Order, step: Step, go_on: Callable[[], None] = lambda: None
) -> Iterator[Begun]:
    """Take the turn to build, and read the data.

    Args:
        order: what to build.
        step: told of each step.
        go_on: called now and then; the build ends with what it raises.

    Raises:
        UsageError: what the site is made from would be replaced, by the new one or on the way, or
            something else that is no site; or the engine is not installed.
        DataError: the package has blockers; nothing was written.
        EngineError: the engine is set in a way that cannot be.
        OSError: a file could not be read or written; the last site still stands.
    """
    require_engine(order.engine)
    place = SiteFolder(order.out)
    for source in (order.root, order.package, order.work):
        if source.resolve().is_relative_to(place.published):
            raise UsageError("cli.out_holds_source", out=order.out, source=source)
    if order.package.resolve().is_relative_to(order.data.resolve()):
        raise UsageError("cli.package_in_work", package=order.package)
    place.heal()
    if not place.may_be_replaced():
        raise UsageError("cli.out_is_no_site", out=order.out)
    store = Store(order.cache, program_name(order.program)) if order.caches else None
    with take_turn(order, place, step, go_on) as turn:
        with step("read"):
            inputs = read_inputs(order)
        engine = open_engine(order.engine, order.root, order.as_of, turn.locks)
        yield Begun(turn, inputs, engine, store)
