"""Whatever stands in a site's folder, checking it gives faults and never a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import Language
from plansite.pipeline.check.links import check_folder
from plansite.pipeline.check.permanence import check_checksums, check_copies, check_previous
from tests.support.fuzzing import tries

PAGE = (
    '<!doctype html><html lang="{}"><head><title>a</title><link rel="stylesheet" href="a.css">'
    '<link rel="canonical" href="https://plan.example/"></head><body><h1 id="a">a</h1>'
    '<a href="a.csv#row=2">b</a>{}</body></html>'
)
FILES = {
    "index.html": PAGE.format("zh-Hans", ""),
    "a.csv": "a,b\n1,2\n",
    "a.css": "a{color:red}",
    "a.json": "[1]",
    "feed.xml": '<feed><link href="https://plan.example/"/></feed>',
    "downloads/retired.csv": "resource,retired_id\nindicators,x\n",
    "SHA256SUMS": f"{'0' * 64}  a.css\n",
    "en/index.html": PAGE.format("en", "").replace('"a.c', '"../a.c'),
}
damage = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [b"\xff", b"\x00", b'href="//[', b'"', b"[" * 100_000, b"1" * 5000, b"<", b","]
    ),
)


def folder_of(parent: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return parent


def codes(site: Path) -> dict[str, set[str]]:
    """The kinds of faults by file."""
    found: dict[str, set[str]] = {}
    for fault in [*check_folder(site), *check_copies(site)]:
        assert all(fault.render(language) for language in Language)
        found.setdefault(fault.page, set()).add(fault.code)
    return found


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("en/index.html", b"", "unreadable"),
        ("en/index.html", b"\xff\xfe<", "unreadable"),
        ("en/index.html", b'<?xml version="1.0" encoding="gbk"?><p>', "unreadable"),
        ("index.html", FILES["index.html"].replace("a.csv", "b//[c").encode(), "broken-link"),
        ("index.html", FILES["index.html"].replace("row=2", "row=9").encode(), "broken-row"),
        ("a.json", b"[" * 100_000, "broken-json"),
        ("a.json", b"1" * 5000, "broken-json"),
        ("feed.xml", b'<feed><link href="//["/></feed>', "broken-address"),
        ("feed.xml", b"\x00", "broken-xml"),
    ],
)
def test_damage_is_told_of(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    files = {file: text.encode() for file, text in FILES.items()}
    site = folder_of(tmp_path, files)
    assert codes(site) == {}
    (site / name).write_bytes(content)
    assert code in codes(site)[name]


@pytest.mark.parametrize("content", [b"\xff", b"\x00", b'"', b"a" * 200_000])
def test_a_table_that_cannot_be_read_has_no_rows(tmp_path: Path, content: bytes) -> None:
    files = {file: text.encode() for file, text in FILES.items()}
    site = folder_of(tmp_path, files | {"a.csv": content, "downloads/retired.csv": content})
    assert "broken-row" in codes(site)["index.html"]
    [fault] = check_previous(site, {"indicators/x/index.html": "0" * 64})
    assert fault.code == "vanished"


@tries(30)
@given(st.sampled_from([*FILES]), damage, st.integers(0, 400), st.integers(0, 40))
def test_any_bytes_in_any_file(name: str, found: bytes, start: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        files = {file: text.encode() for file, text in FILES.items()}
        content = files[name]
        site = folder_of(
            Path(directory), files | {name: content[:start] + found + content[start + length :]}
        )
        codes(site)
        list(check_checksums(site))
        list(check_previous(site, {"a/b.html": "0" * 64, "releases/a.csv": "0" * 64}))
