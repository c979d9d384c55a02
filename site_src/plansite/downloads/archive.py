"""Files packed as ZIP, the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from plansite.model import Plan

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""


def pack(files: Iterable[tuple[str, bytes]], *, is_compressed: bool = True) -> bytes:
    """A ZIP of files by name."""
    method = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=9) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = method
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def pack_package(plan: Plan, package: Path) -> bytes:
    """The package as it stands in the repository, byte for byte, with a note on its licence."""
    names = ["datapackage.json", *(resource.path for resource in plan.info.resources)]
    files = [(name, (package / name).read_bytes()) for name in names]
    return pack([*files, ("README.md", _readme(plan).encode())])


def _readme(plan: Plan) -> str:
    info = plan.info
    licences = "\n".join(f"- {title} <{address}>" for title, address in info.licenses)
    tables = "\n".join(f"- `{r.path}` {r.title.zh} / {r.title.en}" for r in info.resources)
    parts = (
        f"# {info.title.zh}",
        info.title.en,
        info.description.zh,
        info.description.en,
        f"Version: {info.version}",
        licences,
        tables,
    )
    return "\n\n".join(parts) + "\n"
