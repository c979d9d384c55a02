"""The copy of the library package that tests break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.library_package import copy_package


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that is named as people name it, from the directory above."""
    copy_package(tmp_path)
    monkeypatch.chdir(tmp_path)
    return Path("library")
