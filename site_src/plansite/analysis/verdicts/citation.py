"""How to cite the data: as GB/T 7714 has it, as APA has it, and for BibTeX.

Nothing is made up: an author is whoever runs the site or whom the package names as one, and without
any the title comes first, as both styles want it. When it was looked up only the reader knows: that
place is left open and marked.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from plansite.model import Bilingual, Indicator, Language, PackageInfo, urls
from plansite.model.formatting import format_day, format_month_day
from plansite.model.site_settings import Site
from plansite.model.translations import Words

_AUTHORS = frozenset({"author", "creator"})
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
"""Signs that mean something to TeX; braces as words, since BibTeX counts escaped ones too."""


@dataclass(frozen=True)
class Citation:
    """One thing to cite, in each style."""

    gbt: str
    """GB/T 7714-2015, an electronic database on line; in Chinese."""
    apa: str
    """APA, seventh edition; in English."""
    bibtex: str
    """An entry for BibTeX, in the language that was asked for."""


@dataclass(frozen=True)
class _Facts:
    """What every style names, in one language; empty where it is not known."""

    authors: tuple[str, ...]
    name: str
    """The indicator's name, or the whole dataset's."""
    whole: str
    """Of what it is a part: the dataset's name; empty for the dataset itself."""
    version: str
    publisher: str
    address: str
    as_of: dt.date
    words: Words


def authors(site: Site, info: PackageInfo) -> list[Bilingual]:
    """Who answers for the data: whoever runs the site, or else the authors that the package names.

    Maintainers and others with lesser roles are not taken for authors.
    """
    if site.organisation:
        return [site.organisation]
    named = (person for person in info.contributors if person.name)
    return [person.name for person in named if not _AUTHORS.isdisjoint(person.roles)]


def cite(
    site: Site,
    info: PackageInfo,
    as_of: dt.date,
    language: Language,
    indicator: Indicator | None = None,
) -> Citation:
    """How to cite the whole dataset, or one indicator as a part of it.

    Args:
        site: where it is published; without an address none is given.
        info: what the package says of itself.
        as_of: the day whose knowledge is published.
        language: of the entry for BibTeX; the other styles are at home in one language each.
        indicator: the part that is cited.
    """

    def facts(language: Language) -> _Facts:
        """What a citation names, in one language."""
        page = urls.indicator(indicator.indicator_id) if indicator else urls.DATA
        words = Words(language)
        return _Facts(
            authors=tuple(name[language] for name in authors(site, info)),
            name=indicator.name[language] if indicator else info.title[language],
            whole=info.title[language] if indicator else "",
            version=info.version,
            publisher=site.name[language],
            address=site.page(page, language),
            as_of=as_of,
            words=words,
        )

    part = indicator.indicator_id if indicator else ""
    name = re.sub(r"[^A-Za-z0-9-]", "", info.name)
    key = "-".join(filter(None, (name, part, str(as_of.year))))
    return Citation(
        _gbt(facts(Language.ZH)), _apa(facts(Language.EN)), _bibtex(facts(language), key)
    )


def _gbt(facts: _Facts) -> str:
    """Author. Part[DB/OL]//Whole. Version. Site, year(day)[looked up]. Address."""
    title = f"{facts.name}[DB/OL]" + (f"//{facts.whole}" if facts.whole else "")
    version = facts.version and facts.words("citation.version", version=facts.version)
    site = f"{facts.publisher}, {facts.as_of.year}" if facts.publisher else ""
    issued = f"{site}({facts.as_of}){facts.words('citation.blank')}"
    return _sentences(", ".join(facts.authors), title, version, issued, facts.address)


def _apa(facts: _Facts) -> str:
    """Author. (Day). Title (Version) [Data set]. Site. Retrieved day, from address."""
    words = facts.words
    version = facts.version and f" ({words('citation.version', version=facts.version)})"
    title = f"{facts.name}{'' if facts.whole else version} [Data set]"
    day = f"({facts.as_of.year}, {format_month_day(facts.as_of)})"
    head = (" & ".join(facts.authors), day, title) if facts.authors else (title, day)
    whole = facts.whole and f"In {facts.whole}{version}"
    retrieved = f"Retrieved {words('citation.blank')}"
    ending = f"{retrieved}, from {facts.address}" if facts.address else f"{retrieved}."
    return f"{_sentences(*head, whole, facts.publisher)} {ending}"


def _sentences(*parts: str) -> str:
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def _bibtex(facts: _Facts, key: str) -> str:
    """An entry of the one kind for everything else, which every style of BibTeX knows."""
    as_of = facts.words("common.as_of", day=format_day(facts.as_of, facts.words.language))
    as_written = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in facts.authors),
        "title": f"{{{_tex(facts.name)}}}",
    }
    fields = {
        "howpublished": _tex(facts.whole),
        "version": _tex(facts.version),
        "publisher": _tex(facts.publisher),
        "year": str(facts.as_of.year),
        "note": _tex(as_of),
        "url": facts.address,
        "urldate": facts.words("citation.blank"),
    }
    lines = [f'  {name} = "{text}"' for name, text in as_written.items() if text]
    lines += [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))
