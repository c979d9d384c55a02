"""Nothing that a table can hold gives a command to a terminal or to a runner of CI jobs."""

from __future__ import annotations

import json
import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.cli.safe_text import ascii_json, safe_json, safe_text
from tests.support.fuzzing import tries

COMMANDS = [
    "::error::x", "  \t::add-mask::x", "\u3000\u00a0::set-output name=a::b", "\ufe0f::error::x",
    ":\ufe0e:error::x", "##[error]x", "a https://x.example/##[command]", "#\ufe0f#[error]x",
    "##\u034f[error]x", "##vso[task.setvariable variable=a]b", "##teamcity[message text='x']",
    "###[group]", "a\r::error::x", "a\r\n::error::x", "a\u2028::error::x", "\u200b::error::x",
    "#\u200b#[error]", "#\u00ad#[error]", "\ufeff##[error]", "\x1b[0K::error::x",
    "section_start:1:a\r\x1b[0K", "\x1b]0;title\x07", "\x9b2J", "\u202etxt.exe", "\x00", "\x7f",
]  # fmt: skip
IGNORED = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
pieces = st.sampled_from(
    ["#", "##", ":", "::", "[", "]", "error", "vso", "\n", "\r", " ", "\t", "\u3000", "\ufe0f"]
)
texts = st.lists(pieces | st.text(max_size=2), max_size=12).map("".join)


def commands_in(text: str) -> list[str]:
    """What runners would take for a command, as their source reads lines."""
    found = []
    for line in re.split("[\r\n]", text):
        plain = IGNORED.sub("", line)
        plain = "".join(sign for sign in plain if category(sign) != "Cf")
        if plain.strip().startswith("::") or re.search(r"##[A-Za-z]{0,20}\[", plain):
            found.append(line)
    return found


def hidden_in(text: str) -> list[str]:
    shapeless = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [sign for sign in text if category(sign) in shapeless and sign not in "\n\t"]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_is_left_in_a_text(command: str) -> None:
    assert commands_in(command) or hidden_in(command)
    for text in (command, f"first\n{command}", f"{command}\nlast"):
        assert not commands_in(safe_text(text))
        assert not hidden_in(safe_text(text))
        escaped = safe_json(json.dumps({"a": text}, ensure_ascii=False, indent=2))
        assert json.loads(escaped) == {"a": text}
        assert not commands_in(escaped)
        assert not hidden_in(escaped)


@tries(300)
@given(texts)
def test_no_command_is_left_in_any_text(text: str) -> None:
    assert not commands_in(safe_text(text)) and not hidden_in(safe_text(text))
    escaped = safe_json(json.dumps([text], ensure_ascii=False))
    assert not commands_in(escaped) and not hidden_in(escaped)
    assert json.loads(escaped) == json.loads(ascii_json(escaped)) == [text]
    assert ascii_json(escaped).isascii()


@pytest.mark.parametrize(
    "text",
    [
        'datapackage/targets.csv:3 [foreign-key] indicator_id = "I9"\n  应为……',
        "## 数据有效：0 处错误\n\n### 提示 `jump`：1",
        "C# ## a [b] std::vector 1:2 :: x　全角",
        "👩\ufe0f",
    ],
)
def test_what_is_no_command_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text
