"""What is said of a command that cannot be understood, in both languages."""

from __future__ import annotations

import re

import pytest

from plansite.cli.arguments import VERBS
from plansite.cli.main import main

MISTAKES = [
    (["publish"], "没有 'publish'，可选"),
    (["build", "--engine", "typst"], "--engine：没有 'typst'，可选"),
    (["--lang", "fr"], "--lang：没有 'fr'，可选"),
    (["build", "--no-such-option"], "没有这样的参数：--no-such-option"),
    (["build", "elsewhere"], "没有这样的参数：elsewhere"),
    (["diff"], "还须写明 BASE"),
    (["import"], "还须写明 FILE"),
    (["build", "--out"], "--out：后面须有一个值"),
    (["--package"], "--package：后面须有一个值"),
    (["--package=x", "--lang"], "--lang：后面须有一个值"),
    (["build", "--compress=gzip"], "--compress：后面不带值，请去掉 'gzip'"),
    (["init", "--t", "x"], "--t 可以指 --title, --title-en，请写全"),
    (["build", "--jobs", "two"], "--jobs：“two”应为1至256的整数"),
]


def said_of(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> dict[str, tuple[object, str, str]]:
    """How a command ends, and what it prints, in each language."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    said: dict[str, tuple[object, str, str]] = {}
    for language in ("zh", "en"):
        monkeypatch.setenv("LC_ALL", language)
        code = main(arguments)
        said[language] = (code, *capsys.readouterr())
    assert not re.search("[一-鿿]", "".join(said["en"][1:]))
    assert "‹" not in f"{said}"
    return said


@pytest.mark.parametrize(
    ("arguments", "chinese"), MISTAKES, ids=[" ".join(arguments) for arguments, _ in MISTAKES]
)
def test_a_mistake_is_named_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    chinese: str,
) -> None:
    said = said_of(arguments, capsys, monkeypatch)
    assert {each[:2] for each in said.values()} == {(2, "")}
    usage, *_, line = said["zh"][2].splitlines()
    assert usage.startswith("用法：plansite ")
    assert "：用法有误：" in line and chinese in line
    left = re.sub(r"'.*?'|--[a-z-]+|“.*?”", "", line.partition("用法有误：")[2])
    assert {*re.findall("[a-z]{2,}", left)} <= {*VERBS, "elsewhere"}
    assert said["en"][2].startswith("usage: plansite ")
    assert ": error: " in said["en"][2]


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_in_one_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    said = said_of([*verb.split(), "--help"], capsys, monkeypatch)
    assert {(each[0], each[2]) for each in said.values()} == {(0, "")}
    assert "用法：" in said["zh"][1] and "显示本说明" in said["zh"][1]
    assert not re.search("usage|options|show this|arguments", said["zh"][1])
