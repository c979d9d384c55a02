"""Cells of the tables of corrections and of retired ids."""

from __future__ import annotations

from tests.unit.data.broken.broken_package import Broken, cell, retired

BROKEN = [
    Broken(
        "correction of no table", cell("corrections", 2, "resource", "observation"),
        "correction-field", "corrections.csv", 2, "resource", "observation",
        "改正 resource（相近：observations）", "correct resource (closest: observations)",
    ),
    Broken(
        "correction of no field", cell("corrections", 2, "field", "vaule"),
        "correction-field", "corrections.csv", 2, "field", "vaule", "（相近：value）",
        "(closest: value)",
    ),
    Broken(
        "retired and in use", retired("L01", ""),
        "retired-in-use", "retired.csv", 2, "retired_id", "L01", "从 indicators.csv 中删去该行",
        "take the row out of indicators.csv",
    ),
    Broken(
        "retired in favour of nothing", retired("L99", "l01"),
        "retired-successor", "retired.csv", 2, "successor_id", "l01", "（相近：L01）",
        "(closest: L01)",
    ),
]  # fmt: skip
