"""The package that other tests break and judge is itself sound and complete."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from frictionless import Package, fields

from plansite.analysis.verdicts.assess import assess
from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from plansite.model import CommitmentVerdict, Comparator, Language, ReleaseStatus, Role, Verdict
from plansite.model.contract import CONTRACT
from plansite.model.problems import blockers
from plansite.model.translations import Words
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    copy_package,
    delete_column,
    edit_descriptor,
    edit_text,
    library_plan,
    read_rows,
)


def test_reads_without_any_problem() -> None:
    reading = read_package(LIBRARY)
    assert reading.problems == ()
    assert check_plan(reading, AS_OF) == []


def test_an_earlier_day_leaves_out_and_names_what_came_later_and_forbids_nothing() -> None:
    day = dt.date(2025, 10, 1)
    problems = check_plan(read_package(LIBRARY), day)
    assert blockers(problems) == []
    later = {problem.code for problem in problems if "2025-10-01" in problem.render(Language.EN)}
    assert later == {"later-value", "later-report"}
    known = library_plan().known_on(day).progress_reports
    assert {report.report_id for report in library_plan().progress_reports} > {
        report.report_id for report in known
    }
    assert max(report.date.first_day for report in known) <= day


def test_has_the_contracts_eleven_tables_and_nothing_added() -> None:
    plan = library_plan()
    rules = [rule for rule in CONTRACT.values() if not rule.added]
    assert [resource.name for resource in plan.info.resources] == [rule.name for rule in rules]
    assert len(rules) == 11
    for rule in rules:
        header = set(read_rows(LIBRARY, rule.name)[0])
        assert {field.name for field in rule.fields if field.required} <= header
        assert header <= set(rule.field_names)


def test_optional_columns_may_be_left_out(tmp_path: Path) -> None:
    package = copy_package(tmp_path)

    def leave_out(content: dict[str, Any]) -> None:
        for resource in content["resources"]:
            schema = resource["schema"]
            rules = CONTRACT[resource["name"]].fields
            optional = {rule.name for rule in rules if not rule.required}
            for name in optional & {field["name"] for field in schema["fields"]}:
                delete_column(package, resource["name"], name)
            schema["fields"] = [f for f in schema["fields"] if f["name"] not in optional]

    edit_descriptor(package, leave_out)
    assert read_package(package).problems == ()


def test_every_table_has_rows_and_the_codebook_counts_them() -> None:
    for resource in library_plan().info.resources:
        assert resource.row_count == len(read_rows(LIBRARY, resource.name)) - 1 > 0


def test_is_valid_for_frictionless_alone() -> None:
    report = Package((LIBRARY / "datapackage.json").as_posix()).validate()
    assert report.valid, report.flatten(["title", "message"])


def test_shows_every_verdict() -> None:
    found = assess(library_plan(), AS_OF)
    assert {row.verdict for row in found.indicators} == set(Verdict)
    assert Counter(row.verdict for row in found.commitments) == Counter(CommitmentVerdict)


def test_shows_roles_comparators_and_statuses() -> None:
    plan = library_plan()
    assert {row.role for row in plan.indicators} == set(Role)
    assert {row.release_status for row in plan.observations} == set(ReleaseStatus)
    used = {row.comparator for row in plan.targets}
    assert {Comparator.GE, Comparator.LE, Comparator.BETWEEN} <= used


def test_knows_nothing_of_the_first_plan() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(LIBRARY.iterdir()))
    assert not any(word in text for word in ("贵州", "黔", "Guizhou", "省"))


def test_windows_line_ends_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    for path in package.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    edit_text(package, "datapackage.json", lambda text: "\ufeff" + text)
    reading = read_package(package)
    assert reading.problems == ()
    assert reading.plan == library_plan()


def test_every_type_that_a_column_may_have_has_a_name() -> None:
    types = [getattr(fields, name).type for name in dir(fields) if name.endswith("Field")]
    assert {"string", "year", "any", "geopoint"} <= set(types)
    for side in Language:
        for kind in types:
            assert Words(side)(f"data.type_{kind}")
