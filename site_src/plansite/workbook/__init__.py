"""Excel workbooks for people who live in Excel: a template out, a filled one (or a CSV file) in."""

from plansite.workbook.handed import Handed, HandedRow, HandedTable
from plansite.workbook.merging import Merged, merge
from plansite.workbook.reading import read_handed_file
from plansite.workbook.sheets import PackageError, Sheet, sheets_of
from plansite.workbook.template import make_template

__all__ = [
    "Handed",
    "HandedRow",
    "HandedTable",
    "Merged",
    "PackageError",
    "Sheet",
    "make_template",
    "merge",
    "read_handed_file",
    "sheets_of",
]
