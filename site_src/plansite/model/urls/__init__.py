"""Every address that the site publishes. Once published, none is removed.

Pages are named by their address in Chinese, without the leading slash: ``indicators/I1/``. English
pages have the same address under ``en/``. Links are relative, so the site works at any address.
"""

from __future__ import annotations

import datetime as dt
import posixpath

from plansite.model import Language

HOME = ""
INDICATORS = "indicators/"
COMPARE = "compare/"
TASKS = "tasks/"
AGENCIES = "agencies/"
YEARS = "years/"
PLAN = "plan/"
DATA = "data/"
METHODOLOGY = "methodology/"
GLOSSARY = "glossary/"
QUALITY = "quality/"
PROBLEMS = "problems/"
UPDATES = "updates/"
RELEASES = "releases/"
SUBMIT = "submit/"
SEARCH = "search/"
SEARCH_INDEX = "search/index/"
ABOUT = "about/"
EMBEDS = "embed/"

PACKAGE_ZIP = "downloads/datapackage.zip"
DESCRIPTOR = "downloads/datapackage.json"
DOWNLOADS = "downloads/"
TYPED_TABLES = "downloads/typed/"
CATALOG_JSONLD = "catalog.jsonld"
CATALOG_TTL = "catalog.ttl"
CATALOG = "data/#catalog"
"""What names the catalogue of the site's data; :func:`dataset` names what is in it."""
CSVW_TABLES = "downloads/csv-metadata.json"
CRATE = "downloads/ro-crate-metadata.json"
VERDICTS_CSV = "downloads/verdicts.csv"
VERDICTS_PARQUET = "downloads/verdicts.parquet"
VALUES_CSV = "downloads/values.csv"
TIDY = ("values", "verdicts")
"""Tables that are made for people to take away; the package has others by other names."""
PLAN_PARQUET = "downloads/plan.parquet"
PLAN_XLSX = "downloads/plan.xlsx"
PLAN_SQLITE = "downloads/plan.sqlite"
COMPARE_JSON = "downloads/compare.json"
TEMPLATE = "downloads/template.xlsx"
API = "api/v1/"
OPENAPI = f"{API}openapi.json"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
SITEMAP_PARTS = "sitemap-"
"""What the names of its parts begin with, see :func:`sitemap_part`."""
ROBOTS = "robots.txt"
CHECKSUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
RELEASE_ZIP = "datapackage.zip"
"""The name within a release's folder."""

INDICATOR_SUFFIXES = ("csv", "xlsx", "json", "zip", "utf8.csv", "metadata.json")
"""What an indicator's files end with, the most asked for first."""
CHART_KINDS = ("svg", "png", "json")
"""What an indicator's chart is published as; ``json`` is for exploring it."""


def indicator(indicator_id: str) -> str:
    """An indicator's page."""
    return f"{INDICATORS}{indicator_id}/"


def task(task_id: str) -> str:
    """A task's page."""
    return f"{TASKS}{task_id}/"


def agency(agency_id: str) -> str:
    """An agency's page."""
    return f"{AGENCIES}{agency_id}/"


def year(number: int) -> str:
    """A year's scorecard."""
    return f"{YEARS}{number}/"


def of_record(table: str, record_id: str) -> str | None:
    """The page of a record that has one of its own."""
    makers = {"indicators": indicator, "tasks": task, "agencies": agency}
    return makers[table](record_id) if table in makers else None


def release(day: dt.date) -> str:
    """A release's page and, from the site's root, the folder of its files."""
    return f"{RELEASES}{day.isoformat()}/"


def resource(name: str) -> str:
    """A table's codebook."""
    return f"{DATA}{name}/"


def codebook(file: str) -> str | None:
    """The page that tells what the columns of a file to take away mean; ``None`` for no such."""
    if file in (VERDICTS_PARQUET, PLAN_PARQUET):
        return resource("verdicts" if file == VERDICTS_PARQUET else "values")
    if not file.startswith(DOWNLOADS) or not file.endswith(".csv"):
        return None
    folder, name = posixpath.split(file)
    is_table = f"{folder}/" in (DOWNLOADS, TYPED_TABLES)
    return resource(name.removesuffix(".csv") if is_table else "values")


def resource_row(name: str, row: int) -> str:
    """A row on its table's page, as spreadsheets number rows: the header is row 1."""
    return f"{resource(name)}#row-{row}"


def resource_csv(name: str) -> str:
    """A table as CSV."""
    return f"downloads/{name}.csv"


def typed_csv(name: str) -> str:
    """A table as typed, published where its file for spreadsheets had to alter a text."""
    return f"{TYPED_TABLES}{name}.csv"


def indicator_csv(indicator_id: str) -> str:
    """An indicator's values, targets and verdicts as CSV."""
    return indicator_file(indicator_id, "csv")


def indicator_file(indicator_id: str, suffix: str) -> str:
    """An indicator's values, targets and verdicts in one of :data:`INDICATOR_SUFFIXES`."""
    return f"downloads/indicators/{indicator_id}.{suffix}"


def api_file(name: str) -> str:
    """One of the API's overviews."""
    return f"{API}{name}.json"


def api_indicator(indicator_id: str) -> str:
    """All of an indicator, for programs."""
    return api_file(f"indicators/{indicator_id}")


def api_task(task_id: str) -> str:
    """All of a task, for programs."""
    return api_file(f"tasks/{task_id}")


def change(commit: str) -> str:
    """The place on the updates page that tells what a commit changed."""
    return f"{UPDATES}#change-{commit}"


def dataset(page: str) -> str:
    """What names the dataset that a page is about, in both languages."""
    return f"{page}#dataset"


def csvw(file: str) -> str:
    """The description of a CSV file, beside it."""
    return f"{file}-metadata.json"


def sitemap_part(number: int) -> str:
    """A part of a sitemap that is too long for one file, from 1."""
    return f"{SITEMAP_PARTS}{number}.xml"


def chart_file(indicator_id: str, language: Language, kind: str) -> str:
    """An indicator's chart as a file, of one of :data:`CHART_KINDS`."""
    return f"charts/{language}/{indicator_id}.{kind}"


def card(page: str, language: Language) -> str:
    """The picture that a link to a page shows where it is shared."""
    return f"cards/{language}/{page.rstrip('/') or 'index'}.png"


def embed(indicator_id: str, language: Language) -> str:
    """An indicator's chart as a small page to stand in other sites' pages.

    Unlike other pages, both languages' addresses stand side by side, from the site's root.
    """
    return f"{EMBEDS}{language}/{indicator_id}/"


def files_about(table: str, record_id: str) -> list[str]:
    """Everything but its pages that is published of a record alone."""
    if table == "tasks":
        return [api_task(record_id)]
    if table != "indicators":
        return []
    files = [indicator_file(record_id, suffix) for suffix in INDICATOR_SUFFIXES]
    return [
        api_indicator(record_id),
        *files,
        *(csvw(file) for file in files if file.endswith(".csv")),
        *(chart_file(record_id, side, kind) for side in Language for kind in CHART_KINDS),
    ]


def localized(page: str, language: Language) -> str:
    """A page's address in a language, from the site's root."""
    return page if language is Language.ZH else f"{language}/{page}"


def relative(target: str, page: str) -> str:
    """The way from one address to another, both from the site's root.

    ``relative("tasks/t1/", "en/indicators/I1/")`` is ``../../../tasks/t1/``.
    """
    path, hash_mark, fragment = target.partition("#")
    there, here = path.split("/"), page.split("/")
    shared = 0
    for one, other in zip(there[:-1], here[:-1], strict=False):
        if one != other:
            break
        shared += 1
    way = "../" * (len(here) - 1 - shared) + "/".join(there[shared:])
    return f"{way or './'}{hash_mark}{fragment}"


def html_file(page: str) -> str:
    """The file, within its language's tree, that a page is served from."""
    return f"{page}index.html"


def page_file(page: str) -> str:
    """The Markdown file, within its language's tree, that becomes a page."""
    return f"{page}index.md"
