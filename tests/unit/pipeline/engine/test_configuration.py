"""The engines read one configuration, as MkDocs would, and what they make is kept apart."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import re
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from plansite.model import Bilingual, Language
from plansite.model.errors import UsageError
from plansite.model.site_settings import EngineName
from plansite.pipeline.engine import EngineError, read_configurations, read_site
from plansite.pipeline.engine.configuration import load
from tests.site.engines import engine_of
from tests.support.library_package import library_plan
from tests.support.paths import ROOT

BASE = """
site_name: 站点
address: !ENV [FIRST, SECOND, unset]
alone: !ENV ALONE
extra: { kept: 1, changed: { a: 1, b: [1, 2] } }
nav: [{ 首页: index.md }, { 数据: data.md }]
"""
HEIR = """
INHERIT: base.yml
extra: { changed: { b: [3] }, added: yes }
nav: [{ Home: index.md }]
"""


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"SECOND": "https://plan.example/"},
        {"FIRST": "", "SECOND": "unused", "ALONE": "12"},
        {"FIRST": "true", "ALONE": "2026-11-23"},
        {"FIRST": "a: b", "ALONE": "[1"},
    ],
)
def test_a_configuration_is_read_as_mkdocs_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    (tmp_path / "base.yml").write_text(BASE, "utf-8")
    (tmp_path / "heir.yml").write_text(HEIR, "utf-8")
    for name in ("FIRST", "SECOND", "ALONE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    ours = [ROOT / "mkdocs.yml", ROOT / "mkdocs.en.yml"]
    for path in (tmp_path / "base.yml", tmp_path / "heir.yml", *ours):
        with path.open("rb") as file:
            theirs = yaml_load(file)
        with monkeypatch.context() as bare:
            for name in environment:  # it is told the environment, and does not look
                bare.delenv(name)
            assert load(path, environment) == theirs


def test_what_one_engine_made_is_not_taken_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {name: engine_of(name).settings for name in EngineName}
    assert len({*settings.values()}) == len(EngineName)
    for name, said in settings.items():
        assert said != engine_of(name, dt.date(2025, 1, 1)).settings
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "another")
    for name, said in settings.items():
        assert said != engine_of(name).settings


@pytest.mark.parametrize("name", EngineName)
@pytest.mark.parametrize("address", ["no address", "plan.example", "https://", "ftp://a.example"])
def test_an_address_that_is_none_is_refused_by_both(
    monkeypatch: pytest.MonkeyPatch, name: EngineName, address: str
) -> None:
    monkeypatch.setenv("SITE_URL", address)
    with pytest.raises(UsageError, match="SITE_URL"):
        engine_of(name)


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.en.yml"])
def test_a_configuration_that_is_no_yaml_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("nav: [", "utf-8")
    with pytest.raises(EngineError, match=re.escape(name)):
        read_configurations(tmp_path, library_plan().info, {})


@pytest.mark.parametrize(
    "text",
    ["- a", "hello", "extra: x", "theme: readthedocs", "nav: 3", "nav: [a]", "nav: [{a: {b: c}}]",
     "INHERIT: 3", "INHERIT: mkdocs.yml", "a: &a [*a]", "? [a]\n: b"],
)  # fmt: skip
def test_settings_of_another_kind_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(EngineError, match="mkdocs"):
        read_configurations(tmp_path, library_plan().info, {})


def test_settings_that_are_named_and_left_empty_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("extra:\ntheme:\nnav:\n", "utf-8")
    info = library_plan().info
    found = read_configurations(tmp_path, info, {})
    (tmp_path / "mkdocs.yml").unlink()
    assert found == read_configurations(tmp_path, info, {})


def test_a_plan_without_configuration_has_its_packages_name_and_licence(tmp_path: Path) -> None:
    info = library_plan().info
    found = read_configurations(tmp_path, info, {})
    for language, settings in found.items():
        assert settings["site_name"] == info.title[language]
        assert settings["site_description"] == info.description[language]
        [(name, address), *_] = info.licenses
        assert settings["extra"]["licence"] == {"name": name, "url": address}
        assert settings["theme"]["language"] == language
    assert list(found[Language.ZH]["nav"][0]) == ["首页"]
    assert list(found[Language.EN]["nav"][0]) == ["Home"]


def test_what_a_plan_says_once_holds_for_both_languages(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 名称\nextra: { organisation: 示例局 }\n", "utf-8"
    )
    (tmp_path / "mkdocs.en.yml").write_text("extra: { contact: us@plan.example }\n", "utf-8")
    info = library_plan().info
    site = read_site(read_configurations(tmp_path, info, {}))
    assert site.name == Bilingual("名称", info.title.en)
    assert site.organisation == Bilingual("示例局", "示例局")
    assert site.contact == Bilingual("", "us@plan.example")


@pytest.mark.parametrize("file", ["mkdocs.yml", "mkdocs.en.yml"])
def test_who_runs_a_site_has_a_name_in_both_languages(tmp_path: Path, file: str) -> None:
    (tmp_path / "mkdocs.en.yml").write_text('extra: { organisation: "" }', "utf-8")
    (tmp_path / file).write_text("extra: { organisation: 示例局 }", "utf-8")
    site = read_site(read_configurations(tmp_path, library_plan().info, {}))
    assert site.organisation == Bilingual("示例局", "示例局")


@pytest.mark.parametrize("typed", ["https://码.例/组/库", " HTTPS://码.例:443/组/库/ "])
def test_every_file_of_a_site_has_its_addresses_in_one_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    address = "https://xn--d8y.xn--fsq/%E7%BB%84/%E5%BA%93"
    monkeypatch.setenv("SITE_URL", typed)
    (tmp_path / "mkdocs.yml").write_text(f"extra: {{ repository: '{typed}' }}", "utf-8")
    found = read_configurations(tmp_path, library_plan().info, {})
    site = read_site(found)
    assert (site.address, site.repository) == (f"{address}/", address)
    assert [settings["site_url"] for settings in found.values()] == [
        f"{address}/",
        f"{address}/en/",
    ]


@pytest.mark.parametrize("name", ["SITE_URL", "REPOSITORY_URL"])
def test_an_address_that_is_refused_gives_no_password_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    typed = "https://me:secret@plan.example/"
    monkeypatch.setenv(name, typed)
    with pytest.raises(UsageError) as refused:
        read_configurations(tmp_path, library_plan().info, {name: typed})
    assert refused.value.values["name"] == name
    assert "secret" not in str(refused.value.values)


@pytest.mark.parametrize("text", ["a\\x01b", "\\uFFFF", "\\u202Eb", "\\x0B", "\\u2028", "\\uD800"])
def test_a_setting_with_signs_that_nobody_sees_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f'extra: {{organisation: "{text}"}}', "utf-8")
    with pytest.raises(UsageError) as refused:
        read_site(read_configurations(tmp_path, library_plan().info, {}))
    assert refused.value.values["name"] == "organisation"
    assert str(refused.value.values["typed"]).isprintable()
