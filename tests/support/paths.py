"""Where the checkout, the tests' own data and the real plan's data package lie."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
"""The checkout."""
PACKAGE = ROOT / "datapackage"
"""The real plan's data package."""
