"""What the command line answers: exit codes, messages, and never a half-made site."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.site.built_site import HAN
from tests.site.command import BY_ENGINE, build, clean_environment, digests, run, run_here
from tests.support.library_package import AS_OF, LIBRARY, copy_package, edit_cell
from tests.support.paths import ROOT


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with a target for an indicator that does not exist."""
    package = copy_package(tmp_path_factory.mktemp("broken"))
    edit_cell(package, "targets", 3, "indicator_id", "L1")
    return package


def test_broken_data_stops_the_build_and_leaves_the_old_site_alone(
    broken: Path, library_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    shutil.copytree(library_site, out, ignore=shutil.ignore_patterns("javascripts"))
    before = digests(out)
    said = {}
    for language in ("zh", "en"):
        finished = run("build", "--package", broken, "--out", out, "--lang", language)
        assert finished.returncode == 10
        place = f'{broken}/targets.csv:3 [foreign-key] indicator_id = "L1"'
        assert place in finished.stderr
        lines = finished.stderr.splitlines()
        said[language] = lines[lines.index(place) + 1]
    assert "修改" in said["zh"]
    assert "L01" in said["zh"]
    assert "To mend" in said["en"]
    assert "L01" in said["en"]
    assert not HAN.search(said["en"])
    assert digests(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--as-of", "yesterday"],
        ["build", "--no-such-option"],
        ["publish"],
        ["--lang", "fr"],
        ["validate", "--format", "xml"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "two"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["serve", "--port", "９０"],
        ["build", "--as-of", "0001-01-01"],
        ["build", "--as-of", "2026-W01-1"],
        ["build", "--out", "a" * 300],
    ],
    ids=" ".join,
)
def test_a_mistake_in_the_command_is_named(arguments: list[str]) -> None:
    finished = run_here(*arguments)
    assert finished.returncode == 2
    assert arguments[-1] in finished.stderr or "YYYY-MM-DD" in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("verb", ["build", "validate"])
def test_a_package_that_is_not_there_is_wrong_data(tmp_path: Path, verb: str) -> None:
    out = ["--out", str(tmp_path / "site")] if verb == "build" else []
    finished = run(verb, "--package", tmp_path / "nothing", *out, "--lang", "en")
    assert finished.returncode == 10
    assert "nothing" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_command_the_site_is_built_and_nothing_around_it_changes_a_byte(
    real_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "en_US.UTF-8"}
    anew = ("--no-cache", "--jobs", "1", *BY_ENGINE)
    day = AS_OF.isoformat()
    finished = run("--out", out, "--as-of", day, *anew, PYTHONHASHSEED="7", **elsewhere)
    assert finished.returncode == 0
    first, second = digests(real_site), digests(out)
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_what_is_kept_from_other_builds_changes_no_byte(library_site: Path, tmp_path: Path) -> None:
    """One value differs from the library's, so most of the site comes from what its build kept."""
    package = copy_package(tmp_path)
    edit_cell(package, "observations", 16, "value", "301")
    kept = build(tmp_path / "kept", "--package", package)
    anew = build(tmp_path / "anew", "--package", package, "--no-cache", "--jobs", "1")
    first, second = digests(kept), digests(anew)
    assert [name for name in {*first, *second} if first.get(name) != second.get(name)] == []
    page = Path("indicators/L06/index.html")
    assert (kept / page).read_bytes() != (library_site / page).read_bytes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_comes_at_once_and_names_every_command(language: str) -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        finished = run("--help", "--lang", language)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5
    assert finished.returncode == 0
    for word in ("build", "serve", "validate", "check", "--package", "--lang"):
        assert word in finished.stdout
    assert bool(HAN.search(finished.stdout)) == (language == "zh")


DRAWING = {"altair", "mkdocs", "openpyxl", "PIL", "pyarrow", "vl_convert", "xlsxwriter"}
LOADED = """import sys
from plansite.cli.main import main
code = main(sys.argv[1:])
print(int(code), *sorted({name.partition(".")[0] for name in sys.modules}))"""


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["validate", "--format", "json"], DRAWING),
        (["check"], {*DRAWING, "frictionless"}),
        (["diff", "HEAD"], DRAWING),
        (["init"], DRAWING),
    ],
    ids=lambda each: each[0] if isinstance(each, list) else "",
)
def test_a_command_loads_nothing_that_it_has_no_use_for(
    library_site: Path, tmp_path: Path, arguments: list[str], unneeded: set[str]
) -> None:
    place = {"check": [library_site], "init": [tmp_path / "new"]}.get(arguments[0], [])
    finished = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments, *map(str, place)],
        cwd=ROOT, env=clean_environment(), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    code, *loaded = finished.stdout.splitlines()[-1].split()
    assert code == "0", finished.stderr
    assert unneeded & {*loaded} == set()


def test_a_build_that_finds_its_tables_as_they_were_opens_no_workbook(
    library_site: Path, tmp_path: Path
) -> None:
    again = ["build", "--package", LIBRARY, "--out", tmp_path / "site", "--as-of", AS_OF]
    finished = subprocess.run(
        [sys.executable, "-c", LOADED, *map(str, again), *BY_ENGINE],
        cwd=ROOT, env=clean_environment(), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert digests(tmp_path / "site") == digests(library_site)
    assert "openpyxl" not in finished.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(("locale", "chinese"), [("en_GB.UTF-8", False), ("zh_CN.UTF-8", True)])
def test_messages_follow_the_systems_language(broken: Path, locale: str, chinese: bool) -> None:
    finished = run("validate", "--package", broken, LANG=locale)
    assert finished.returncode == 10
    assert bool(HAN.search(finished.stderr)) == chinese


def test_validate_for_programs_gives_json(broken: Path) -> None:
    finished = run("validate", "--package", broken, "--format", "json", "--lang", "en")
    assert finished.returncode == 10
    answer = json.loads(finished.stdout)
    assert answer["valid"] is False
    (problem,) = answer["problems"]
    found = {key: problem[key] for key in ("code", "severity", "row", "field", "value")}
    assert found == {
        "code": "foreign-key",
        "severity": "blocker",
        "row": 3,
        "field": "indicator_id",
        "value": "L1",
    }
    assert problem["file"].endswith("targets.csv")
    assert problem["expected"]
    assert problem["remedy"]


def test_validate_for_pull_requests_gives_one_line_for_each_problem(broken: Path) -> None:
    finished = run("validate", "--package", broken, "--format", "github", "--lang", "en")
    assert finished.returncode == 10
    (line,) = finished.stdout.splitlines()
    place = str(broken / "targets.csv")
    assert line.startswith(f"::error file={place},line=3,title=foreign-key::")
    assert "%0A" in line


def test_sound_data_is_called_sound() -> None:
    finished = run("validate", "--format", "json")
    assert finished.returncode == 0
    found = json.loads(finished.stdout)
    assert found["valid"] is True
    assert {problem["severity"] for problem in found["problems"]} <= {"warning"}
    finished = run("validate", "--package", LIBRARY, "--format", "github")
    assert (finished.returncode, finished.stdout.strip()) == (0, "")


@pytest.mark.parametrize(
    ("address", "configuration", "code", "said"),
    [
        ("no address", "", 2, "SITE_URL = no address cannot serve as an address"),
        ("https://plan.example/", "nav: [", 11, "The engine failed"),
    ],
)
def test_settings_that_are_wrong_leave_the_last_site_alone(
    tmp_path: Path, address: str, configuration: str, code: int, said: str
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    for name in ("index.html", "manifest.json", "SHA256SUMS"):
        (out / name).write_text("the last good site", "utf-8")
    package = copy_package(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(configuration, "utf-8")
    arguments = ("build", "--package", package, "--out", out, "--as-of", AS_OF.isoformat())
    finished = run_here(*arguments, "--lang", "en", SITE_URL=address)
    assert finished.returncode == code, finished.stdout + finished.stderr
    assert said in finished.stdout + finished.stderr
    assert "Traceback" not in finished.stdout + finished.stderr
    assert (out / "index.html").read_text("utf-8") == "the last good site"


@pytest.mark.parametrize("out", ["letters", "letter.txt", "/"])
def test_what_is_no_site_is_not_replaced(tmp_path: Path, out: str) -> None:
    letter = tmp_path / "letters" / "letter.txt"
    letter.parent.mkdir()
    for file in (letter, tmp_path / "letter.txt"):
        file.write_text("mine", "utf-8")
    finished = run("build", "--package", LIBRARY, "--out", tmp_path / out, "--lang", "en")
    assert finished.returncode == 2
    assert f"cannot be built into {tmp_path / out}" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert letter.read_text("utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "letters"]


@pytest.mark.parametrize(
    "arguments",
    [["build", "--out"], ["build", "--package"], ["diff", "HEAD", "--package"], ["init"]],
    ids=" ".join,
)
def test_links_that_lead_in_a_circle_are_said_to(tmp_path: Path, arguments: list[str]) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to("circle")
    finished = run(*arguments, circle, "--lang", "en")
    assert finished.returncode == 2, finished.stderr
    assert "Traceback" not in finished.stderr
    assert circle.is_symlink()


def test_a_checkout_whose_program_is_not_installed_says_how_to_install_it() -> None:
    without_packages = [sys.executable, "-I", "-S", str(ROOT / "build_site.py"), "validate"]
    done = subprocess.run(without_packages, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("make venv") == 2
