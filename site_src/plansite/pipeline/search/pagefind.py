"""Runs Pagefind as a process that takes one page after another.

Left to itself it reads a folder in the order in which the file system lists it, and numbers pages
and names its files by that. Another disk has another order: two builds would not be the same.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import pagefind_bin  # type: ignore[import-untyped]

from plansite.model.errors import BuildError
from plansite.util.steps import POLL_SECONDS, Steps

_END = b","
"""What ends each message, in base64, in both directions."""


class IndexingError(BuildError):
    """Pagefind failed, with what it said."""

    def __init__(self, details: str) -> None:
        super().__init__("cli.index_failed", details)


def make_index(
    pages: Iterable[tuple[str, str]], locks: Sequence[int]
) -> Steps[Iterator[tuple[str, bytes]]]:
    """The files of the index of pages, by their path in its folder.

    Args:
        pages: file below the site's root, such as ``tasks/index.html``, and HTML; indexed in this
            order.
        locks: descriptors of the locks that Pagefind holds too, for as long as it runs.

    Raises:
        IndexingError: Pagefind failed.
    """
    process = subprocess.Popen(  # noqa: S603 - our own command
        [pagefind_bin.get_executable(), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=locks,
    )
    with process:
        try:
            ask = partial(_ask, process)
            answer = yield from ask(type="NewIndex", config={})
            number = answer["index_id"]
            for file, html in pages:
                page = {"index_id": number, "file_path": file, "file_contents": html}
                yield from ask(type="AddFile", **page)
            # Not written by itself: it says that it did before they are on the disk.
            answer = yield from ask(type="GetFiles", index_id=number)
        finally:
            process.kill()
    # One after the other: all of them together are large.
    return ((file["path"], base64.b64decode(file["content"])) for file in answer["files"])


def _ask(process: subprocess.Popen[bytes], **request: object) -> Steps[dict[str, Any]]:
    """Send a request and wait for its answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    message = json.dumps({"message_id": 1, "payload": request}).encode()
    try:
        process.stdin.write(base64.b64encode(message) + _END)
        process.stdin.flush()
    except BrokenPipeError:
        raise IndexingError("Pagefind ended.") from None
    answer = bytearray()
    while not answer.endswith(_END):
        while not select.select([process.stdout], [], [], POLL_SECONDS)[0]:
            yield
        piece = os.read(process.stdout.fileno(), 65_536)
        if not piece:
            raise IndexingError("Pagefind ended.")
        answer += piece
    payload: dict[str, Any] = json.loads(base64.b64decode(answer[: -len(_END)]))["payload"]
    if payload["type"] == "Error":
        raise IndexingError(payload.get("message", str(payload)))
    return payload
