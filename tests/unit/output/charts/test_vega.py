"""Vega for the browser: made once, and never taken from a file that was damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
import vl_convert

from plansite.output.charts import vega_bundle


def test_a_bundle_that_was_damaged_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def bundle(snippet: str, _: str) -> str:
        made.append(snippet)
        return "export const vega = 1;\n// the second line\n"

    monkeypatch.setattr(vl_convert, "javascript_bundle", bundle)
    whole = vega_bundle(tmp_path / "build")
    assert whole.endswith(b"// the second line\n")
    assert vega_bundle(tmp_path / "build") == whole
    assert len(made) == 1
    (kept,) = (tmp_path / "build").iterdir()
    content = kept.read_bytes()
    for damaged in (b"", content[:-1], content.replace(b"1", b"2"), content + b"alert(1)"):
        kept.write_bytes(damaged)
        assert vega_bundle(tmp_path / "build") == whole
    assert len(made) == 5
    assert [path.name for path in (tmp_path / "build").iterdir()] == [kept.name]
