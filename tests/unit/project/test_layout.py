"""The layout of the code: few files a folder, and no two of one name.

What each module's name may be made of is in ``test_module_names.py``.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.support.paths import ROOT, TESTS

PROGRAM = ROOT / "site_src" / "plansite"
MOST = 12
"""Modules in a folder, beside what makes it a package."""


def modules_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if path.name != "__init__.py")


def test_no_folder_of_the_program_has_more_modules_than_one_can_survey() -> None:
    counted = Counter(path.parent.relative_to(ROOT) for path in modules_below(PROGRAM))
    assert {folder: count for folder, count in counted.items() if count > MOST} == {}


def test_no_two_modules_of_the_program_have_one_name() -> None:
    counted = Counter(path.stem for path in modules_below(PROGRAM))
    assert [name for name, count in counted.items() if count > 1] == []


def test_no_folder_of_tests_has_more_files_than_one_can_survey() -> None:
    counted = Counter(path.parent.relative_to(ROOT) for path in modules_below(TESTS))
    assert {folder: count for folder, count in counted.items() if count > MOST} == {}


def test_unit_tests_lie_in_the_folder_of_what_they_test() -> None:
    own = {Path("data/broken"), Path("data/broken/examples"), Path("project")}
    folders = {path.parent.relative_to(TESTS / "unit") for path in modules_below(TESTS / "unit")}
    assert {folder for folder in folders - own if not (PROGRAM / folder).is_dir()} == set()
