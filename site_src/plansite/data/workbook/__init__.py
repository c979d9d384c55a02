"""Excel workbooks and CSV files that people fill in: read, and merged into the package."""

from plansite.data.workbook.merge_rows import Merged, merge
from plansite.data.workbook.reading import read_handed_file
from plansite.data.workbook.sheets import (
    PackageError,
    Sheet,
    sheets_of,
)
from plansite.data.workbook.submitted_rows import (
    Handed,
    HandedRow,
    HandedTable,
)

__all__ = [
    "Handed",
    "HandedRow",
    "HandedTable",
    "Merged",
    "PackageError",
    "Sheet",
    "merge",
    "read_handed_file",
    "sheets_of",
]
