"""Excel workbooks and CSV files that people fill in: read, and merged into the package."""

from plansite.data.workbook.merge_rows import MergeResult, merge
from plansite.data.workbook.reading import read_submitted_file
from plansite.data.workbook.sheets import Sheet, sheets_of
from plansite.data.workbook.submitted_rows import SubmittedFile, SubmittedRow, SubmittedTable

__all__ = [
    "MergeResult",
    "Sheet",
    "SubmittedFile",
    "SubmittedRow",
    "SubmittedTable",
    "merge",
    "read_submitted_file",
    "sheets_of",
]
