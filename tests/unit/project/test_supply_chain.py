"""What the program is made of: licences that allow it, and a bill that lists it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from scripts.licences import Package, fault, is_allowed, read_rules
from scripts.sbom import locked, reduced

from tests.support.paths import ROOT

RULES = read_rules(ROOT / "scripts" / "licences.toml")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("mit", True),
        ("GPL-3.0-or-later", False),
        ("MIT OR GPL-2.0-only", True),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("(MIT OR GPL-2.0-only) AND (Apache-2.0 OR AGPL-3.0-only)", True),
        ("MIT OR Apache-2.0 AND GPL-2.0-only", True),
        ("(MIT OR Apache-2.0) AND GPL-2.0-only", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
    ],
)
def test_an_expression_is_allowed_where_a_choice_is(expression: str, expected: bool) -> None:
    assert is_allowed(expression, RULES.allowed) is expected


@pytest.mark.parametrize(
    "package",
    [
        Package("one", "AGPL-3.0-only"),
        Package("one", classifiers=("GNU General Public License (GPL)",)),
        Package("one", classifiers=("MIT License", "GNU General Public License (GPL)")),
        Package("one", text="Do what you like"),
        Package("one"),
    ],
)
def test_a_package_that_nobody_allowed_is_named(package: Package) -> None:
    said = fault(package, RULES)
    assert said is not None
    assert said.startswith("one: ")


def test_what_packages_say_in_other_words_is_understood() -> None:
    assert (
        fault(Package("one", classifiers=("BSD License",), text="Copyright (c) …"), RULES) is None
    )
    assert fault(Package("one", text="Apache 2.0"), RULES) is None


def test_the_bill_lists_what_is_locked_and_no_tool_beside_it() -> None:
    names = locked((ROOT / "requirements.lock").read_text("utf-8"))
    assert {"brotli", "mkdocs", "frictionless"} <= names
    assert "pytest" not in names
    bill: dict[str, Any] = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [
            {"bom-ref": "pagefind_bin==1", "name": "pagefind_bin"},
            {"bom-ref": "Jinja2==3", "name": "Jinja2"},
            {"bom-ref": "pytest==9", "name": "pytest"},
        ],
        "dependencies": [
            {"ref": "root", "dependsOn": ["Jinja2==3", "pagefind_bin==1", "pytest==9"]},
            {"ref": "Jinja2==3"},
            {"ref": "pytest==9", "dependsOn": ["Jinja2==3"]},
        ],
    }
    assert reduced(bill, names) == {
        **bill,
        "components": bill["components"][:2],
        "dependencies": [
            {"ref": "root", "dependsOn": ["Jinja2==3", "pagefind_bin==1"]},
            {"ref": "Jinja2==3", "dependsOn": []},
        ],
    }


def test_the_lock_with_the_other_engine_has_all_of_the_one_without() -> None:
    without, with_it = (
        {line for line in (ROOT / name).read_text("utf-8").splitlines() if re.match(r"\w", line)}
        for name in ("requirements.lock", "requirements-zensical.lock")
    )
    assert without < with_it
    assert any(line.startswith("zensical==") for line in with_it - without)


def test_whatever_is_installed_is_held_to_a_checksum() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        lines = [line for line in lock.read_text("utf-8").splitlines() if "#" not in line[:5]]
        entries = re.split(r"\n(?=\S)", "\n".join(lines))
        locked_entry = re.compile(
            r"[\w.\[\]-]+==[^\s;]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+"
        )
        assert [entry for entry in entries if not locked_entry.fullmatch(entry.rstrip())] == []
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
    script = (ROOT / "scripts" / "setup.sh").read_text("utf-8").replace("\\\n", "")
    installs = [
        line for line in script.splitlines() if re.search(r"pip install|npm ci|npm i", line)
    ]
    assert len(installs) == 4
    demands = ("--require-hashes", "--no-index", "npm ci --include=dev --ignore-scripts", "fail ")
    assert [line for line in installs if not any(text in line for text in demands)] == []


def test_workflows_install_by_the_scripts_only() -> None:
    files = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / ".gitlab-ci.yml"]
    for file in files:
        text = file.read_text("utf-8")
        assert not re.search(r"\b(pip|npm|npx|uvx|curl|wget|apt-get)\b", text), file.name
