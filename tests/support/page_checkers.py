"""The checkers of pages that npm installs for the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.paths import ROOT

_MODULES = ROOT / "node_modules"


def checker(path: str) -> Path:
    """A file of an installed checker, such as ``axe-core/axe.min.js``."""
    file = _MODULES / path
    if not file.is_file():
        pytest.fail(f"{path} is missing; install it by: sh scripts/setup.sh tools", pytrace=False)
    return file
