"""The package as one file."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.data.package import FILE_NAME, PackageSnapshot
from plansite.data.package.published_descriptor import generate_descriptor
from plansite.model import Plan, urls
from plansite.util.json_format import indented
from plansite.util.zip_archive import pack


def pack_package(plan: Plan, package: PackageSnapshot) -> bytes:
    """The package as one file: its tables byte for byte, with a note on its licence.

    Its descriptor is the package's own, byte for byte, where that says all that others need, how
    tables are written included; else it is generated from what was read.
    """
    files = {**package.contents(), FILE_NAME: _packed_descriptor(package)}
    return pack([*files.items(), ("README.md", _readme(plan).encode())])


def published_descriptor(package: PackageSnapshot, addresses: Mapping[str, str]) -> bytes:
    """The descriptor of the tables as they are published beside it, from what was read.

    Args:
        package: what was read.
        addresses: of the file that holds each table as typed, by table.
    """
    descriptor = package.descriptor
    assert descriptor is not None
    beside = {name: path.removeprefix(urls.DOWNLOADS) for name, path in addresses.items()}
    return indented(generate_descriptor(descriptor, beside))


def _packed_descriptor(package: PackageSnapshot) -> bytes:
    descriptor = package.descriptor
    assert descriptor is not None
    generated = generate_descriptor(descriptor)
    is_enough = generated == descriptor.content
    return package.content(FILE_NAME) if is_enough else indented(generated)


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
        f"Version: {info.version}" if info.version else "",
        licences,
        tables,
    )
    return "\n\n".join(filter(None, parts)) + "\n"
