"""An engine as it is set for one build."""

from __future__ import annotations

import calendar
import datetime as dt
import importlib.metadata
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from plansite.model import Language
from plansite.model.site_settings import EngineName
from plansite.pipeline.engine.configuration import (
    CONFIGURATION,
    EngineError,
    load,
    site_address,
)
from plansite.util.checksums import digest

_ADDRESS = re.compile(r"https?://[^\s/]+/")


@dataclass(frozen=True)
class EngineFolders:
    """Where an engine works on one language."""

    docs: Path
    """The Markdown that it is to read."""
    html: Path
    """Where it writes pages, beside much that is not published."""


class Engine(ABC):
    """An engine as it is set for one build."""

    name: ClassVar[EngineName]
    lock: ClassVar[str]
    """The file of locked packages that brings it."""

    def __init__(self, root: Path, as_of: dt.date, locks: Sequence[int]) -> None:
        """Read how it is set.

        Args:
            root: the folder of the configuration files.
            as_of: the day that it writes where it would write today's.
            locks: descriptors of the locks that its runs hold too, for as long as they write.

        Raises:
            EngineError: the configuration cannot be read, or the site's address is none.
        """
        address = site_address()
        if address and not _ADDRESS.match(address):
            raise EngineError(f"SITE_URL = {address}: expected http://… or https://…")
        self.root = root
        self.locks = locks
        timestamp = calendar.timegm(as_of.timetuple())
        self.environment = _environment(timestamp)
        self.configurations = {
            side: load(root / CONFIGURATION[side], self.environment) for side in Language
        }
        version = importlib.metadata.version(self.name)
        told = f"{self.name} {version} {self.configurations} {address} {timestamp}"
        self.settings = digest(told.encode())
        """Names everything that pages rest on beside their Markdown and the program."""
        self.menu = {
            side: {file for entry in found["nav"] for file in entry.values()}
            for side, found in self.configurations.items()
        }
        """The Markdown files that the menu names, without which the engine does not run."""

    @abstractmethod
    def command(self, side: Language, place: EngineFolders) -> list[str]:
        """What makes the pages of one language; files that it wants are written first.

        Raises:
            OSError: they could not be.
        """

    def variables(self, side: Language, place: EngineFolders) -> dict[str, str]:
        """Variables that the command wants beside the common ones."""
        return {}

    def said(self, output: str) -> str:
        """What a run that failed said, for people to read."""
        return output.strip()

    def page(self, html: str) -> str:
        """A page as every engine would have written it."""
        return html


def _environment(timestamp: int) -> dict[str, str]:
    address = site_address()
    return {
        **os.environ,
        "SITE_URL": address,
        "SITE_URL_EN": f"{address}en/" if address else "",
        "SOURCE_DATE_EPOCH": str(timestamp),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
    }
