"""The configuration of both engines, read without either.

What it says is MkDocs's to define: ``INHERIT`` names the file that one changes, and ``!ENV`` takes
a value from the environment. It is put together from the program's own files and from those that
stand beside a plan's data package.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from plansite.model import Bilingual, Language, urls
from plansite.model.errors import BuildError, UsageError
from plansite.model.formatting import clean, has_unseen
from plansite.model.package_info import PackageInfo
from plansite.model.site_settings import Site
from plansite.model.urls.web_address import parse_web_address
from plansite.util.program_files import DEFAULTS

CONFIGURATION = {Language.ZH: "mkdocs.yml", Language.EN: "mkdocs.en.yml"}
_INHERIT = "INHERIT"
_KINDS: Mapping[str, type] = {"extra": dict, "theme": dict, "nav": list}
"""Settings of several parts."""

Settings = dict[str, Any]
Configurations = Mapping[Language, Settings]


class EngineError(BuildError):
    """An engine that cannot be run as it is set, or whose run failed, with what it said."""

    def __init__(self, details: str) -> None:
        super().__init__("cli.engine_failed", details)


def load(path: Path, environment: Mapping[str, str]) -> Settings:
    """A configuration with all that it inherits and takes from the environment.

    Raises:
        EngineError: it is no YAML, or has tags that only plugins know.
    """

    class Loader(yaml.SafeLoader):
        """YAML that knows this environment."""

    Loader.add_constructor("!ENV", partial(_from_environment, environment))
    try:
        settings: Settings = yaml.load(path.read_text("utf-8"), Loader) or {}  # noqa: S506 - safe
    except (yaml.YAMLError, ValueError) as error:  # the second: no UTF-8
        raise EngineError(f"{path.name}: {error}") from error
    if not isinstance(settings, dict):
        raise EngineError(f"{path.name}: site_name: …")
    inherited = settings.pop(_INHERIT, None)
    if inherited is None:
        return settings
    if not isinstance(inherited, str):
        raise EngineError(f"{path.name}: {_INHERIT}: mkdocs.yml")
    return _changed(load(path.parent / inherited, environment), settings)


def read_configurations(
    own: Path, package: PackageInfo, environment: Mapping[str, str]
) -> Configurations:
    """How the engine is set for a plan in each language.

    Later ones change what earlier ones say: the program's ``mkdocs.yml``, what the package says of
    itself, the plan's ``mkdocs.yml``; in English then the same three once more by their English
    names, so that what a plan says once, such as who runs its site, holds for both languages.

    Args:
        own: the folder in which the plan may have configuration files of its own.
        package: what the package says of itself.
        environment: where ``!ENV`` looks.

    Raises:
        EngineError: a file is no YAML, or has tags that only plugins know.
        UsageError: an address in it is none.
    """
    settings: Settings = {}
    found: dict[Language, Settings] = {}
    for language in Language:
        settings = _changed(settings, load(DEFAULTS / CONFIGURATION[language], environment))
        settings = _changed(settings, _settings_from(package, language))
        settings = _changed(settings, _load_own(own / CONFIGURATION[language], environment))
        settings = _changed(settings, _addresses(settings, language))
        found[language] = settings
    return found


def _addresses(settings: Settings, language: Language) -> Settings:
    """The addresses of the site and its repository, as every file of the site can hold them."""
    site = site_address()
    repository = str((settings.get("extra") or {}).get("repository") or "")
    return {
        "site_url": site and site + urls.localized(urls.HOME, language),
        "extra": {"repository": _web_address(repository, "REPOSITORY_URL")},
    }


def _load_own(path: Path, environment: Mapping[str, str]) -> Settings:
    """What a plan sets, of the kind that the program's own settings are of.

    Raises:
        EngineError: it is of another kind, or leads in a circle.
    """
    if not path.is_file():
        return {}
    try:
        own = load(path, environment)
        json.dumps(own, default=str)
    except (RecursionError, TypeError, ValueError) as error:
        raise EngineError(f"{path.name}: {error}") from None
    for key, kind in _KINDS.items():
        if own.get(key) is None:
            own.pop(key, None)  # named, and nothing said
        elif not isinstance(own[key], kind):
            raise EngineError(f"{path.name}: {key}: {own[key]!r}")
    for entry in own.get("nav", []):
        if not isinstance(entry, dict) or not all(isinstance(page, str) for page in entry.values()):
            raise EngineError(f"{path.name}: nav: {entry!r}")
    return own


def _settings_from(package: PackageInfo, language: Language) -> Settings:
    """What the package says of itself, in the place of what its maintainers would set."""
    licence = None
    if package.licenses:
        name, address = package.licenses[0]
        licence = {"name": name, "url": address}
    return {
        "site_name": package.title[language],
        "site_description": package.description[language],
        "extra": {"licence": licence},
    }


def _from_environment(
    environment: Mapping[str, str], loader: yaml.SafeLoader, node: yaml.Node
) -> object:
    """The first of the named variables that is set, else the last entry of the list."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
    else:
        assert isinstance(node, yaml.ScalarNode)
        names, default = [loader.construct_scalar(node)], None
    for name in names:
        if name in environment:
            value = environment[name]
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return default


def _changed(settings: Settings, changes: Settings) -> Settings:
    """Mappings are changed key by key; all else, lists too, is replaced as a whole."""
    found = dict(settings)
    for key, value in changes.items():
        before = found.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            found[key] = _changed(before, value)
        else:
            found[key] = value
    return found


def read_site(configurations: Configurations) -> Site:
    """What the configuration of both languages says of the site.

    Raises:
        UsageError: a text has signs that nobody sees; no feed can hold them.
    """
    zh, en = (_texts(configurations[language]) for language in Language)

    def both(key: str) -> Bilingual:
        """A setting in both languages."""
        return Bilingual(zh.get(key, ""), en.get(key, ""))

    maker = both("organisation")
    return Site(
        name=both("site_name"),
        description=both("site_description"),
        disclaimer=both("disclaimer"),
        organisation=Bilingual(maker.zh or maker.en, maker.en or maker.zh),
        contact=both("contact"),
        repository=zh.get("repository", ""),
        address=site_address(),
    )


def _texts(settings: Settings) -> dict[str, str]:
    """What is set as a text, the engine's own settings and ours side by side."""
    found = settings | (settings.get("extra") or {})
    texts = {key: str(value) for key, value in found.items() if isinstance(value, str | int)}
    for key, text in texts.items():
        if has_unseen(text):
            raise UsageError("cli.unseen_setting", name=key, typed=clean(text))
    return texts


def site_address() -> str:
    """The published site's address with a closing slash; empty where none is set.

    Raises:
        UsageError: what is set is no address that a site can have.
    """
    address = _web_address(os.environ.get("SITE_URL", ""), "SITE_URL")
    return address and f"{address}/"


def _web_address(text: str, name: str) -> str:
    """An address that the operator set; empty where none is."""
    if not text.strip():
        return ""
    try:
        return parse_web_address(text)
    except ValueError:
        shown = re.sub("//[^/]*@", "//…@", text)  # a password is nobody's business
        raise UsageError("cli.bad_web_address", name=name, typed=shown) from None
