"""Publishing holds data against what is published, a request against what it is merged into."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.conftest import Serve
from tests.site.command import run_here
from tests.support.git_repository import make_repository
from tests.support.paths import ROOT

PUBLISHED = b"L01,2024,report-2024,2025-03-20,6.0,final,same"
CORRECTION = (
    "x9,2026-11-01,observations,L01/2024/report-2024/2025-03-20,value,6.0,9.9,更正。,Corrected.\n"
)


def rewrite(site: Path, *, correction: str = "", is_signed: bool = True) -> None:
    """Change a published value in a site's package."""
    place = site / "downloads/datapackage.zip"
    with zipfile.ZipFile(place) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["observations.csv"] = files["observations.csv"].replace(
        PUBLISHED, PUBLISHED.replace(b"6.0", b"9.9")
    )
    files["corrections.csv"] += correction.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    place.unlink()
    place.write_bytes(packed.getvalue())
    if is_signed:
        (site / "SHA256SUMS").unlink()  # what the site says of itself is another matter


def check(site: Path, previous: str | Path, lang: str = "en") -> tuple[int, str]:
    finished = run_here("check", site, "--previous", previous, "--lang", lang)
    return finished.returncode, finished.stderr


def test_a_published_value_that_was_rewritten_is_not_published(
    library_copy: Path, library_site: Path, server: Serve
) -> None:
    rewrite(library_copy)
    for previous in (library_site, server(library_site)):
        code, said = check(library_copy, previous)
        assert code == 12
        assert "downloads/datapackage.zip [published-data]" in said
        assert "observations.csv:3 [published-edited] value" in said
        assert "9.9" in said
    assert "已发布的数据有变" in check(library_copy, library_site, "zh")[1]


def test_a_value_with_its_correction_is_published(library_copy: Path, library_site: Path) -> None:
    rewrite(library_copy, correction=CORRECTION)
    code, said = check(library_copy, library_site)
    assert "[published-data]" not in said
    assert code == 12, "without its list of checksums, an address is gone"


def test_what_cannot_be_compared_is_said(
    library_copy: Path, library_site: Path, tmp_path: Path
) -> None:
    listing = tmp_path / "SHA256SUMS"
    shutil.copy(library_site / "SHA256SUMS", listing)
    code, said = check(library_copy, listing)
    assert code == 0
    assert "its data was not compared" in said


def test_a_site_that_is_just_being_replaced_is_tried_again(
    library_copy: Path, library_site: Path
) -> None:
    rewrite(library_copy, is_signed=False)
    code, said = check(library_site, library_copy)
    assert code == 2
    assert "try again in a minute" in said


@pytest.mark.parametrize("content", [b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_a_damaged_package_is_told_of(
    library_copy: Path, library_site: Path, content: bytes
) -> None:
    (library_copy / "downloads/datapackage.zip").unlink()
    (library_copy / "downloads/datapackage.zip").write_bytes(content)
    code, said = check(library_copy, library_site)
    assert code in (2, 12)
    assert "datapackage.zip" in said
    assert "Traceback" not in said


def test_a_request_is_held_against_what_it_is_merged_into(tmp_path: Path) -> None:
    """The commit that the event carries may be older than main is by now."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/validate.yml").read_text("utf-8"))
    base = workflow["jobs"]["site"]["env"]["BASE"]
    repository = make_repository(tmp_path / "repository")
    event = repository.git("rev-parse", "HEAD")
    table = repository.package / "observations.csv"
    typed = table.read_text("utf-8")
    new = "L02,2025,gazette-copy,2026-04-10,10.0,final,same,,\n"
    assert new not in typed
    table.write_text(typed + new, "utf-8")
    repository.commit("Publish another value")
    repository.git("checkout", "--quiet", "-b", "request")
    table.write_text(typed + new.replace("10.0", "11.0"), "utf-8")
    repository.commit("Rewrite it")
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "request")
    assert repository.run("validate", "--against", event).code == 0
    refused = repository.run("validate", "--against", base)
    assert refused.code == 10
    assert "[published-edited] value" in refused.err
