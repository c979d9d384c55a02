"""Pages of running text that are the plan's own: what is wrong in one is told by file and line."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from plansite.analysis.publication import publish
from plansite.model import Language, urls
from plansite.output.pages.generate import OwnPageError, PageMaker
from tests.support.library_package import AS_OF, library_plan

FRONT = """{% import "_macros.md" as m with context %}
{{ m.front("Of our own", urls.ABOUT, "A page of our own.") }}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"# Of our own\n", "about.md: "),
        (b"", "about.md: "),
        (f"{FRONT}\n{{{{ nothing }}}}".encode(), "about.md:4: "),
        (f"{FRONT}\n{{{{ 1 / 0 }}}}".encode(), "about.md:4: "),
        (f"{FRONT}\n\n{{% if %}}".encode(), "about.md:5: "),
        (f"{FRONT}{{% include 'none.md' %}}".encode(), "about.md:3: "),
        (b"# \xff\n", "about.md: "),
    ],
)
def test_what_is_wrong_in_a_page_of_the_plans_own_is_told(
    tmp_path: Path, text: bytes, said: str
) -> None:
    page = tmp_path / "en" / "about.md"
    page.parent.mkdir()
    page.write_bytes(text)
    maker = PageMaker(publish(library_plan(), AS_OF, []), Language.EN, tmp_path)
    with pytest.raises(OwnPageError) as refused:
        maker.page(urls.ABOUT)
    assert said in refused.value.details
    assert str(page) in refused.value.details
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - as processes hand it over
    assert (copy.key, copy.details) == (refused.value.key, refused.value.details)
