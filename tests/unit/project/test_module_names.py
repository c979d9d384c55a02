"""Module names: each is made of plain words that say what is in it.

A new word is added below once somebody has looked at it: to the plain words if any reader of
English knows it in that sense, to the standards if it names a format or a library, and to the
program's own words only together with its explanation in ``GLOSSARY.md``.
"""

from __future__ import annotations

from tests.support.paths import ROOT
from tests.unit.project.test_layout import PROGRAM, modules_below

PLAIN = """
about address amounts archive arguments assess assets
blocks build bullet
cache canvas caption card cards catalogue cell cells change changes chart checkout checksums
choice choices citation closest codebook codes collector colours columns commitments commits
comparison compression conditional configuration consistency corrections
data datasets date dates descriptions descriptor diff disputed download drawing
embedded encoding engine entity errors explore
facts faults feed figures file files format formatting frame
generate glossary glyphs grid guide
headers hints history home
id identity index indicator info init input
keys
labels layers layout legend limits lines links list lock log
machine main make manifest marks markup merge merged messages metadata missing moves
names needed number numbers numerals
objects open options order outline overview overviews
package page pages palette parse partial patterns permanence picture places plan planned pool
postprocess
precedence prepare problem problems process program protection provenance publication publish
published
quotations
rasterize ratios raw read reading record records reference release releases render renderings
reports result retirement retirements revisions row rows rules runner running runs
safe scales schema schemas search serve server settings shapes share sheet sheets single site
sitemap skeleton source sources sparkline spec staging state steps stored streams style styles
subject submission submitted table tables task template templates text texts time timeline
translations tree typed
unfinished unit urls
values verdict views vocabulary walk
watcher web width wording workbook working
yearly years
zone
"""

STANDARDS = """
api argparse atom
crate csv csvw
dcat
excel
frictionless
git
html
json
ld
markdown mkdocs
openapi org
pagefind parquet
sqlite svg
turtle
vega
xlsx
zensical zip
"""
"""Formats, protocols and libraries. A *crate* is an RO-Crate, *org* belongs to schema.org, *ld* to
JSON-LD."""

OWN = """
artifacts highlights narrator snapshot spool tallies tidy
"""
"""Words of this program, which ``GLOSSARY.md`` explains."""


def test_every_module_is_named_in_plain_words() -> None:
    reviewed = {*f"{PLAIN} {STANDARDS} {OWN}".split()}
    unknown = {
        str(path.relative_to(PROGRAM)): words
        for path in modules_below(PROGRAM)
        if (words := [word for word in path.stem.split("_") if word not in reviewed])
    }
    assert unknown == {}


def test_the_glossary_explains_the_programs_own_words() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8").lower()
    assert [word for word in OWN.split() if word.rstrip("s") not in glossary] == []
