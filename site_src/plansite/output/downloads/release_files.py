"""A release as files: the tables as they were, with checksums."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.data.history.releases import Release
from plansite.model import urls
from plansite.util.checksums import digest, write_checksums
from plansite.util.json_format import indented
from plansite.util.zip_archive import pack

FORMAT = 1
"""Goes up when a field of a release's manifest changes its meaning or goes."""


def release_files(release: Release) -> Iterator[tuple[str, bytes]]:
    """Every file of a release by its address, the same bytes in every build.

    Its ``SHA256SUMS`` lists the others by their names within the release.
    """
    folder = urls.release(release.date)
    files = dict(release.files)
    # Stored, not compressed: what a compressor makes of it differs from version to version.
    files[urls.RELEASE_ZIP] = pack(release.files, is_compressed=False)
    files[urls.MANIFEST] = _manifest(release)
    sums = write_checksums({name: digest(content) for name, content in files.items()})
    for name, content in {**files, urls.CHECKSUMS: sums}.items():
        yield f"{folder}{name}", content


def _manifest(release: Release) -> bytes:
    day = release.commit.day
    content = {
        "format": FORMAT,
        "date": release.date.isoformat(),
        "tag": release.tag,
        "commit": {"id": release.commit.id, "date": day.isoformat() if day else None},
        "data": {"name": release.name, "version": release.version},
        "files": [
            {"path": path, "bytes": len(content), "sha256": digest(content)}
            for path, content in release.files
        ],
    }
    return indented(content)
