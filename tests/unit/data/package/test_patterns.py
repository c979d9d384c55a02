"""The patterns that a package has of its own: what they mean, and that none takes for ever."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.data.validation.patterns import find_unmatched, pattern_fault

ORDINARY = {
    r"^\d{4}(-\d{2}){0,2}$": [
        "2026",
        "2026-11",
        "2026-11-23",
        "2026-1",
        "2026-11-23-1",
        "２０２６",
    ],
    "[0-9]+-[0-9]+/[0-9]+": ["1-2/3", "12-34/56", "1-2", "1-2/3\n"],
    r"(\d+,)*\d+": ["1", "1,2,30", "1,,2", ""],
    r"([A-Z]{2}|[0-9]+)+": ["AB12CD", "ABC", "12"],
    "[A-Za-z][A-Za-z0-9_-]*": ["a", "a-1", "-a"],
    r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+": ["10.1000/xyz-1", "10.1/x"],
    r"[^@\s]+@[^@\s]+\.[^@\s]+": ["a@b.cn", "a@b", "a b@c.d"],
    r"\d+\.\d+\.\d+(-[\w.]+)?(\+[\w.]+)?": ["1.2.3", "1.2.3-rc.1+5", "1.2"],
    r"https?://[^/]+/.*": ["https://a.cn/b", "ftp://a.cn/b"],
    r"[\u4e00-\u9fff]+〔\d{4}〕\d+号": ["黔府办发〔2020〕3号", "abc〔2020〕3号"],
    r"\w+": ["镇图书馆", "Bücher_1", "a b", "a\u3000b"],
    r"\S+\s\S+": ["a b", "a\u3000b", "ab"],
    r"\W\D": ["-a", "馆a", "-1", "-１"],
    r"[\w\s.-]{1,255}": ["镇 图书馆.1", "a/b"],
    "a|b": ["a", "b", "ax", "xb"],
    ".*图书.*馆.*": ["镇图书室的馆", "馆图书"],
    "a{,2}": ["", "a", "aa", "aaa"],
    "[a{,2}]+": ["{2}", "a,", "b"],
    r"[]x[]+\]": ["x[]]", "y]"],
    ".{1,1000}": ["x", "x" * 1001],
    r"(?i)ab": ["AB", "ba"],
}


@pytest.mark.parametrize("pattern", ORDINARY)
def test_an_ordinary_pattern_means_what_it_means_to_python(pattern: str) -> None:
    """Letters, digits and spaces are those of every script, and all of a cell is described."""
    assert pattern_fault(pattern) is None
    cells = [*ORDINARY[pattern], None]
    said = [place for place, cell in enumerate(cells) if not _describes(pattern, cell)]
    assert list(find_unmatched(pattern, cells)) == said


def _describes(pattern: str, cell: str | None) -> bool:
    return cell is None or re.fullmatch(pattern, cell) is not None


@pytest.mark.parametrize(
    "pattern",
    ["x*x*x*x*x*y", "(a+)+b", "(a|a)*b", "(.*a){20}", "a?" * 30 + "a" * 30 + "b", r"(\w+\s?)*!"],
)
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    """A cell as long as Excel holds, which a search of all ways would not finish in years."""
    assert pattern_fault(pattern) is None
    prepared = time.process_time()
    assert list(find_unmatched(pattern, ["x" * 32_767, "a" * 32_767])) in ([0, 1], [0])
    assert time.process_time() - prepared < 10


@pytest.mark.parametrize(
    "pattern", ["[", "(", "a)(b", "*", r"(a)\1", "(?<=a)b", "a{2000}", "\ud800"]
)
def test_what_cannot_be_tried_has_a_reason(pattern: str) -> None:
    """Brackets without their pair, references to a group, too many repetitions."""
    assert pattern_fault(pattern)


_PIECES = st.sampled_from(
    [
        *r"ab1-]^.,馆 ",
        *(r"\d", r"\w", r"\s", r"\W", r"\.", r"\]", r"\-", "[a-c]", r"[^\d]", r"[\w-]"),
        *("a*", "b+", "1?", ".{2}", "{,2}", "(a|b)", r"\u9986"),
    ]
)


@given(st.lists(_PIECES, max_size=8).map("".join), st.lists(st.text("ab1-]^.,馆 {2", max_size=6)))
def test_any_pattern_means_what_it_means_to_python(pattern: str, cells: list[str]) -> None:
    """Whatever both know."""
    try:
        re.compile(pattern)
    except re.error:
        return
    if pattern_fault(pattern) is None:
        said = [place for place, cell in enumerate(cells) if not _describes(pattern, cell)]
        assert list(find_unmatched(pattern, cells)) == said
