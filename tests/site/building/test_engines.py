"""Whichever engine makes the pages, the site is the same to the byte.

But for the manifest, which names the engine, and the manifest's checksum.
"""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from plansite.analysis.publication import publish
from plansite.model import Language, urls
from plansite.model.site_settings import EngineName
from plansite.output.pages import Page, generate_pages
from plansite.pipeline.engine import EngineError, EngineFolders, start_engine
from plansite.pipeline.render_pages import start_rendering
from plansite.util.files import write_bytes
from plansite.util.result_cache import ResultCache
from plansite.util.steps import run_to_end
from tests.site.command import ENGINE, build, clean_environment, digests, run
from tests.site.engines import engine_of
from tests.site.program_folder import make_program
from tests.support.library_package import AS_OF, LIBRARY, library_plan

[OTHER] = set(EngineName) - {ENGINE}
"""The one that the other tests' sites are not made by."""

Html = dict[Language, dict[str, str]]


def _assert_same(site: Path, other: Path) -> None:
    """Assert that two sites are the same but for what made their pages."""
    one, two = digests(site), digests(other)
    assert one.keys() == two.keys()
    assert {name for name in one if one[name] != two[name]} == {"manifest.json", "SHA256SUMS"}
    told, told_other = (
        json.loads((it / "manifest.json").read_text("utf-8")) for it in (site, other)
    )
    assert told["made_with"].pop(ENGINE) == importlib.metadata.version(ENGINE)
    assert told_other["made_with"].pop(OTHER) == importlib.metadata.version(OTHER)
    assert told == told_other


def test_the_other_engine_makes_the_librarys_site_the_same(
    library_site: Path, tmp_path: Path
) -> None:
    other = build(tmp_path / "site", "--package", LIBRARY, "--engine", OTHER)
    _assert_same(library_site, other)


def test_the_other_engine_makes_the_real_site_the_same(real_site: Path, tmp_path: Path) -> None:
    _assert_same(real_site, build(tmp_path / "site", "--engine", OTHER))


def _render(name: EngineName, pages: Sequence[Page], work: Path, cache: ResultCache | None) -> Html:
    """Pages through an engine, as a build does it."""
    for page in pages:
        write_bytes(
            work / "docs" / page.language / urls.page_file(page.address), page.text.encode()
        )
    engine = engine_of(name)
    rendering = start_rendering(engine, [page.head for page in pages], work, cache)
    run_to_end(rendering.wait())
    return {side: dict(rendering.pages(side)) for side in Language}


def test_the_extensions_that_material_brings_have_no_part_in_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their version follows Python's in the lock; the pages must not."""
    publication = publish(library_plan(), AS_OF, [])
    pages = [page for side in Language for page in generate_pages(publication, side)]
    found = _render(EngineName.MKDOCS, pages, tmp_path / "work", None)
    (tmp_path / "pymdownx").mkdir()
    (tmp_path / "pymdownx" / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert _render(EngineName.MKDOCS, pages, tmp_path / "work", None) == found
    with pytest.raises(EngineError, match="ImportError"):
        _render(EngineName.ZENSICAL, pages, tmp_path / "work", None)


def test_pages_whose_kept_results_go_during_the_build_are_made_after_all(tmp_path: Path) -> None:
    """Whoever empties ``build/cache`` while a build is under way gets the same site."""
    publication = publish(library_plan(), AS_OF, [])
    pages = [page for side in Language for page in generate_pages(publication, side)]
    work, cache = tmp_path / "work", tmp_path / "cache"
    found = _render(EngineName.MKDOCS, pages, work, ResultCache(cache, ""))
    engine = engine_of(EngineName.MKDOCS)
    rendering = start_rendering(engine, [page.head for page in pages], work, ResultCache(cache, ""))
    run_to_end(rendering.wait())
    told = rendering.pages(Language.ZH)
    first = dict([next(told)])
    shutil.rmtree(cache)
    assert first | dict(told) == found[Language.ZH]
    assert dict(rendering.pages(Language.EN)) == found[Language.EN]


def test_what_zensical_makes_bit_by_bit_is_what_mkdocs_makes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A site that knows its address names it on every page.
    monkeypatch.setenv("SITE_URL", "https://plan.example/library")
    publication = publish(library_plan(), AS_OF, [])
    pages = [
        dataclasses.replace(page, body=f"{page.body}\n\nA last word & “more” / 'less'.\n")
        for side in Language
        for page in generate_pages(publication, side)
    ]
    # An earlier build kept all pages but two that changed since, one of either language.
    changed = {(Language.ZH, "about/"), (Language.EN, "tasks/t1/")}
    before = [
        dataclasses.replace(page, body=page.body.replace("A last word", "Another"))
        if (page.language, page.address) in changed
        else page
        for page in pages
    ]
    work, cache = tmp_path / "work", ResultCache(tmp_path / "cache", "")
    _render(EngineName.ZENSICAL, before, work, cache)
    found = _render(EngineName.ZENSICAL, pages, work, cache)
    read = [*(work / "engine" / Language.EN).rglob("*.md")]
    assert 0 < len(read) < len(pages) / 4
    assert "A last word" in found[Language.EN]["tasks/t1/index.html"]
    # MkDocs is offered the same store, and takes nothing that it did not make.
    assert found == _render(EngineName.MKDOCS, pages, work, cache)
    assert len([*(work / "engine" / Language.EN).rglob("index.html")]) == len(pages) / 2


def _made(name: EngineName, folder: Path, text: str) -> str:
    """The about page, with a text, among others, as an engine makes it."""
    engine = engine_of(name)
    place = EngineFolders(folder / "docs", folder / "html", folder / "mkdocs.yml")
    for file in engine.menu[Language.EN]:
        write_bytes(place.docs / file, b"---\ntitle: Page\n---\n\n# Page\n")
    write_bytes(place.docs / "about/index.md", f"---\ntitle: About\n---\n\n{text}\n".encode())
    run_to_end(start_engine(engine, {Language.EN: place}).wait())
    return engine.page((place.html / "about/index.html").read_text("utf-8"))


@pytest.mark.parametrize("name", EngineName)
def test_a_link_that_leads_nowhere_stops_either_engine(tmp_path: Path, name: EngineName) -> None:
    with pytest.raises(EngineError) as caught:
        _made(name, tmp_path, "[Astray](nowhere.md)")
    said = str(caught.value)
    assert said.startswith(f"{name} (en):")
    assert "about/index.md" in said
    assert "nowhere.md" in said
    assert "Traceback" not in said
    assert "\x1b" not in said


@pytest.mark.parametrize("name", EngineName)
def test_a_link_to_what_a_figure_will_bring_stops_neither(tmp_path: Path, name: EngineName) -> None:
    text = "[Chart](#in-figure) [Another](../tasks/index.md#in-figure)\n\n<!-- figure chart -->"
    assert "<!-- figure chart -->" in _made(name, tmp_path, text)


def test_a_page_of_any_length_is_made(tmp_path: Path) -> None:
    # Zensical's own search takes some 32,000 words of a page, and stopped the run over more.
    words = " ".join(f"word{number}" for number in range(40_000))
    assert "word39999" in _made(EngineName.ZENSICAL, tmp_path, words)


@pytest.mark.parametrize("verb", ["build", "serve"])
@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "没有安装 zensical"), ("en", "zensical is not installed")]
)
def test_an_engine_that_is_not_installed_is_named_with_what_installs_it(
    tmp_path: Path, verb: str, lang: str, told: str
) -> None:
    hidden = "import sys\nsys.modules['zensical'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(hidden, "utf-8")
    finished = run(verb, "--engine", "zensical", "--lang", lang, PYTHONPATH=str(tmp_path))
    assert (finished.returncode, finished.stdout) == (2, "")
    [line] = finished.stderr.splitlines()
    assert told in line
    assert "pip install -r requirements-zensical.lock" in line


def test_the_engine_can_be_run_alone_on_what_a_build_leaves(tmp_path: Path) -> None:
    program = make_program(tmp_path / "program")
    program.build()
    [docs] = (program.root / "build").glob("site-*/docs")
    for language, name in {Language.ZH: "指标", Language.EN: "Indicators"}.items():
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", f"mkdocs.{language}.yml"]
        subprocess.run(command, cwd=docs, env=clean_environment(), check=True, timeout=60)
        page = (docs / f"html-{language}" / "indicators" / "index.html").read_text("utf-8")
        assert name in page
