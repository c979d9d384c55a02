"""Describes CSV files column by column, as the W3C's CSV on the Web has it.

Each file has its description beside it under the name that readers of CSVW look for; one more for
the folder of tables adds which column refers to which table.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from plansite.model import FieldInfo, Plan, ResourceInfo, urls
from plansite.model.translations import both
from plansite.output.catalogue.texts import texts
from plansite.output.downloads import VALUES, VERDICTS, Column
from plansite.output.downloads.formats.csv_format import harmless
from plansite.output.published_file import ListedFile, PublishedFile
from plansite.util.json_format import Json, json_bytes

_CONTEXT = "http://www.w3.org/ns/csvw"
_TYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date"}
"""Of Frictionless Table Schema in CSVW's words; whatever else there is stays text."""


def csvw_files(plan: Plan, files: Iterable[ListedFile]) -> Iterator[PublishedFile]:
    """A description for each CSV file, and one for all of the package's tables together."""
    tables = {urls.resource_csv(table.name): table for table in plan.info.resources}
    typed = {urls.typed_csv(table.name): table for table in plan.info.resources}
    title = both("catalogue.csvw")
    together: list[Json] = []
    for file in files:
        if not file.address.endswith(".csv"):
            continue
        table = tables.get(file.address)
        described = _table(file, table or typed.get(file.address), is_typed=file.address in typed)
        if table is not None:
            schema = {**_schema(table), "foreignKeys": _foreign_keys(table, plan)}
            together.append({**described, "tableSchema": schema})
        content = json_bytes({"@context": _CONTEXT, **described, **_licence(plan)})
        yield PublishedFile(urls.csvw(file.address), content, title, file.subject)
    group = {"@context": _CONTEXT, "tables": together, **_licence(plan)}
    yield PublishedFile(urls.CSVW_TABLES, json_bytes(group), title)


def _table(file: ListedFile, table: ResourceInfo | None, *, is_typed: bool) -> dict[str, Json]:
    name = posixpath.basename(file.address)
    codebook = urls.codebook(file.address)
    assert codebook is not None
    columns = VERDICTS if file.address == urls.VERDICTS_CSV else VALUES
    return {
        "url": name,
        "dc:title": texts(file.title),
        "foaf:page": {"@id": urls.relative(codebook, file.address)},
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": _schema(table, is_typed=is_typed)
        if table
        else {"columns": [*map(_column, columns)]},
    }


def _schema(table: ResourceInfo, *, is_typed: bool = False) -> dict[str, Json]:
    columns = [_column(field, is_typed=is_typed) for field in table.fields]
    return {"columns": columns, "primaryKey": list(table.primary_key)}


def _column(column: Column | FieldInfo, *, is_typed: bool = False) -> Json:
    described: dict[str, Json] = {
        "name": _column_name(column.name),
        # Files for spreadsheets have an apostrophe before a header that would run.
        "titles": column.name if is_typed else harmless(column.name),
        "datatype": _TYPES.get(column.type, "string"),
        "dc:title": texts(column.title),
    }
    if column.description:
        described["dc:description"] = texts(column.description)
    if isinstance(column, FieldInfo) and column.required:
        described["required"] = True
    return described


def _column_name(header: str) -> str:
    """A header as CSVW takes it for a name: all but ASCII letters, digits and ``_`` encoded.

    A ``_`` in front is kept for names of the standard's own.
    """
    return re.sub(
        "^_|[^A-Za-z0-9_]",
        lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()),
        header,
    )


def _foreign_keys(table: ResourceInfo, plan: Plan) -> list[Json]:
    """What the table's columns refer to, of the tables that are there.

    A column that may be empty has no such rule: readers of CSVW want one kept in every row.
    """
    there = {other.name for other in plan.info.resources}
    filled = {field.name for field in table.fields if field.required}
    return [
        {
            "columnReference": field,
            "reference": {"resource": f"{other}.csv", "columnReference": target},
        }
        for field, other, target in table.foreign_keys
        if other in there and field in filled
    ]


def _licence(plan: Plan) -> dict[str, Json]:
    addresses = [address for _, address in plan.info.licenses if address]
    return {"dc:license": {"@id": addresses[0]}} if addresses else {}
