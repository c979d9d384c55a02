"""Which cells of a sheet are merged.

Read from the sheet's own XML: openpyxl does not know it of a sheet that it reads row by row.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import range_boundaries

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
MOST_MERGES = 10_000
"""Each is reported and looked up in every row: a sheet of nothing but merges would take hours."""


@dataclass(frozen=True)
class Merge:
    """A range of merged cells."""

    ref: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def columns(self) -> range:
        """The columns that it covers, counted from 1."""
        return range(self.first_column, self.last_column + 1)


def merges_of(content: bytes, page: Any) -> list[Merge]:
    """The merged cells of a sheet, from the top.

    Raises:
        ValueError: there are more than anybody makes.
    """
    path = str(page._worksheet_path)  # openpyxl has no public name for the sheet's XML
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(path.lstrip("/"))
    refs = [match[1].decode("ascii") for match in _MERGE.finditer(text)]
    if len(refs) > MOST_MERGES:
        raise ValueError(f"{page.title}: {len(refs)} merged cells")
    return sorted(map(_merge, refs), key=_first_cell)


def _merge(ref: str) -> Merge:
    left, top, right, bottom = range_boundaries(ref)
    assert left and top and right and bottom
    return Merge(ref, top, bottom, left, right)


def _first_cell(merge: Merge) -> tuple[int, int]:
    return merge.first_row, merge.first_column
