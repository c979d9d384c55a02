"""Make the fonts that pictures as PNG are lettered with, from a full one.

    python3 -m venv fonttools && fonttools/bin/pip install fonttools
    fonttools/bin/python scripts/make_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

One keeps the characters of GB 2312, Latin letters with accents, punctuation and mathematical signs.
The other, for English, has Latin letters and punctuation alone: quotation marks and points that are
narrow, where Chinese has them as wide as a character. They get names of their own, so that they are
never mistaken for the full one where that is installed.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "site_src/plansite/design/fonts"
_KOREAN, _SIMPLIFIED_CHINESE = 1, 2
"""The fonts' places in the collection; Korean sets Latin punctuation as English does."""
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x205E),
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2190, 0x2199),
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
)
_LATIN = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x205E))
_NAMES = (
    "镕喆堃玥珺旸垚昇祎翀犇婳暐烜燊瑨璟甡珅璠炘玘玚玠珝珣琎琤瑀瑄瑢璘嫄孖弢彧昉昫晞晢晳梽榑洺淏湜溦燚珮琇禛禤秾竑綝翚翯芃虓袆"
    "褀訢赟赪酂钘铻锜锳闿隺頔颙飏駪骉骙鳯鹓鹔黇奣塭埇埗埼垟垯峣嵎巘㙦㙟㛃㟃鿍鿎鿏䶮䜣䴙䴘"
)
"""Characters of people's and places' names that GB 2312 left out."""


def code_points(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """All from the first of each range to its last."""
    return set(itertools.chain.from_iterable(range(a, b + 1) for a, b in ranges))


def characters() -> set[int]:
    """The code points to keep for Chinese."""
    kept = code_points(_RANGES)
    kept.update(map(ord, _NAMES))
    for pair in itertools.product(range(0xA1, 0xFF), repeat=2):
        kept.update(map(ord, bytes(pair).decode("gb2312", "ignore")))
    return kept


def rename(font: TTFont, family: str, stem: str) -> None:
    """Give the font its own name everywhere that names stand."""
    names = {1: family, 4: f"{family} Regular", 6: stem, 16: family}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    table = font["CFF "].cff
    table.fontNames[0] = stem
    table.topDictIndex[0].FullName = names[4]
    table.topDictIndex[0].FamilyName = family


def make(source: str, place: int, kept: set[int], family: str) -> None:
    """Write one font."""
    options = subset.Options()
    options.font_number = place
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    stem = f"{family.replace(' ', '')}-Regular"
    rename(font, family, stem)
    font.save(FOLDER / f"{stem}.otf")


def main(source: str) -> None:
    """Write both fonts."""
    make(source, _SIMPLIFIED_CHINESE, characters(), "Plansite Sans")
    make(source, _KOREAN, code_points(_LATIN), "Plansite Sans Latin")


if __name__ == "__main__":
    main(sys.argv[1])
