"""What may be typed into any cell of the library package."""

from __future__ import annotations

from hypothesis import strategies as st

from plansite.model.contract import CONTRACT
from tests.support.library_package import LIBRARY, read_rows

TABLES = [rule.name for rule in CONTRACT.values() if not rule.added]
SIZES = {name: (len(rows), len(rows[0])) for name in TABLES if (rows := read_rows(LIBRARY, name))}

typed = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["", " ", '"', "'", ",", "\n", "\0", "NaN", "-1", "1e99", "0x1", "{value}"]),
    st.sampled_from(["2022", "2022-13", "L01", "t1", "ge", "between", "same", "\ufeff", "=1+1"]),
    st.decimals(allow_nan=True).map(str),
    st.integers(1900, 2100).map(str),
    st.sampled_from(["１２", "1,234", "3.1%", "2022/5/26", "44707", "1.2E+3", "−5", "L01\u200b"]),
    st.sampled_from(
        ["../../x", "CON", "l01", "T1", "\u202eabc", "</script x", "{{ 7*7 }}", "&#60"]
    ),
    st.sampled_from(["<b>x</b>", "#REF!", "???", "约5", "5 ", "见附件", "http://x.example", "5.0"]),
)
places = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.integers(0, SIZES[table][0] - 1),
        st.integers(0, SIZES[table][1] - 1),
    )
)
"""A table, and the numbers of a row and a column."""
