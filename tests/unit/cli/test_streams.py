"""What a command prints, whatever takes it: any encoding, nobody, a full disk."""

from __future__ import annotations

import errno
import io
import json
import sys

import pytest

from plansite.cli.main import main
from plansite.cli.streams import SafeStream, safe_streams
from plansite.model.problems import CATALOGUE
from tests.support.library_package import LIBRARY

ENCODINGS = ["utf-8", "ascii", "latin-1", "cp1252", "gbk", "gb18030", "big5", "utf-16", "cp037"]
SAID = "人均借阅量 7.9 → 8.1 − “é” 😀 \udce4 ‹"


class Output(io.TextIOWrapper):
    """A stream into memory, by one encoding, as a user's settings make it."""

    def __init__(self, encoding: str) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding=encoding, errors="strict", write_through=True)

    def text(self) -> str:
        return self.bytes.getvalue().decode(self.encoding)


class Failing(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def write(self, text: str) -> int:
        raise OSError(self._number, "no")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_text_goes_into_any_encoding(encoding: str) -> None:
    output = Output(encoding)
    stream = SafeStream(output)
    print(SAID, file=stream)
    stream.write_commands(SAID)
    stream.write_json(json.dumps([SAID], ensure_ascii=False))
    *lines, last = output.text().splitlines()
    assert len(lines) == 2 and all("7.9" in line for line in lines)
    assert json.loads(last) == [SAID]


def test_what_an_encoding_lacks_is_spelled_out() -> None:
    output = Output("cp1252")
    print("借 → “a” − é\u200b", file=SafeStream(output))
    assert output.text() == "\\u501f -> “a” - é‹U+200B›\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-16"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["build", "--help"],
        ["import", "--help"],
        ["build", "--as-of", "昨天"],
        *(
            ["validate", "--package", "没有\udce4", "--format", form]
            for form in ("text", "json", "github", "markdown")
        ),
        ["diff", "没有", "--package", str(LIBRARY)],
        ["check", "没有"],
        ["template", "--package", "没有"],
        ["import", "没有.xlsx"],
        ["init", str(LIBRARY)],
    ],
    ids=lambda arguments: " ".join(arguments).encode("ascii", "replace").decode(),
)
def test_no_command_fails_over_an_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: list[str]
) -> None:
    out, err = Output(encoding), Output(encoding)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    for language in ("zh", "en"):
        code = main([*arguments, "--lang", language])
        assert code in (0, 2, 10), err.text()
    assert "Traceback" not in err.text()
    if "json" in arguments:
        assert json.loads(out.text().partition("\n}\n")[0] + "}")["valid"] is False


def test_nobody_gets_chinese_unasked_where_it_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    said = {}
    for encoding in ("cp1252", "gbk"):
        out, err = Output(encoding), Output(encoding)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        assert main(["validate", "--package", "nothing"]) == 10
        said[encoding] = err.text()
    missing = CATALOGUE["missing-file"].expected
    assert missing.en in said["cp1252"]
    assert missing.zh in said["gbk"]


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_a_reader_who_leaves_changes_no_exit_code(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(errno.EPIPE))
    assert main(["validate", "--package", "nothing", "--format", form]) == 10
    assert main(["validate", "--package", str(LIBRARY), "--format", form]) == 0


@pytest.mark.parametrize(
    "arguments", [["validate", "--package", str(LIBRARY), "--format", "json"], ["build", "--help"]]
)
def test_output_that_a_full_disk_swallows_is_told_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(errno.ENOSPC))
    assert main([*arguments, "--lang", "en"]) == 2
    assert "Not all of the output could be written" in capsys.readouterr().err


def test_streams_that_the_user_closed_take_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["validate", "--package", str(LIBRARY)]) == 0


def test_ctrl_c_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("plansite.data.checks.validate_snapshot", interrupt)
    assert main(["validate", "--package", str(LIBRARY), "--lang", "en"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_a_line_is_judged_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with safe_streams():
        print(" ", end="")
        print("::error::x #", end="")
        print("#[error]")
    assert capsys.readouterr().out == " ‹U+003A›:error::x #‹U+0023›[error]\n"
