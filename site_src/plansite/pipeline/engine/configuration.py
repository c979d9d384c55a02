"""The configuration of both engines, read without either.

What it says is MkDocs's to define: ``INHERIT`` names the file that one changes, and ``!ENV`` takes
a value from the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from plansite.model import Bilingual, Language
from plansite.model.site_settings import Site

CONFIGURATION = {Language.ZH: "mkdocs.yml", Language.EN: "mkdocs.en.yml"}
_INHERIT = "INHERIT"

Settings = dict[str, Any]


class EngineError(Exception):
    """An engine that cannot be run as it is set, or whose run failed, with what it said."""


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
    except yaml.YAMLError as error:
        raise EngineError(f"{path.name}: {error}") from error
    inherited = settings.pop(_INHERIT, None)
    if inherited is None:
        return settings
    return _changed(load(path.parent / inherited, environment), settings)


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


def read_site(root: Path) -> Site:
    """What the operator says of the site in the configuration of both languages.

    Raises:
        EngineError: it cannot be read.
    """
    zh, en = (_texts(load(root / CONFIGURATION[side], os.environ)) for side in Language)

    def both(key: str) -> Bilingual:
        return Bilingual(zh.get(key, ""), en.get(key, ""))

    return Site(
        name=both("site_name"),
        description=both("site_description"),
        disclaimer=both("disclaimer"),
        organisation=both("organisation"),
        contact=both("contact"),
        repository=zh.get("repository", ""),
        address=site_address(),
    )


def _texts(settings: Settings) -> dict[str, str]:
    """What is set as a text, the engine's own settings and ours side by side."""
    found = settings | (settings.get("extra") or {})
    return {key: str(value) for key, value in found.items() if isinstance(value, str | int)}


def site_address() -> str:
    """The published site's address with a closing slash; empty where none is set."""
    address = os.environ.get("SITE_URL", "").strip()
    return f"{address.rstrip('/')}/" if address else ""
