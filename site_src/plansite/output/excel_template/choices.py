"""Drop-down lists and hints in the cells of the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plansite.data.workbook.sheets import FIRST_ROW, INTEGER, LISTS_TITLE, Column, Sheet
from plansite.model.contract import CONTRACT
from plansite.output.excel_template.styles import put_text

LAST_ROW = 20_000
"""How far down the lists reach, and how far the tables that they are made from may grow."""
_LONGEST_HINT, _LONGEST_TITLE, _LONGEST_LIST = 255, 32, 255


class Choices:
    """Where the values stand from which a cell may be chosen."""

    def __init__(
        self, sheets: list[Sheet], existing: Mapping[str, Sequence[Mapping[str, str]]]
    ) -> None:
        """Prepare the lists.

        Args:
            sheets: every table's sheet.
            existing: rows that the workbook does not show; their keys go to a sheet of lists.
        """
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._existing = existing
        self._lists: dict[tuple[str, str], list[str]] = {}

    def of_words(self, name: str, words: tuple[str, ...]) -> str:
        """A formula for the words of a vocabulary."""
        inline = ",".join(words)
        if len(inline) <= _LONGEST_LIST - 2 and not any("," in word for word in words):
            return f'"{inline}"'
        return self._list(("", name), list(words))

    def of_key(self, table: str, field: str) -> str | None:
        """A formula for the values of another table's field, however many are added to it."""
        sheet = self._sheets.get(table)
        if sheet is None:
            return None
        rows = self._existing.get(table)
        if rows is not None:
            return self._list((table, field), [cells[field] for cells in rows])
        letter = get_column_letter(sheet.column_of(field))
        start = f"{quote_sheetname(sheet.title)}!${letter}${FIRST_ROW}"
        cells = f"{start}:${letter}${LAST_ROW}"
        return f"OFFSET({start},0,0,MAX(1,COUNTA({cells})),1)"

    def _list(self, name: tuple[str, str], values: list[str]) -> str:
        self._lists.setdefault(name, values)
        letter = get_column_letter(1 + list(self._lists).index(name))
        return f"{quote_sheetname(LISTS_TITLE)}!${letter}$1:${letter}${max(1, len(values))}"

    def write_lists(self, book: Workbook) -> None:
        """Put the lists that a cell cannot name by itself on a hidden sheet."""
        page = book.create_sheet(LISTS_TITLE)
        page.sheet_state = "hidden"
        for column, values in enumerate(self._lists.values(), start=1):
            for number, value in enumerate(values, start=1):
                put_text(page.cell(number, column), value)


def add_choices(page: Worksheet, sheet: Sheet, choices: Choices) -> None:
    """Give each column its drop-down list, its limits and a hint."""
    for number, column in enumerate(sheet.columns, start=1):
        rule = _rule(sheet, column, choices)
        rule.promptTitle = column.heading[:_LONGEST_TITLE]
        rule.prompt = _hint(column)
        rule.showInputMessage = bool(rule.prompt)
        letter = get_column_letter(number)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
        page.add_data_validation(rule)


def _hint(column: Column) -> str:
    about = column.field.description
    words = about.zh if about.en == about.zh else f"{about.zh}\n{about.en}"
    return words if len(words) <= _LONGEST_HINT else about.zh[:_LONGEST_HINT]


def _rule(sheet: Sheet, column: Column, choices: Choices) -> DataValidation:
    limits = {rule.name: rule for rule in CONTRACT[sheet.name].fields}.get(column.name)
    formula = None
    if column.field.enum:
        formula = choices.of_words(column.name, column.field.enum)
    elif column.points_to is not None:
        formula = choices.of_key(*column.points_to)
    if formula is not None:
        rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
        # An id may be typed before its row is: then Excel only asks.
        rule.errorStyle = "stop" if column.field.enum else "warning"
    elif column.kind == INTEGER and limits and limits.minimum is not None:
        rule = DataValidation("whole", operator="between", allow_blank=True, showErrorMessage=True)
        rule.formula1, rule.formula2 = str(limits.minimum), str(limits.maximum)
    else:
        return DataValidation(allow_blank=True)
    rule.errorTitle = column.heading[:_LONGEST_TITLE]
    rule.error = _hint(column) or column.name
    return rule
