"""Texts that are put aside come back as they were, and nothing is left of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.util.text_spool import open_spool


def test_each_collection_gives_its_own_texts_back(tmp_path: Path) -> None:
    with open_spool(tmp_path / "work") as spool:
        zh, en = spool.texts(), spool.texts()
        zh.put({"main/a": "<svg>目标</svg>", "empty": ""})
        en.put({"main/a": "<svg>Target</svg>"})
        assert zh["main/a"] == "<svg>目标</svg>"
        zh.put({"main/b": "后来"})
        assert dict(zh) == {"main/a": "<svg>目标</svg>", "empty": "", "main/b": "后来"}
        assert dict(en) == {"main/a": "<svg>Target</svg>"}
        with pytest.raises(KeyError):
            en["main/b"]


def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    with open_spool(tmp_path) as spool:
        spool.texts().put({"a": "text"})
        assert [*tmp_path.iterdir()] == []
    assert [*tmp_path.iterdir()] == []
