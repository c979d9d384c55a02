from pathlib import Path
from threading import Event

from plansite.preview.watcher import Watcher, watch_files


def test_a_new_day_is_told_of_though_no_file_changed(tmp_path: Path) -> None:
    (tmp_path / "targets.csv").touch()
    watcher = watch_files([tmp_path])
    assert next(watcher.changes(lambda: True)) is None


def test_what_changed_is_told_of_once() -> None:
    watcher = Watcher(Event())
    watcher.changed.set()
    answers = iter([False, True])
    changes = watcher.changes(lambda: next(answers))
    next(changes)
    assert not watcher.is_pending
    next(changes)
    assert next(answers, None) is None
