"""Another plan's site: every verdict shows where it should, and nothing of the first plan."""

from __future__ import annotations

import html
import json

import pytest

from plansite.model import Language
from plansite.model.translations import Words
from tests.site.built_site import Site, find, text_of

VERDICTS = {
    "L01": {2023: "no_target", 2024: "met", 2025: "nearly", 2026: "awaiting"},
    "L02": {2023: "no_target", 2024: "partly", 2025: "limited"},
    "L03": {2023: "no_target", 2024: "met", 2025: "regressed"},
    "L04": {2024: "missed", 2025: "overdue"},
    "L05": {2024: "no_target", 2025: "no_target", 2026: "awaiting"},
    "L06": {2024: "missed"},
    "L07": {2025: "met"},
}
PROMISES = {
    "c-evening": ("t1", "completed"),
    "c-card": ("t1", "completed_late"),
    "c-bus": ("t1", "in_progress"),
    "c-braille": ("t2", "not_started"),
    "c-prize": ("t2", "unreported"),
    "c-catalogue": ("t3", "overdue"),
    "c-stacks": ("t3", "overdue_unreported"),
}
CHINESE = {
    "no_target": "未设目标",
    "awaiting": "待公布",
    "overdue": "逾期未公布",
    "met": "达到目标",
    "nearly": "接近目标",
    "partly": "部分达成",
    "limited": "进展有限",
    "regressed": "倒退",
    "missed": "未达到",
}
CHINESE_PROMISES = {
    "completed": "已完成",
    "completed_late": "逾期完成",
    "in_progress": "推进中",
    "not_started": "未启动",
    "unreported": "未报告",
    "overdue": "逾期未完成",
    "overdue_unreported": "到期未报告",
}

both_languages = pytest.mark.parametrize("language", Language)


def test_nothing_of_the_first_plan_is_left(library: Site) -> None:
    for path in library.folder.rglob("*"):
        if path.suffix not in (".html", ".json", ".csv", ".xml", ".md", ".svg"):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            text = json.dumps(json.loads(text), ensure_ascii=False).replace("\\\\", "\\")
        text = html.unescape(html.unescape(text)).replace("\u200b", "")
        for word in ("Guizhou", "guizhou", "贵州", "黔", "科技研发"):
            assert word not in text, (path, text[max(0, text.find(word) - 80) :][:160])


@both_languages
@pytest.mark.parametrize("indicator", VERDICTS)
def test_every_verdict_stands_as_a_word_in_its_row(
    library: Site, language: Language, indicator: str
) -> None:
    words = Words(language)
    page = library.at(f"indicators/{indicator}/", language)
    found = {}
    for row in find(page.one("table.series"), "tbody tr"):
        for verdict in find(row, ".verdict"):
            found[int(text_of(find(row, "th")[0]))] = (verdict.get("class"), text_of(verdict))
    assert found == {
        year: (f"verdict verdict-{verdict}", words(f"verdict.{verdict}"))
        for year, verdict in VERDICTS[indicator].items()
    }
    if language is Language.ZH:
        words_found = {year: word for year, (_, word) in found.items()}
        assert words_found == {y: CHINESE[v] for y, v in VERDICTS[indicator].items()}


@both_languages
@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_shows_its_verdict_on_its_task(
    library: Site, language: Language, promise: str
) -> None:
    task, expected = PROMISES[promise]
    entry = library.at(f"tasks/{task}/", language).element_at(promise)
    (verdict,) = find(entry, ".verdict")
    assert verdict.get("class") == f"verdict verdict-c-{expected}"
    assert text_of(verdict) == Words(language)(f"commitment.{expected}")
    assert language is Language.EN or text_of(verdict) == CHINESE_PROMISES[expected]


@both_languages
def test_the_method_page_explains_every_verdict_once(library: Site, language: Language) -> None:
    page = library.at("methodology/", language)
    words = []
    for verdict in CHINESE:
        row = page.element_at(verdict)
        words.append(text_of(find(row, ".verdict")[0]))
        assert len(text_of(find(row, "td")[0])) > 5
    for verdict in CHINESE_PROMISES:
        words.append(text_of(find(page.element_at(f"c-{verdict}"), ".verdict")[0]))
    assert len(set(words)) == len(words) == 16
    if language is Language.ZH:
        assert words == [*CHINESE.values(), *CHINESE_PROMISES.values()]
    for share in ("95%", "60%"):
        assert share in text_of(page.article)


@both_languages
def test_unsettled_unlike_and_corrected_values_carry_a_mark(
    library: Site, language: Language
) -> None:
    words = Words(language)
    marks = {
        ("L01", 2025, "7.9"): "status.provisional",
        ("L03", 2024, "45.5"): "status.estimated",
        ("L04", 2025, "1500"): "status.related",
        ("L02", 2024, "17.5"): "quality.corrected",
    }
    shown = {}
    for indicator in VERDICTS:
        page = library.at(f"indicators/{indicator}/", language)
        for row in find(page.one("table.series"), "tbody tr"):
            for value in find(row, ".value"):
                number = text_of(find(value, ".figure")[0]).replace(",", "")
                for mark in find(value, ".mark"):
                    shown[indicator, int(text_of(find(row, "th")[0])), number] = text_of(mark)
    assert shown == {place: words(key) for place, key in marks.items()}


@both_languages
def test_unsettled_values_are_counted_apart(library: Site, language: Language) -> None:
    note = Words(language)("common.of_which_unsettled", count=1)
    for year in ("2024", "2025"):
        assert note in text_of(library.at(f"years/{year}/", language).article)
    assert note not in text_of(library.at("years/2026/", language).article)


@both_languages
def test_the_value_seen_directly_leads_though_the_copy_is_newer(
    library: Site, language: Language
) -> None:
    row = library.at("indicators/L01/", language).element_at("y2025")
    assert [text_of(figure) for figure in find(row, ".figure")] == ["7.9", "8.1"]


@both_languages
@pytest.mark.parametrize("address", ["quality/", "updates/"])
def test_a_correction_shows_old_value_new_value_and_reason(
    library: Site, language: Language, address: str
) -> None:
    page = library.at(address, language)
    rows = [text_of(row) for row in find(page.article, "tbody tr")]
    reason = {Language.ZH: "录入时数字颠倒", Language.EN: "Two digits were swapped"}[language]
    (row,) = [row for row in rows if reason in row]
    assert "15.7" in row
    assert "17.5" in row
    assert "L02" in row


@both_languages
def test_a_report_of_progress_names_its_source(library: Site, language: Language) -> None:
    page = library.at("tasks/t1/", language)
    report = page.element_at("r2")
    said = {Language.ZH: "夜间阅览室开放", Language.EN: "The evening reading room has opened"}
    assert said[language] in text_of(report)
    (reference,) = find(report, "sup a")
    name, anchor = page.target(reference.get("href", ""))
    assert name == page.name
    assert "2025年年报" in text_of(page.element_at(anchor))
