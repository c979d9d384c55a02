"""The program as others install it: a wheel in an environment of its own, in an empty folder."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from plansite.model import Language
from tests.site.built_site import Site
from tests.site.command import Finished, bring_bundle, clean_environment, digests
from tests.support.library_package import AS_OF, LIBRARY
from tests.support.paths import ROOT

SOURCE = ROOT / "site_src" / "plansite"


@dataclass(frozen=True)
class Installed:
    """The installed program and an empty folder to use it in."""

    wheel: Path
    python: Path
    folder: Path

    def run(self, *arguments: str | Path) -> Finished:
        """Run the installed command; nothing of the checkout is on its way."""
        return subprocess.run(
            [self.python.with_name("plansite"), *arguments],
            cwd=self.folder,
            env=clean_environment(LANG="en"),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel alone is installed; the packages it asks for are those of the tests' environment.

    Theirs are lent, as a folder that is searched last: an editable installation of the checkout,
    which a ``.pth`` file makes, is not among them.
    """
    base = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    made = ["wheel", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, *made, "--wheel-dir", base, ROOT], check=True, timeout=120)
    [wheel] = base.glob("*.whl")
    venv.create(base / "environment", symlinks=True)
    [packages] = (base / "environment").glob("lib/*/site-packages")
    python = base / "environment" / "bin" / "python"
    put: list[str | Path] = ["--python", str(python), "install", "--no-index", "--no-deps", wheel]
    subprocess.run([*pip, *put], check=True, timeout=120)
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    folder = base / "empty"
    folder.mkdir()
    return Installed(wheel, python, folder)


def test_the_wheel_holds_every_file_of_the_program_and_no_other(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(
        ["git", "-C", SOURCE, "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert names == {f"plansite/{name}" for name in tracked if (SOURCE / name).is_file()}


def test_the_installed_program_is_not_the_checkouts(installed: Installed) -> None:
    code = "import plansite, mkdocs; print(plansite.__file__); print(mkdocs.__file__)"
    command: list[str | Path] = [installed.python, "-c", code]
    found = subprocess.check_output(command, cwd=installed.folder, text=True).split()
    assert Path(found[0]).is_relative_to(installed.python.parents[1])
    assert not Path(found[1]).is_relative_to(installed.python.parents[1])


def test_a_plan_is_started_and_its_data_checked_in_an_empty_folder(installed: Installed) -> None:
    started = installed.run("init", "plan")
    assert (started.returncode, started.stderr) == (0, "")
    assert "plansite build --package plan/datapackage" in started.stdout
    assert [path.name for path in (installed.folder / "plan").iterdir()] == ["datapackage"]
    refused = installed.run("--package", "plan/datapackage")
    assert refused.returncode == 10
    assert "plan/datapackage/datapackage.json" in refused.stderr
    assert not (installed.folder / "site").exists()


def test_a_plans_repository_needs_its_package_alone(
    installed: Installed, library_site: Path
) -> None:
    package = installed.folder / "plan" / "datapackage"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(LIBRARY, package)
    (installed.folder / "build").mkdir(exist_ok=True)
    bring_bundle(installed.folder / "build")
    built = installed.run("--package", "plan/datapackage", "--as-of", AS_OF.isoformat())
    assert built.returncode == 0, built.stderr
    site = installed.folder / "site"
    assert installed.run("check").returncode == 0
    assert {path.name for path in installed.folder.iterdir() if path.name[0] != "."} == {
        *("plan", "build", "site")
    }
    # The library lies in this project's repository, so all else of its site tells of commits.
    drawn = (".svg", ".png", ".css", ".js")
    mine, other = (
        {name: value for name, value in digests(folder).items() if name.endswith(drawn)}
        for folder in (site, library_site)
    )
    assert mine == other


def test_what_a_plan_says_of_its_own_takes_the_place_of_the_programs(installed: Installed) -> None:
    plan = installed.folder / "own"
    shutil.copytree(LIBRARY, plan / "datapackage")
    (plan / "mkdocs.yml").write_text("site_name: 图书馆方案网\n", "utf-8")
    about = plan / "site_src" / "content" / "zh" / "about.md"
    about.parent.mkdir(parents=True)
    text = (SOURCE / "defaults" / "content" / "zh" / "about.md").read_text("utf-8")
    about.write_text(text + "\n本站由读者协会编制。\n", "utf-8")
    built = installed.run("--package", "own", "--out", "own-site", "--as-of", AS_OF.isoformat())
    assert built.returncode == 0, built.stderr
    site = Site(installed.folder / "own-site")
    assert "本站由读者协会编制。" in site.at("about/", Language.ZH).text
    assert "图书馆方案网" in site.at("", Language.ZH).text
    assert "图书馆方案网" not in site.at("about/", Language.EN).text


def test_whatever_the_program_imports_is_a_dependency_that_it_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    named = {
        canonicalize_name(Requirement(text).name) for text in [*project["dependencies"], *extras]
    }
    owners = packages_distributions()
    modules = {name for path in SOURCE.rglob("*.py") for name in _imported_by(path)}
    others = modules - {"plansite", *sys.stdlib_module_names}
    assert {"altair", "frictionless", "lxml"} < others
    unnamed = {top for top in others if named.isdisjoint(map(canonicalize_name, owners[top]))}
    assert unnamed == set()


def _imported_by(path: Path) -> Iterator[str]:
    """The first parts of the modules' names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
