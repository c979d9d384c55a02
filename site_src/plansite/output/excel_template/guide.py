"""The template's first sheet: how to fill it in, Chinese on the left and English on the right."""

from __future__ import annotations

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from plansite.data.workbook.sheets import Sheet
from plansite.model import Language
from plansite.model.translations import Words
from plansite.output.excel_template.styles import FONT, FONT_SIZE, INK, put_text

STEPS = ("add", "keys", "colours", "digits", "dates", "choose", "source", "correct", "send")
WIDTH = 62
_TITLE = Font(name=FONT, size=14, bold=True, color=INK)
_HEAD = Font(name=FONT, size=FONT_SIZE, bold=True, color="FFFFFF")
_PLAIN = Font(name=FONT, size=FONT_SIZE)
_FILL = PatternFill("solid", fgColor=INK)
_WRAP = Alignment(vertical="top", wrap_text=True)
_LINE_HEIGHT = 16


def write_guide(page: Worksheet, sheets: list[Sheet], *, filled: bool) -> None:
    """Write the instructions and the list of sheets."""
    zh, en = Words(Language.ZH), Words(Language.EN)
    keys = ["title", "filled" if filled else "empty", *STEPS]
    zh_names = {sheet.name: sheet.title for sheet in sheets}
    en_names = {sheet.name: sheet.resource.title.en for sheet in sheets}
    rows = [
        (zh(f"workbook.{key}", **zh_names), en(f"workbook.{key}", **en_names), _PLAIN)
        for key in keys
    ]
    rows[0] = (*rows[0][:2], _TITLE)
    rows.append((zh("workbook.sheets"), en("workbook.sheets"), _HEAD))
    for sheet in sheets:
        title, about = sheet.resource.title, sheet.resource.description
        file = sheet.path.name
        left = f"{sheet.title} ({file})\n{about.zh}".strip()
        right = f"{title.en} ({file})\n{about.en}".strip()
        rows.append((left, right, _PLAIN))
    for number, (left, right, font) in enumerate(rows, start=1):
        for column, text in enumerate((left, right), start=1):
            cell = page.cell(number, column)
            put_text(cell, text)
            cell.font, cell.alignment = font, _WRAP
            if font is _HEAD:
                cell.fill = _FILL
        # Excel does not fit the height of a row to a text that wraps unless somebody edits it.
        page.row_dimensions[number].height = 30 if number == 1 else _height(left, right)
    for letter in ("A", "B"):
        page.column_dimensions[letter].width = WIDTH
    page.sheet_view.showGridLines = False
    page.protection.sheet = True


def _height(zh: str, en: str) -> int:
    lines = max(_lines(zh, WIDTH // 2 - 2), _lines(en, WIDTH))
    return _LINE_HEIGHT * lines + 6


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))
