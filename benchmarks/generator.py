"""Plans of any size for measuring: the proportions of a real one, the same bytes for the same seed.

For every 23 indicators there are 9 tasks, 12 agencies and 35 commitments, as in the plan that
``datapackage/`` holds; every indicator has a value for each of ten years and targets for three.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

YEARS = range(2016, 2026)
TARGET_YEARS = range(2023, 2026)
_SEED = 20251231

_SUBJECTS = (
    ("技术合同成交额", "Value of technology contracts", "亿元", "100 million yuan"),
    ("高新技术企业", "High-tech enterprises", "家", "enterprises"),
    ("研发经费投入强度", "Research and development intensity", "%", "% of GDP"),
    ("科技特派员", "Science and technology envoys", "人次", "postings"),
    ("重点实验室", "Key laboratories", "个", "laboratories"),
    ("森林覆盖率", "Forest cover", "%", "%"),
    ("空气质量优良天数", "Days of good air", "天", "days"),
    ("农村公路里程", "Length of rural roads", "公里", "kilometres"),
)
_PLACES = (
    ("贵阳", "Guiyang"),
    ("遵义", "Zunyi"),
    ("六盘水", "Liupanshui"),
    ("安顺", "Anshun"),
    ("毕节", "Bijie"),
    ("铜仁", "Tongren"),
)
_VERBS = (("推进", "Advance"), ("扩大", "Widen"), ("改善", "Improve"), ("支持", "Support"))

Row = dict[str, object]
T = TypeVar("T")


def make_plan(library: Path, directory: Path, indicators: int) -> Path:
    """Write a valid package.

    Args:
        library: a package whose descriptor and tables' headings it takes.
        directory: where its folder goes.
        indicators: how many.

    Returns:
        The package's folder.
    """
    package = directory / f"plan-{indicators}"
    package.mkdir(parents=True)
    descriptor = json.loads((library / "datapackage.json").read_text("utf-8"))
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (package / "datapackage.json").write_text(text + "\n", "utf-8")
    tables = _Plan(indicators).tables()
    for path in sorted(library.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            fields = next(csv.reader(file))
        with (package / path.name).open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, fields, lineterminator="\n", restval="")
            out.writeheader()
            out.writerows(tables.get(path.stem, []))
    return package


class _Plan:
    """The rows of every table."""

    def __init__(self, indicators: int) -> None:
        self._random = random.Random(_SEED)  # noqa: S311 - not for secrets
        self._indicators = indicators
        self._tasks = max(2, indicators * 9 // 23)
        self._agencies = max(2, indicators * 12 // 23)

    def tables(self) -> dict[str, list[Row]]:
        """Rows by table."""
        return {
            "agencies": [*self._agency_rows()],
            "themes": [*self._theme_rows()],
            "tasks": [*self._task_rows()],
            "task_agencies": [*self._duties()],
            "indicators": [*self._indicator_rows()],
            "targets": [*self._targets()],
            "observations": [*self._observations()],
            "commitments": [*self._commitments()],
            "progress_reports": [*self._reports()],
            "sources": [*self._sources()],
        }

    def _agency_rows(self) -> Iterator[Row]:
        for number in range(1, self._agencies + 1):
            zh, en = _PLACES[number % len(_PLACES)]
            yield {
                "agency_id": f"a{number}",
                "name_zh": f"{zh}市第{number}责任局",
                "name_en": f"{en} Bureau No. {number}",
            }

    def _theme_rows(self) -> Iterator[Row]:
        for number in range(1, 6):
            yield {
                "theme_id": f"th{number}",
                "position": number,
                "title_zh": f"第{number}板块",
                "title_en": f"Theme {number}",
            }

    def _task_rows(self) -> Iterator[Row]:
        for number in range(1, self._tasks + 1):
            (verb_zh, verb_en), (zh, en, *_) = self._pick(_VERBS), self._pick(_SUBJECTS)
            yield {
                "task_id": f"t{number}",
                "theme_id": f"th{number % 5 + 1}",
                "position": number,
                "title_zh": f"{verb_zh}{zh}工作（{number}）",
                "title_en": f"{verb_en} work on {en.lower()} ({number})",
                "text_zh": f"{verb_zh}{zh}，健全工作机制，逐年落实，年底前报告进展。" * 3,
                "text_en": " ".join([f"{verb_en} {en.lower()} and report each December."] * 3),
            }

    def _duties(self) -> Iterator[Row]:
        for number in range(1, self._tasks + 1):
            wanted = min(self._agencies, 3)
            for position, agency in enumerate(
                self._random.sample(range(1, self._agencies + 1), wanted), 1
            ):
                yield {"task_id": f"t{number}", "agency_id": f"a{agency}", "position": position}

    def _indicator_rows(self) -> Iterator[Row]:
        for number in range(1, self._indicators + 1):
            zh, en, unit_zh, unit_en = _SUBJECTS[number % len(_SUBJECTS)]
            place_zh, place_en = _PLACES[number % len(_PLACES)]
            task = number % self._tasks + 1 if number % 2 else ""
            yield {
                "indicator_id": f"i{number}",
                "role": "deliverable" if task else "headline",
                "task_id": f"t{task}" if task else "",
                "position": number,
                "name_zh": f"{place_zh}{zh}（第{number}项）",
                "name_en": f"{en} in {place_en} (no. {number})",
                "unit_zh": unit_zh,
                "unit_en": unit_en,
                "direction": "up",
                "accumulation": "level",
                "decimals": 1,
                "baseline_year": 2020,
                "publication_lag_days": 120,
                "definition_zh": f"{place_zh}全市范围内的{zh}，按统计公报口径。",
                "definition_en": f"{en} in the whole of {place_en}, as the bulletins count it.",
            }

    def _targets(self) -> Iterator[Row]:
        for number in range(1, self._indicators + 1):
            for year in TARGET_YEARS:
                value = f"{80 + 10 * (year - 2020) + number % 17}.0"
                yield {
                    "indicator_id": f"i{number}",
                    "year": year,
                    "comparator": "ge",
                    "value": value,
                    "strength": "firm",
                    "wording_zh": f"到{year}年，达到{value}",
                    "source_id": "plan",
                }

    def _observations(self) -> Iterator[Row]:
        for number in range(1, self._indicators + 1):
            level = 40 + self._random.random() * 20
            for year in YEARS:
                level *= 1 + self._random.random() * 0.16
                yield {
                    "indicator_id": f"i{number}",
                    "year": year,
                    "source_id": f"bulletin-{year}",
                    "published": f"{year + 1}-03-20",
                    "value": f"{level:.1f}",
                    "release_status": "provisional" if year == YEARS[-1] else "final",
                    "comparability": "same",
                }

    def _commitments(self) -> Iterator[Row]:
        for number in range(1, self._indicators * 35 // 23 + 1):
            zh, en, *_ = self._pick(_SUBJECTS)
            yield {
                "commitment_id": f"c{number}",
                "task_id": f"t{number % self._tasks + 1}",
                "position": number,
                "title_zh": f"建成{zh}平台（{number}）",
                "title_en": f"A platform for {en.lower()} ({number})",
                "wording_zh": f"{2021 + number % 5}年底前建成{zh}平台",
                "due": f"{2021 + number % 5}-12-31",
            }

    def _reports(self) -> Iterator[Row]:
        for number in range(1, self._indicators * 35 // 23 + 1, 2):
            yield {
                "report_id": f"r{number}",
                "task_id": f"t{number % self._tasks + 1}",
                "commitment_id": f"c{number}",
                "date": f"{2021 + number % 5}-06-30",
                "progress_status": "completed" if number % 3 else "in_progress",
                "text_zh": "已完成主体建设并投入使用。",
                "text_en": "The main work is finished and in use.",
                "source_id": f"bulletin-{2021 + number % 5}",
            }

    def _sources(self) -> Iterator[Row]:
        yield {
            "source_id": "plan",
            "title": "专项行动方案",
            "publisher": "省人民政府办公厅",
            "published": "2020-05-20",
            "access": "direct",
            "url": "https://province.example/plan",
        }
        for year in YEARS:
            yield {
                "source_id": f"bulletin-{year}",
                "title": f"{year}年国民经济和社会发展统计公报",
                "publisher": "省统计局",
                "published": f"{year + 1}-03-20",
                "access": "direct",
                "url": f"https://province.example/{year}",
            }

    def _pick(self, choices: tuple[T, ...]) -> T:
        return self._random.choice(choices)
