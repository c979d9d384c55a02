import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import Language, urls
from plansite.model.urls.page_address import PageKind, parse_address

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
pages = st.one_of(
    st.sampled_from([urls.HOME, urls.INDICATORS, urls.DATA, urls.METHODOLOGY, urls.ABOUT]),
    ids.map(urls.indicator),
    ids.map(urls.task),
    ids.map(urls.agency),
    ids.map(urls.resource),
    st.integers(1900, 2100).map(urls.year),
)
localized = st.builds(urls.localized, pages, st.sampled_from(Language))
files = st.one_of(
    st.sampled_from([urls.PACKAGE_ZIP, urls.DESCRIPTOR, urls.VERDICTS_CSV, urls.TEMPLATE]),
    ids.map(urls.resource_csv),
    ids.map(urls.indicator_csv),
)


def follow(link: str, page: str) -> str:
    """Where a browser on a page gets to, from the site's root."""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), link)).lstrip("/")
    return f"{path}/" if path and link.endswith("/") else path


@given(target=st.one_of(localized, files), page=localized)
def test_a_relative_link_leads_to_its_target(target: str, page: str) -> None:
    assert follow(urls.relative(target, page), page) == target


@given(target=localized, page=localized, fragment=ids)
def test_a_fragment_stays_at_the_end(target: str, page: str, fragment: str) -> None:
    link, _, found = urls.relative(f"{target}#{fragment}", page).partition("#")
    assert found == fragment
    assert follow(link, page) == target


@given(target=st.one_of(localized, files), page=localized)
def test_a_link_is_relative_wherever_the_site_stands(target: str, page: str) -> None:
    link = urls.relative(target, page)
    assert link
    assert not link.startswith("/")
    assert "//" not in link


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("tasks/t1/", "en/indicators/I1/", "../../../tasks/t1/"),
        ("", "", "./"),
        ("", "about/", "../"),
        ("about/", "about/", "./"),
        ("en/", "", "en/"),
        ("", "en/", "../"),
        ("downloads/targets.csv", "data/targets/", "../../downloads/targets.csv"),
        ("methodology/#thresholds", "indicators/", "../methodology/#thresholds"),
    ],
)
def test_links_as_a_person_would_write_them(target: str, page: str, link: str) -> None:
    assert urls.relative(target, page) == link


@pytest.mark.parametrize(
    ("address", "published"),
    [
        (urls.indicator("I1"), "indicators/I1/"),
        (urls.task("t1"), "tasks/t1/"),
        (urls.agency("a1"), "agencies/a1/"),
        (urls.year(2022), "years/2022/"),
        (urls.resource("targets"), "data/targets/"),
        (urls.resource_csv("targets"), "downloads/targets.csv"),
        (urls.indicator_csv("I1"), "downloads/indicators/I1.csv"),
        (urls.localized("data/", Language.ZH), "data/"),
        (urls.localized("data/", Language.EN), "en/data/"),
        (urls.PACKAGE_ZIP, "downloads/datapackage.zip"),
        (urls.DESCRIPTOR, "downloads/datapackage.json"),
        (urls.VERDICTS_CSV, "downloads/verdicts.csv"),
        (urls.page_file("data/"), "data/index.md"),
        (urls.page_file(urls.HOME), "index.md"),
    ],
)
def test_addresses_once_published_stay(address: str, published: str) -> None:
    assert address == published


@given(page=pages, language=st.sampled_from(Language))
def test_an_address_is_read_as_it_was_built(page: str, language: Language) -> None:
    address = urls.localized(page, language)
    found = parse_address(address)
    assert (found.language, found.page) == (language, page)
    assert parse_address(urls.html_file(address)) == found
    for other in Language:
        assert found.file(other) == urls.html_file(urls.localized(page, other))


@pytest.mark.parametrize(
    ("address", "kind", "about", "record"),
    [
        ("", PageKind.SITE, "", None),
        ("about/", PageKind.SITE, "", None),
        ("indicators/", PageKind.INDICATOR, "", ("indicators", "")),
        ("en/indicators/I1/", PageKind.INDICATOR, "I1", ("indicators", "I1")),
        ("tasks/t1/", PageKind.TASK, "t1", ("tasks", "t1")),
        ("en/agencies/a1/index.html", PageKind.AGENCY, "a1", ("agencies", "a1")),
        ("years/2022/", PageKind.YEAR, "2022", None),
        ("plan/", PageKind.PLAN, "", None),
        ("data/targets/", PageKind.DATA, "targets", None),
        ("en/releases/2026-11-23/", PageKind.RELEASE, "2026-11-23", None),
        ("search/", PageKind.SITE, "", None),
        ("embed/en/I1/", PageKind.EMBED, "I1", None),
        ("en/404.html", PageKind.SITE, "", None),
    ],
)
def test_an_address_says_what_its_page_is_about(
    address: str, kind: PageKind, about: str, record: tuple[str, str] | None
) -> None:
    found = parse_address(address)
    assert (found.kind, found.id, found.record) == (kind, about, record)


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("index.html", "en/index.html"),
        ("en/tasks/t1/index.html", "tasks/t1/index.html"),
        ("404.html", "en/404.html"),
        ("embed/zh/I1/index.html", "embed/en/I1/index.html"),
        ("embed/en/I1/index.html", "embed/zh/I1/index.html"),
    ],
)
def test_a_page_s_file_in_the_other_language(file: str, other: str) -> None:
    found = parse_address(file)
    assert found.file(found.language) == file
    assert found.file(found.language.other) == other
