"""The site engine: Markdown in, HTML out. The only module that knows MkDocs.

Each language is one run with its own search index; the runs stand side by side as processes.
"""

from __future__ import annotations

import importlib.resources
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from mkdocs.utils.yaml import yaml_load

from plansite.model import Bilingual, Language
from plansite.site import Site

_COMMAND = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file")
CONFIGURATION = {Language.ZH: "mkdocs.yml", Language.EN: "mkdocs.en.yml"}


class EngineError(Exception):
    """An engine run that failed, with what it said."""

    def __init__(self, language: Language, output: str) -> None:
        super().__init__(f"mkdocs ({language}):\n{output}")


def read_site(root: Path) -> Site:
    """What the operator says of the site in the engine's configuration of both languages."""
    zh, en = (_read_configuration(root / CONFIGURATION[side]) for side in Language)

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


def _read_configuration(path: Path) -> dict[str, str]:
    """What is set as a text, the engine's own settings and ours side by side."""
    with path.open("rb") as file:
        content = yaml_load(file)
    settings = content | (content.get("extra") or {})
    return {key: str(value) for key, value in settings.items() if isinstance(value, str | int)}


def theme_style() -> str:
    """The style sheet of the engine's theme."""
    folder = importlib.resources.files("material") / "templates" / "assets" / "stylesheets"
    [sheet] = [file for file in folder.iterdir() if re.fullmatch(r"main\.\w+\.min\.css", file.name)]
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", sheet.read_text("utf-8"))


def site_address() -> str:
    """The published site's address with a closing slash; empty where none is set."""
    address = os.environ.get("SITE_URL", "").strip()
    return f"{address.rstrip('/')}/" if address else ""


class EngineRun:
    """Both languages' runs, under way at once; the caller can do other work meanwhile."""

    def __init__(self, root: Path, sites: Mapping[Language, Path], timestamp: int) -> None:
        """Start the runs.

        Args:
            root: the folder of the configuration files; the Markdown trees stand in it already.
            sites: where each language's HTML goes; emptied first.
            timestamp: seconds since 1970, written where the engine would write the present time.
        """
        environment = _environment(timestamp)
        self._runs = {
            language: subprocess.Popen(  # noqa: S603 - our own command
                [*_COMMAND, CONFIGURATION[language], "--site-dir", str(site.resolve())],
                cwd=root,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
            )
            for language, site in sites.items()
        }

    def finish(self) -> None:
        """Wait for both runs.

        Raises:
            EngineError: a run failed or warned, for instance of a broken link.
        """
        outputs = {language: run.communicate()[0] for language, run in self._runs.items()}
        for language, run in self._runs.items():
            if run.returncode != 0:
                raise EngineError(language, outputs[language].strip())


def _environment(timestamp: int) -> dict[str, str]:
    address = site_address()
    return {
        **os.environ,
        "SITE_URL": address,
        "SITE_URL_EN": f"{address}en/" if address else "",
        "SOURCE_DATE_EPOCH": str(timestamp),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        # The off switch that the theme's own notice about its future names.
        "NO_MKDOCS_2_WARNING": "1",
    }
