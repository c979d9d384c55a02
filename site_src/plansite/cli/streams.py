"""Standard output and standard error that take any text, into any encoding, and never fail.

All that the program prints goes through them: its own sentences, what argparse says, and the
traceback of a defect. What a table, a file's name or a git revision holds gives no command to a
terminal or a CI runner that way.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import TextIO

from plansite.cli.safe_text import ascii_json, safe_json, safe_text

_READER_GONE = frozenset({errno.EPIPE, errno.ESHUTDOWN})
"""What a system says where whoever read the output has gone."""
_PLAIN = {
    **{"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"},
    **{"…": "...", "→": "->", "▼": "v", "×": "x", "·": "-", "‹": "<", "›": ">"},
}
"""What the program's sentences use, in ASCII."""


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding lacks: in plain signs, else by its number."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join(map(_spelled, lacking)), error.end


def _spelled(sign: str) -> str:
    return _PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode("ascii")


codecs.register_error("plansite-ascii", _in_ascii)


class SafeStream(io.TextIOBase):
    """Writes whole lines to another stream, nothing in them but text that it can encode.

    Where nobody reads any more, what is written is dropped: a command's work, and its exit code, do
    not hang on whether somebody looks on.
    """

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream from now on."""
        self.stream = stream
        """The stream as it was, for what moves a terminal's cursor on purpose."""
        self.failure: OSError | None = None
        """Why something could not be written, where it should have been."""
        self._is_gone = False
        self._line = ""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Of the bytes in which it ends."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    def can_write(self, text: str) -> bool:
        """Whether the encoding has all characters of a text."""
        try:
            text.encode(self.encoding)
        except UnicodeError:
            return False
        return True

    def write(self, text: str) -> int:
        """Write a text, as soon as its lines are complete."""
        whole, end, rest = (self._line + text).rpartition("\n")
        if end:
            self._write(safe_text(whole + end))
        self._line = rest
        return len(text)

    def write_commands(self, lines: str) -> None:
        """Write lines that are meant for a CI runner."""
        self.flush()
        self._write(f"{lines}\n")

    def write_json(self, text: str) -> None:
        """Write JSON, escaped where the encoding or a runner wants it."""
        safe = safe_json(text)
        self.write(f"{safe if self.can_write(safe) else ascii_json(safe)}\n")

    def flush(self) -> None:
        """Write a line that is not complete, too, and pass on what waits."""
        line, self._line = self._line, ""
        if line:
            self._write(safe_text(line))
        with self._noting_failure():
            if not self._is_gone:
                self.stream.flush()

    def isatty(self) -> bool:
        """Whether somebody looks on."""
        return not self.stream.closed and self.stream.isatty()

    def fileno(self) -> int:
        """The descriptor below, where there is one."""
        return self.stream.fileno()

    def _write(self, text: str) -> None:
        encodable = text.encode(self.encoding, "plansite-ascii").decode(self.encoding)
        with self._noting_failure():
            if not self._is_gone:
                self.stream.write(encodable)

    @contextlib.contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._is_gone = True
            if error.errno not in _READER_GONE:
                self.failure = error
            self._drop_the_rest()
        except ValueError:  # closed by somebody else
            self._is_gone = True

    def _drop_the_rest(self) -> None:
        """Send to nowhere what the stream still holds; Python would fail over it at its end."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)


def print_report(text: str, form: str) -> None:
    """Print what a command found, in one of its formats by name."""
    out = sys.stdout
    assert isinstance(out, SafeStream), "commands run within safe_streams"
    if form == "json":
        out.write_json(text)
    elif form == "github":
        out.write_commands(text)
    else:
        print(text)


@contextlib.contextmanager
def safe_streams() -> Iterator[tuple[SafeStream, SafeStream]]:
    """Standard output and standard error as such, for as long as a command runs."""
    _open_missing()
    out, err = SafeStream(_existing(sys.stdout)), SafeStream(_existing(sys.stderr))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            yield out, err
        finally:
            out.flush()
            err.flush()


def _existing(stream: TextIO | None) -> TextIO:
    """A stream; where the user closed it, one that leads nowhere."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - for the process's life
    if isinstance(stream, io.TextIOWrapper):
        # What goes to it directly, past all of this, does not fail either.
        stream.reconfigure(errors="backslashreplace")
    return stream


def _open_missing() -> None:
    """Lead descriptors that the user closed nowhere, else the next file opened would get one.

    A library that prints would write into it.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != descriptor:
                os.close(opened)
            else:
                os.set_inheritable(opened, True)
