"""An engine as it is set for one build."""

from __future__ import annotations

import calendar
import datetime as dt
import importlib.metadata
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from plansite.model import Language
from plansite.model.site_settings import EngineName
from plansite.pipeline.engine.configuration import (
    Configurations,
    Settings,
    site_address,
)
from plansite.util.checksums import digest
from plansite.util.files import write_bytes
from plansite.util.program_files import THEME


@dataclass(frozen=True)
class EngineFolders:
    """Where an engine works on one language."""

    docs: Path
    """The Markdown that it is to read."""
    html: Path
    """Where it writes pages, beside much that is not published."""
    configuration: Path
    """The file that says so; all three lie in one folder."""


class Engine(ABC):
    """An engine as it is set for one build."""

    name: ClassVar[EngineName]
    lock: ClassVar[str]
    """The file of locked packages that brings it."""

    def __init__(
        self,
        configurations: Configurations,
        environment: Mapping[str, str],
        locks: Sequence[int],
    ) -> None:
        """Set it.

        Args:
            configurations: how it is set in each language.
            environment: what its runs find in their environment, see :func:`engine_environment`.
            locks: descriptors of the locks that its runs hold too, for as long as they write.
        """
        self.configurations = configurations
        self.environment = environment
        self.locks = locks
        version = importlib.metadata.version(self.name)
        address, timestamp = environment["SITE_URL"], environment["SOURCE_DATE_EPOCH"]
        described = f"{self.name} {version} {self.configurations} {address} {timestamp}"
        self.settings = digest(described.encode())
        """Names everything that pages rest on beside their Markdown and the program."""
        self.menu = {
            language: {file for entry in found["nav"] for file in entry.values()}
            for language, found in self.configurations.items()
        }
        """The Markdown files that the menu names, without which the engine does not run."""

    @abstractmethod
    def command(self, configuration: Path) -> list[str]:
        """What makes the pages of one language, as a configuration file says."""

    def write_configuration(self, language: Language, folders: EngineFolders) -> None:
        """Write the configuration for one language and its folders, as JSON, which is YAML too.

        Raises:
            OSError: it could not be written.
        """
        found = self.configurations[language]
        settings = found | {
            "docs_dir": self.path_in_configuration(folders.docs),
            "site_dir": self.path_in_configuration(folders.html),
            "theme": found["theme"] | {"custom_dir": f"{THEME}"},
        }
        settings |= self.more_settings(settings)
        content = json.dumps(settings, ensure_ascii=False, default=str)
        write_bytes(folders.configuration, content.encode())

    def path_in_configuration(self, folder: Path) -> str:
        """How the configuration names a folder."""
        return f"{folder}"

    def more_settings(self, settings: Settings) -> Settings:
        """What this engine wants to be set otherwise."""
        return {}

    def said(self, output: str) -> str:
        """What a run that failed said, for people to read."""
        return output.strip()

    def page(self, html: str) -> str:
        """A page as every engine would have written it."""
        return html


def engine_environment(as_of: dt.date) -> dict[str, str]:
    """The environment in which an engine makes the same pages at any time and place.

    Args:
        as_of: the day that it writes where it would write today's.

    Raises:
        UsageError: the site's address is none.
    """
    address = site_address()
    timestamp = calendar.timegm(as_of.timetuple())
    return {
        **os.environ,
        "SITE_URL": address,
        "SITE_URL_EN": f"{address}en/" if address else "",
        "SOURCE_DATE_EPOCH": str(timestamp),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",  # the off switch that the theme's notice of its end names
    }
