"""Style sheets, scripts and colours as they are published."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from plansite.output.charts.common import palette
from plansite.pipeline.html.assets import colour_rules, gather_assets, hashed_names, link_assets
from tests.support.paths import ROOT

DESIGN = ROOT / "site_src/plansite/design"
COLOURS = tomllib.loads((DESIGN / "colours.toml").read_text("utf-8"))
ON_PAPER = ["ink", "muted", "accent", "accent-strong", "met", "part", "missed", "none"]
OWN_GROUND = ["met", "part", "missed", "none"]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("side", range(4))
def test_words_stand_out_from_every_ground(side: int) -> None:
    least = 4.5 if side < 2 else 7
    ps = {name: values[side] for name, values in COLOURS["ps"].items()}
    for name in ON_PAPER:
        assert _contrast(ps[name], ps["paper"]) >= least, name
        assert _contrast(ps[name], ps["panel"]) >= least, name
    for name in OWN_GROUND:
        assert _contrast(ps[name], ps[f"{name}-bg"]) >= least, name
    chart = {name: values[side] for name, values in COLOURS["chart"].items()}
    for name in ("actual", "target", "ink"):
        for ground in ("paper", "band"):
            assert _contrast(chart[name], chart[ground]) >= 4.5, (name, ground)
    for name, values in COLOURS["series"].items():
        assert _contrast(values[side], chart["paper"]) >= 4.5, name


def test_a_chart_outside_the_site_has_the_light_colours() -> None:
    used = [
        value for name, value in vars(palette).items() if name.isupper() and "var(" in str(value)
    ]
    assert len(used) >= 6
    for value in used:
        found = re.fullmatch(r"var\(--chart-([\w-]+), (#\w{6})\)", value)
        assert found
        assert COLOURS["chart"][found[1]][0] == found[2]


def test_colours_follow_the_system_unless_the_reader_chose() -> None:
    rules = colour_rules({"ps": {"ink": ["#111111", "#eeeeee", "#000000", "#ffffff"]}})
    assert ":root{color-scheme:light;--ps-ink:#111111;}" in rules
    assert '(prefers-color-scheme:dark){:root:not([data-scheme="light"]){color-scheme:dark' in rules
    assert ':root[data-scheme="dark"]{color-scheme:dark;--ps-ink:#eeeeee;}' in rules
    assert ':root[data-scheme="dark"][data-contrast="more"]{--ps-ink:#ffffff;}' in rules


def test_style_sheets_are_joined_in_order_without_comments(tmp_path: Path) -> None:
    css = tmp_path / "theme" / "assets" / "css"
    (css / "embed").mkdir(parents=True)
    (css / "50-charts.css").write_text("b{} /* why */")
    (css / "10-a.css").write_text("a{}")
    (css / "embed" / "own.css").write_text("f{}")
    (css.parent / "icon.svg").write_text("<svg/>")
    (tmp_path / "colours.toml").write_text("")
    files = gather_assets("theme{}", tmp_path)
    assert sorted(files) == ["embed.css", "icon.svg", "site.css"]
    text = files["site.css"].decode()
    assert text.index("theme{}") < text.index("a{}") < text.index("b{}")
    assert "why" not in text
    embedded = files["embed.css"].decode()
    assert embedded.index("b{}") < embedded.index("f{}")
    assert "a{}" not in embedded
    assert "f{}" not in text


def test_names_change_with_the_content_and_links_follow() -> None:
    before = hashed_names({"site.css": b"a", "js/frame.js": b"b", "favicon.svg": b"c"})
    after = hashed_names({"site.css": b"A", "js/frame.js": b"b"})
    assert before["site.css"] != after["site.css"]
    assert before["js/frame.js"] == after["js/frame.js"]
    assert before["favicon.svg"] == "favicon.svg"
    page = '<link href="../assets/{}"><script src="assets/{}"></script><a href="x/assets.html">'
    assert link_assets(page.format("site.css", "js/frame.js"), before) == page.format(
        before["site.css"], before["js/frame.js"]
    )
    for other in ('<p>"assets/{}"</p>', '<a href="myassets/{}">', '<b title="/assets/{}">'):
        text = other.format("site.css")
        assert link_assets(text, before) == text


THEME = DESIGN / "theme" / "assets"


def test_a_shape_shows_in_browsers_that_know_no_text_for_it() -> None:
    """``content: "x" / ""`` is no declaration at all to browsers of before 2024."""
    found = 0
    for sheet in sorted((THEME / "css").glob("*.css")):
        lines = [line.strip() for line in sheet.read_text("utf-8").splitlines()]
        for number, line in enumerate(lines):
            if "content:" not in line or '/ ""' not in line or line.startswith("@supports"):
                continue
            plain = lines[number - 1] == line.replace(' / ""', "")
            assert plain or lines[number - 2].startswith("@supports (content:"), line
            found += 1
    assert found >= 5


@pytest.mark.parametrize("script", sorted((THEME / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_keep_to_what_phones_of_2018_know(script: Path) -> None:
    newer = r"\?\.[a-z(\[]|\?\?|\|\|=|&&=|catch \{|^\s*(import|export) |#[a-z]\w*\("
    newer += r"|\.(flatMap|flat|at|replaceAll|matchAll)\(|fromEntries|allSettled|globalThis"
    assert re.findall(newer, script.read_text("utf-8"), re.MULTILINE) == []
