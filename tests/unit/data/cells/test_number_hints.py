"""What a message says to write is right: it is accepted, and no digit was lost or added."""

from __future__ import annotations

import pytest

from plansite.data.cells.cell_rules import ID, cell_fault


@pytest.mark.parametrize("kind", ["number", "integer", ID])
@pytest.mark.parametrize(
    "cell",
    [
        *(
            "１２",
            "−5",
            "１，２３４",
            "1,234.5",
            "10 000",
            "３．５亿元",
            "45%",
            "6.0①",
            "10²",
            "6½",
            "3万二",
        ),
        *("3,5万", "12,34元", "？", "＊", "６．０．０", "９" * 16, "Ｌ０１", "Ｌ ０１", "注：２"),
    ],
)
def test_what_is_said_to_be_written_is_taken(cell: str, kind: str) -> None:
    fault = cell_fault(cell, kind)
    assert fault is not None or kind == ID
    code, details = fault or ("", {})
    for written in (details.get("ascii"), details.get("bare")):
        if written is not None:
            assert cell_fault(written, kind) is None
            counted = "".join(sign for sign in cell if sign.isnumeric() and sign not in "亿万")
            assert [*map(int, filter(str.isdigit, written))] == [*map(int, counted)], code
