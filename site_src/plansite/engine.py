"""The site engine: Markdown in, HTML out. The only module that knows MkDocs.

Each language is one run with its own search index; the runs stand side by side as processes.
"""

from __future__ import annotations

import calendar
import datetime as dt
import importlib.resources
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from plansite.model import Bilingual, Language
from plansite.site import Site
from plansite.writing import failure_said

_COMMAND = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file")
_TREE = {Language.ZH: "PLANSITE_DOCS_ZH", Language.EN: "PLANSITE_DOCS_EN"}
"""Variables that the configuration takes the folder of Markdown from."""
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


def _load(path: Path) -> dict[str, Any]:
    """A configuration with all that it inherits and takes from the environment."""
    with path.open("rb") as file:
        content: dict[str, Any] = yaml_load(file)
    return content


def _read_configuration(path: Path) -> dict[str, str]:
    """What is set as a text, the engine's own settings and ours side by side."""
    content = _load(path)
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


class Engine:
    """The engine as it is set for one build."""

    def __init__(self, root: Path, as_of: dt.date, locks: Sequence[int]) -> None:
        """Read how it is set.

        Args:
            root: the folder of the configuration files.
            as_of: the day that it writes where it would write today's.
            locks: descriptors of the locks that its runs hold too, for as long as they write.
        """
        self.root = root
        self.locks = locks
        configurations = {side: _load(root / CONFIGURATION[side]) for side in Language}
        timestamp = calendar.timegm(as_of.timetuple())
        self.environment = _environment(timestamp)
        self.settings = f"{configurations} {site_address()} {timestamp}"
        """Names everything that pages rest on beside their Markdown and the program."""
        self.menu = {
            side: {file for entry in found["nav"] for file in entry.values()}
            for side, found in configurations.items()
        }
        """The Markdown files that the menu names, without which the engine does not run."""


class EngineRun:
    """One run for each language, under way at once; the caller can do other work meanwhile."""

    def __init__(
        self, engine: Engine, trees: Mapping[Language, Path], sites: Mapping[Language, Path]
    ) -> None:
        """Start the runs.

        Args:
            engine: how it is set.
            trees: the Markdown of each language that is to be run.
            sites: where each of these languages' HTML goes; emptied first.
        """
        self._sites = sites
        self._runs = {
            side: subprocess.Popen(  # noqa: S603 - our own command
                [*_COMMAND, CONFIGURATION[side], "--site-dir", str(sites[side].resolve())],
                cwd=engine.root,
                env=engine.environment | {_TREE[side]: str(tree.resolve())},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                pass_fds=engine.locks,
            )
            for side, tree in trees.items()
        }

    def finish(self) -> None:
        """Wait for the runs.

        Raises:
            EngineError: a run failed or warned, for instance of a broken link.
            OSError: a run could not write.
        """
        outputs = {language: run.communicate()[0] for language, run in self._runs.items()}
        for language, run in self._runs.items():
            if run.returncode != 0:
                failure = failure_said(outputs[language], self._sites[language])
                if failure is not None:
                    raise failure
                raise EngineError(language, outputs[language].strip())

    def close(self) -> None:
        """End what still runs, so that it writes into no later build's folders."""
        for run in self._runs.values():
            if run.poll() is None:
                run.kill()
                run.communicate()


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
