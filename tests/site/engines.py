"""Engines and sites as a build of a package sets them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from plansite.data.validation.read_package import read_package
from plansite.model.site_settings import EngineName, Site
from plansite.pipeline.engine import (
    Engine,
    engine_environment,
    open_engine,
    read_configurations,
    read_site,
)
from tests.support.library_package import AS_OF, LIBRARY


def engine_of(name: EngineName, as_of: dt.date = AS_OF, package: Path = LIBRARY) -> Engine:
    """An engine as it is set for a package."""
    plan = read_package(package).plan
    assert plan is not None
    environment = engine_environment(as_of)
    configurations = read_configurations(package.parent, plan.info, environment)
    return open_engine(name, configurations, environment, [])


def site_of(package: Path) -> Site:
    """What the configuration says of a package's site."""
    return read_site(engine_of(EngineName.MKDOCS, package=package).configurations)
