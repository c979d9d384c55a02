"""A comparison in words: groups of one line each, for people.

What comes from cells is cleaned, shortened, and handed to ``mark``, which a rendering uses to keep
it from being read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from plansite.analysis.changes.table_diff import Rename, Row, row_key
from plansite.model import Language
from plansite.model.formatting import clean, format_difference
from plansite.model.translations import Words
from plansite.output.diff.comparison import Comparison, Flip, PackageState, ValueChange
from plansite.output.diff.descriptor_changes import DescriptorChange

Mark = Callable[[str], str]
GROUPS = (
    "lost",
    "renamed",
    "meaning",
    "package",
    "values",
    "verdicts",
    "added",
    "sources",
    "texts",
)
"""The order in which a comparison is told: losses first."""
_TELLING = ("value", "name_{}", "title_{}", "title", "heading_{}", "progress_status", "field")
"""The field that tells most of a row, whichever its table has first."""


class Wording:
    """Words one comparison in one language."""

    def __init__(self, comparison: Comparison, t: Words, mark: Mark) -> None:
        self._comparison = comparison
        self._t = t
        self._mark = mark

    def title(self) -> str:
        """Which two states are compared."""
        old, new = self._comparison.old, self._comparison.new
        return self._t("diff.title", base=self._name(old), head=self._name(new))

    def remarks(self) -> Iterator[str]:
        """What the comparison could not do, and whether it found nothing."""
        comparison = self._comparison
        for state in (comparison.old, comparison.new):
            if state.folder:
                folder = self._cell(state.folder)
                yield self._t("diff.moved", side=self._name(state), folder=folder)
            if state.commit:
                yield self._t("diff.deleted", side=self._name(state), commit=state.commit[:10])
            if state.is_absent:
                words = "diff.absent" if state is comparison.old else "diff.absent_head"
                yield self._t(words, side=self._name(state))
            elif state.publication is None:
                yield self._t("diff.invalid", side=self._name(state), count=state.errors)
        if comparison.unreadable:
            separator = "、" if self._t.language is Language.ZH else ", "
            yield self._t("diff.unreadable", tables=separator.join(comparison.unreadable))
        elif not any(self.size(group) for group in GROUPS):
            yield self._t("diff.none")

    def size(self, group: str) -> int:
        """How many entries a group has."""
        return len(getattr(self._comparison, group) or ())

    def heading(self, group: str) -> str:
        """A group's name and size."""
        return self._t("diff.heading", group=self._t(f"diff.{group}"), count=self.size(group))

    def entries(self, group: str) -> Iterator[str]:
        """A line for each entry of a group, one after the other."""
        for entry in getattr(self._comparison, group) or ():
            if isinstance(entry, Row):
                yield self._row(entry, "diff.lost_row" if group == "lost" else "diff.new_row")
            elif isinstance(entry, Rename):
                yield self._rename(entry)
            elif isinstance(entry, Flip):
                yield self._flip(entry)
            elif isinstance(entry, DescriptorChange):
                cells = {name: self._cell(text) for name, text in vars(entry).items()}
                yield self._t("diff.described", **cells)
            else:
                yield self._change(entry)

    def more(self, count: int) -> str:
        """That entries were left out."""
        return self._t("diff.more", count=count)

    def _name(self, state: PackageState) -> str:
        if state.name:
            return self._cell(state.name)
        if state.revision is None:
            return self._t("diff.working_tree")
        return self._cell(state.revision)

    def _row(self, entry: Row, words: str) -> str:
        fields = (name.format(self._t.language) for name in _TELLING)
        field = next((name for name in fields if entry.row.cells.get(name)), None)
        telling = ""
        if field is not None:
            telling = self._t("diff.telling", cell=self._cell(entry.row.cells[field]))
        position = self._cell(f"{entry.file}:{entry.row.number}")
        key = self._cell(row_key(entry.row.key))
        return self._t(words, place=position, row=key, telling=telling)

    def _rename(self, entry: Rename) -> str:
        return self._t(
            "diff.rename",
            place=self._cell(f"{entry.file}:{entry.new.number}"),
            old=self._cell(row_key(entry.old.key)),
            new=self._cell(row_key(entry.new.key)),
        )

    def _flip(self, entry: Flip) -> str:
        words = "verdict" if entry.subject == "indicators" else "commitment"
        year = "" if entry.year is None else self._t("diff.of_year", year=entry.year)
        return self._t(
            "diff.flip_worse" if entry.worse else "diff.flip",
            id=self._cell(entry.subject_id),
            name=self._cell(entry.name[self._t.language]),
            year=year,
            old=self._t(f"{words}.{entry.old}"),
            new=self._t(f"{words}.{entry.new}"),
        )

    def _change(self, entry: ValueChange) -> str:
        return self._t(
            "diff.change",
            place=self._cell(f"{entry.file}:{entry.row}"),
            row=self._cell(row_key(entry.key)),
            field=self._cell(entry.field),
            old=self._cell(entry.old),
            new=self._cell(entry.new),
            percent="" if entry.percent is None else self._percent(entry.percent),
        )

    def _percent(self, percent: Decimal) -> str:
        return self._t("diff.percent", percent=format_difference(percent))

    def _cell(self, text: str) -> str:
        return self._mark(clean(text)) if text else self._t("diff.empty")
