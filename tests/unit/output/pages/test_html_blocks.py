"""What the engine gets of a page, and that the page is the same as if it had got all of it."""

from __future__ import annotations

import markdown  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import Language
from plansite.output.pages import FrontMatter, Page, find_html_blocks, lift_html, put_html_back

HEAD = FrontMatter(title="名称", description="说明", section="", as_of="")
FRONT = f"{HEAD.text}\n"
TABLE = '<div class="table">\n<table>\n<tr><td>1</td></tr>\n\n</table>\n</div>'
LINES = (
    *("<p>词</p>", TABLE, "<ul><li>a</li></ul>", "# 标题 {#a}", "Words of *Markdown*.", "", ""),
    *("<!-- figure main/a -->", "- item", "<span>x</span> words", "<p class='x'>1</p> and words"),
    *("<path d=''/>", "<hr>", "<div>open", "</div>", "<section><div></div></section>"),
)


def engine(text: str) -> str:
    """The Markdown that both engines read, with what the configuration asks for."""
    body = text.partition("\n---\n")[2]
    html: str = markdown.markdown(body, extensions=["attr_list", "tables", "toc"])
    return html


@pytest.mark.parametrize(
    ("text", "lifted"),
    [
        (f"\n\n{TABLE}\n\n## 来源 {{#sources}}\n", "\n\n<!-- html 0 -->\n\n## 来源 {#sources}\n"),
        ("\n<p>1</p>\n<p>2</p>", "\n<!-- html 0 -->\n<!-- html 1 -->"),
        ("\n<pre>\n\n# no heading\n</pre>  \n", "\n<!-- html 0 -->  \n"),
        ("\n<p>1</p> and words\n", "\n<p>1</p> and words\n"),
        ("\n<span>1</span>\n", "\n<span>1</span>\n"),
        ("\n<div>never closed\n", "\n<div>never closed\n"),
        ("\n```\n\n<p>shown as text</p>\n```\n", "\n```\n\n<p>shown as text</p>\n```\n"),
    ],
)
def test_only_whole_blocks_are_kept_from_the_engine(text: str, lifted: str) -> None:
    assert lift_html(text, find_html_blocks(text)) == lifted


@given(st.lists(st.sampled_from(LINES)))
def test_a_page_is_the_same_as_if_the_engine_had_read_all_of_it(lines: list[str]) -> None:
    # As templates write them: well formed, since an open element swallows what follows.
    kept = [line for line in lines if line not in {"<div>open", "</div>"}]
    text = FRONT + "\n".join(kept)
    blocks = find_html_blocks(text)
    lifted = lift_html(text, blocks)
    assert put_html_back(lifted, text, blocks) == text
    assert put_html_back(engine(lifted), text, blocks) == engine(text)


@given(st.lists(st.sampled_from(LINES)))
def test_nothing_is_lost_of_markup_that_is_not_well_formed(lines: list[str]) -> None:
    text = FRONT + "\n".join(lines)
    blocks = find_html_blocks(text)
    assert put_html_back(lift_html(text, blocks), text, blocks) == text


def test_blocks_are_not_put_into_another_page() -> None:
    text = "\n<p>1</p>\n<p>2</p>"
    with pytest.raises(ValueError, match="out of place"):
        put_html_back("<!-- html 0 -->", text, find_html_blocks(text))


def test_another_figure_needs_no_engine() -> None:
    one, other = (
        Page("a/", Language.ZH, HEAD, f"\n# 名称\n\n<p>{figure}</p>\n").head.digest
        for figure in ("390.72", "390.73")
    )
    assert one == other
    assert one != Page("a/", Language.ZH, HEAD, "\n# 别名\n\n<p>390.72</p>\n").head.digest


def test_a_page_says_of_itself_what_its_front_matter_says() -> None:
    front = FrontMatter(
        title='"引号": 名称',
        description="说明",
        section="tasks/",
        as_of="截至今天",
        has_toc=False,
        scripts=("copy", "chart"),
        policy="wasm",
        figure=("1", "册", "2025年"),
        has_terms=True,
    )
    page = Page("tasks/t1/", Language.ZH, front, "\n# 名称\n")
    opening, matter, body = page.text.split("---\n")
    assert (opening, body) == ("", page.body)
    assert yaml.safe_load(matter) == {
        "title": page.head.title,
        "description": page.head.description,
        "figure": list(page.head.figure or ()),
        "section": page.head.section,
        "as_of": front.as_of,
        "hide": ["toc"],
        "scripts": ["copy", "chart"],
        "policy": "wasm",
        "terms": True,
    }
