"""The package as one file."""

from __future__ import annotations

import json
import posixpath
from typing import Any

from plansite.data.package import FILE_NAME, PackageSnapshot
from plansite.model import Plan, urls
from plansite.util.json_format import indented
from plansite.util.zip_archive import pack


def pack_package(plan: Plan, package: PackageSnapshot) -> bytes:
    """The package as it stands in the repository, byte for byte, with a note on its licence."""
    return pack([*package.contents().items(), ("README.md", _readme(plan).encode())])


def published_descriptor(plan: Plan, package: PackageSnapshot) -> bytes:
    """The descriptor, for the tables as they are published beside it.

    It is the package's own, byte for byte, where that names the files so; otherwise paths are those
    of the published files, and what it says of the package's own bytes is left out.
    """
    content = package.content(FILE_NAME)
    descriptor = json.loads(content.decode("utf-8-sig"))
    own = {table.name for table in plan.info.resources}
    described = [
        _as_published(resource) if resource["name"] in own else resource
        for resource in descriptor["resources"]
    ]
    if described == descriptor["resources"]:
        return content
    return indented({**descriptor, "resources": described})


def _as_published(resource: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in resource.items() if key not in ("bytes", "hash")}
    return {**kept, "path": posixpath.basename(urls.resource_csv(resource["name"]))}


def _readme(plan: Plan) -> str:
    info = plan.info
    licences = "\n".join(
        f"- {title} <{address}>" if address else f"- {title}" for title, address in info.licenses
    )
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
