"""The changes to the data as Atom feeds (RFC 4287), one for each language, one entry a commit.

An entry's id is made from the commit and from what the package was called then, the feed's from
what it was called first: they stay when the site moves, or the package, or when that gets another
name, and name no host. Where the site's own address is not known, links are relative to the feed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from html import escape

from lxml import etree

from plansite.analysis.changes.cell_labels import CellLabels
from plansite.analysis.changes.change_log import MAX_VERDICTS, DataChange
from plansite.analysis.changes.row_changes import RowChange
from plansite.analysis.changes.verdict_changes import VerdictChange
from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.tallies import counted
from plansite.model import Language, urls
from plansite.model.formatting import clean
from plansite.model.translations import Words
from plansite.output.source_names import title_in

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMESPACE = uuid.UUID("0d0c7c4e-5f0e-4d8b-9a55-3c2f6f1d7b16")
"""Ours for ids; changing it would make every entry new to its readers."""


def feed_title(publication: Publication, language: Language) -> str:
    """What a language's feed is called; empty where no change has a time, so that there is none."""
    if not publication.dated_changes:
        return ""
    name = publication.site.name[language] or publication.plan.info.title[language]
    return Words(language)("feed.title", name=name)


def make_feeds(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Each language's feed as (address, XML); none where no change has a time."""
    if publication.dated_changes:
        for language in Language:
            feed = _Feed(publication, language)
            yield feed.here, feed.xml()


class _Feed:
    """One language's feed."""

    def __init__(self, publication: Publication, language: Language) -> None:
        self.here = urls.localized(urls.FEED, language)
        self._publication = publication
        self._plan = publication.plan
        self._site = publication.site
        self._language = language
        self._words = Words(language)
        self._cells = CellLabels(publication.plan, self._words)

    def xml(self) -> bytes:
        """The whole feed, newest change first."""
        changes = self._publication.dated_changes
        feed = etree.Element("feed", {_LANGUAGE: self._language.html, "xmlns": _ATOM})
        _add(feed, "id", self._id(self._first_name(), "feed"))
        _add(feed, "title", feed_title(self._publication, self._language))
        _add(feed, "subtitle", self._words("feed.subtitle"))
        moments = [row.commit.moment for row in changes if row.commit and row.commit.moment]
        _add(feed, "updated", max(moments).isoformat())
        author = _add(feed, "author")
        _add(author, "name", self._author())
        if self._site.address:
            _link(feed, "self", "application/atom+xml", self._site.file(self.here))
        _link(feed, "alternate", "text/html", self._address(urls.UPDATES))
        if self._plan.info.licenses:
            _add(feed, "rights", " · ".join(title for title, _ in self._plan.info.licenses))
        for change in changes:
            self._entry(feed, change)
        etree.indent(feed, " ")
        return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")

    def _author(self) -> str:
        """Whoever runs the site, where that is set, otherwise the site itself."""
        names = (self._site.organisation, self._site.name, self._plan.info.title)
        return next(name[self._language] for name in names if name[self._language])

    def _first_name(self) -> str:
        history = self._publication.history
        return history.steps[-1].package if history is not None else ""

    def _id(self, package: str, what: str) -> str:
        name = f"{package or self._plan.info.name} {self._language} {what}"
        return uuid.uuid5(_NAMESPACE, name).urn

    def _address(self, page: str) -> str:
        target = urls.localized(page, self._language)
        return self._site.file(target) or urls.relative(target, self.here)

    def _entry(self, feed: etree._Element, change: DataChange) -> None:
        commit = change.commit
        assert commit is not None
        assert commit.moment is not None
        entry = _add(feed, "entry")
        _add(entry, "id", self._id(change.package, commit.id))
        _add(entry, "title", self._title(change))
        _add(entry, "updated", commit.moment.isoformat())
        _link(entry, "alternate", "text/html", self._address(urls.change(commit.short)))
        content = _add(entry, "content", self._content(change))
        content.set("type", "html")

    def _title(self, change: DataChange) -> str:
        """The one row that changed, otherwise how many did; then how many verdicts changed."""
        if change.begins:
            return self._words("changes.begins", count=change.rows)
        if len(change.entries) == 1 and change.rows == 1:
            title = self._row(change.entries[0])
        else:
            title = self._counts(change)
        if not change.verdicts:
            return title
        return counted(self._words, "feed.turned", len(change.verdicts), title=title)

    def _counts(self, change: DataChange) -> str:
        return self._words("summary.joiner").join(
            self._words(f"changes.count_{kind}", table=self._cells.table(table), count=count)
            for table, kind, count in change.counts
        )

    def _content(self, change: DataChange) -> str:
        """What changed, as HTML."""
        verdicts = change.verdicts or ()
        lines = [self._turned(row) for row in verdicts[:MAX_VERDICTS]]
        if len(verdicts) > MAX_VERDICTS:
            more = len(verdicts) - MAX_VERDICTS
            lines.append(escape(counted(self._words, "changes.more_verdicts", more)))
        lines += [self._row_line(entry) for entry in change.entries]
        left = 0 if change.begins else change.more(len(change.entries))
        if left:
            lines.append(escape(self._words("changes.more", count=left)))
        listed = "".join(f"<li>{line}</li>" for line in lines)
        counts = f"<p>{escape(self._counts(change))}</p>"
        return f"{counts}<ul>{listed}</ul>" if listed else counts

    def _row_line(self, entry: RowChange) -> str:
        """A row that changed, where it can be seen, and its source."""
        row = self._linked(self._row(entry), entry.address)
        source = self._plan.source.get(entry.source_id)
        if not entry.source_id:
            return row
        title = title_in(source, self._language) if source else entry.source_id
        return f"{row}<br>{escape(self._words('feed.source', title=title))}"

    def _row(self, entry: RowChange) -> str:
        """A row that changed, as the updates page tells it."""
        words, cells = self._words, self._cells
        measure = entry.measure[self._language] if entry.measure else ""
        kind = words(f"changes.{entry.kind}").lower()
        text = words("feed.row", table=cells.table(entry.table), kind=kind)
        text += entry.name[self._language]
        if entry.year:
            text += f" {words('common.year', year=entry.year)}"
        if entry.value:
            value = cells.figure(entry.value, entry.comparator, entry.upper_value)
            text += f"{words('news.colon')}{value} {measure}".rstrip()
        for cell in entry.cells:
            old, new = (cells.cell(cell.field, typed) for typed in (cell.old, cell.new))
            field = cells.field(entry.table, cell.field)
            text += f"{words('counts.joiner')}{field} {old} → {new}"
            if measure and cell.field == "value":
                text += f" {measure}"
        for code in entry.reservations:
            text = words("summary.marked", value=text, status=words(f"status.{code}").lower())
        return text

    def _turned(self, row: VerdictChange) -> str:
        """A verdict that the change altered."""
        words = self._words
        text = f"{words('changes.verdict')}{words('news.colon')}{clean(row.name[self._language])}"
        table = "commitment" if row.year is None else "verdict"
        if row.year is not None:
            text += f" {words('common.year', year=row.year)}"
        old, new = (words(f"{table}.{verdict}") for verdict in (row.old, row.new))
        return self._linked(f"{text}{words('news.colon')}{old} → {new}", row.address)

    def _linked(self, text: str, page: str | None) -> str:
        """Text as HTML; a link where its whole address is known, as readers show it anywhere."""
        if page is None or not self._site.address:
            return escape(text)
        return f'<a href="{escape(self._address(page))}">{escape(text)}</a>'


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text or None
    return element


def _link(parent: etree._Element, rel: str, media_type: str, address: str) -> None:
    etree.SubElement(parent, "link", {"rel": rel, "type": media_type, "href": address})
