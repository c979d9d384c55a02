"""The package as one file."""

from __future__ import annotations

from pathlib import Path

from plansite.model import Plan
from plansite.packing import pack


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
