"""How the template looks."""

from __future__ import annotations

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from plansite.data.workbook.sheets import INTEGER, NUMBER, TEXT, Column

FONT, FONT_SIZE = "Microsoft YaHei", 10
INK, PALE_INK = "14598F", "5B7F9E"
_LINE = Side(style="thin", color="C4CCD4")
BORDER = Border(bottom=_LINE, right=_LINE)
HEADING = Font(name=FONT, size=FONT_SIZE, bold=True, color="FFFFFF")
FIELD_NAME = Font(name="Consolas", size=9, color="3A424C")
PLAIN = Font(name=FONT, size=FONT_SIZE)
OPEN = Protection(locked=False)
NAME_FILL = PatternFill("solid", fgColor="D9E4EE")
LOCKED_FILL = PatternFill("solid", fgColor="F0F2F4")
_LONG = ("text", "wording", "quote", "definition", "note", "reason")


def heading_fill(column: Column) -> PatternFill:
    """Dark over a column that must be filled, paler over one that need not."""
    return PatternFill("solid", fgColor=INK if column.field.required else PALE_INK)


def width(column: Column) -> int:
    """A column's width in characters."""
    if column.kind in (INTEGER, NUMBER):
        return 12
    if column.is_coded or column.kind != TEXT:
        return 24
    return 46 if column.name.startswith(_LONG) else 30


def alignment(column: Column) -> Alignment:
    """Numbers on the right, also those kept as text; long texts wrapped."""
    if column.kind in (INTEGER, NUMBER):
        return Alignment(horizontal="right", vertical="top")
    return Alignment(vertical="top", wrap_text=not column.is_coded)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """A text as text, also where it looks like a formula or an error."""
    assert isinstance(cell, Cell)  # the template merges none
    cell.value = text
    cell.data_type = "s"
