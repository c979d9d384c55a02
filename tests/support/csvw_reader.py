"""Tables as the package csvw, an independent reader of CSV on the Web, finds them.

Runs in an environment of its own, ``.venv-csvw``: csvw asks for another rfc3986 than frictionless
does. Standard input is a JSON list of files or addresses, of tables or of their descriptions;
standard output a JSON list of what was found of each: the tables and every fault.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import warnings
from decimal import Decimal
from typing import Any

from csvw import CSVW


def read(address: str) -> dict[str, Any]:
    try:
        found = CSVW(address, validate=True)
        faults = [] if found.is_valid else [str(warning.message) for warning in found.warnings]
        return {"faults": faults, "tables": [*map(table_of, found.tables)]}
    except ValueError as error:
        return {"faults": [str(error)], "tables": []}


def table_of(table: Any) -> dict[str, Any]:
    """A table's columns with their types, its references, and its rows by the columns' names."""
    schema = table.tableSchema
    columns = {one.name: one.datatype and one.datatype.base for one in schema.columns}
    return {
        "columns": columns,
        "references": len(schema.foreignKeys),
        "rows": list(table.iterdicts()),
    }


def written(value: object) -> dict[str, str]:
    """A typed value that JSON has no form for."""
    if isinstance(value, Decimal):
        return {"decimal": f"{value:f}"}
    if isinstance(value, dt.date):
        return {"date": f"{value:%Y-%m-%d}"}
    raise TypeError(f"{value!r} has no form in JSON")


if __name__ == "__main__":
    warnings.simplefilter("always")  # a second file's fault counts like the first's
    json.dump([read(address) for address in json.load(sys.stdin)], sys.stdout, default=written)
