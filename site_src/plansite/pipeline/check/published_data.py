"""Checks a built site's data against the data of the site that is published."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from plansite.analysis.changes.published_rows import check_published_rows
from plansite.data.package import PackageSnapshot
from plansite.model import urls
from plansite.model.errors import UsageError
from plansite.model.problems import blockers
from plansite.pipeline.check.faults import SiteFault
from plansite.pipeline.check.published_site import MAX_BYTES, PublishedSite
from plansite.util.zip_archive import unpack


def check_published_data(site: Path, earlier: PublishedSite) -> Iterator[SiteFault] | None:
    """Every published row that the built site changes without a correction.

    It asks of the site what ``validate --against`` asks of a revision: a history that was written
    anew, or an edit that nobody reviewed, is found all the same.

    Returns:
        ``None`` where the earlier site's package is not to be had.

    Raises:
        UsageError: it is had and cannot be read.
    """
    before = earlier.content(urls.PACKAGE_ZIP)
    if before is None or not (site / urls.PACKAGE_ZIP).is_file():
        return None
    old = _snapshot(before, f"{earlier.name.rstrip('/')}/{urls.PACKAGE_ZIP}")
    new = _snapshot((site / urls.PACKAGE_ZIP).read_bytes(), urls.PACKAGE_ZIP)
    problems = check_published_rows(old.raw, new.raw, earlier.name)
    return (
        SiteFault("published-data", urls.PACKAGE_ZIP, problem) for problem in blockers(problems)
    )


def _snapshot(content: bytes, name: str) -> PackageSnapshot:
    try:
        files = unpack(content, MAX_BYTES)
    except (zipfile.BadZipFile, ValueError) as error:
        raise UsageError("cli.previous_unreachable", previous=name, reason=error) from None
    return PackageSnapshot(Path(urls.PACKAGE_ZIP), files)
