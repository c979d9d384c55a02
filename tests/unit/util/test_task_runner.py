"""Work given out comes back in order, whoever did it, and is not done twice."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

from plansite.util.process_pool import ProcessPool
from plansite.util.result_cache import ResultCache
from plansite.util.steps import run_to_end
from plansite.util.task_runner import TaskRunner

MANY = range(100)


def in_a_process_of_its_own() -> bool:
    return multiprocessing.parent_process() is not None


def where(number: int) -> bytes:
    return f"{number} {in_a_process_of_its_own()}".encode()


def square(number: int) -> bytes:
    return str(number**2).encode()


def square_or_end(number: int) -> bytes:
    """Ends its process midway, as the system does with one that takes too much memory."""
    if number == 50 and in_a_process_of_its_own():
        os._exit(9)
    return square(number)


@contextlib.contextmanager
def opened(cache: ResultCache | None, jobs: int) -> Iterator[TaskRunner]:
    with ProcessPool(jobs) as pool:
        yield TaskRunner(cache, pool)


def test_results_come_in_the_order_of_their_subjects() -> None:
    with opened(None, 1) as runner:
        few = runner.submit_all(square, [3, 1, 2])
        assert list(few.results()) == [b"9", b"1", b"4"]


def test_much_work_is_done_by_other_processes_and_little_is_not() -> None:
    with opened(None, 2) as runner:
        little = runner.submit_all(where, range(5))
        assert list(little.results()) == [f"{number} False".encode() for number in range(5)]
        much = runner.submit_all(where, MANY)
        assert list(much.results()) == [f"{number} True".encode() for number in MANY]
        more = runner.submit_all(where, range(5))
        assert list(more.results()) == [f"{number} True".encode() for number in range(5)]
    with opened(None, 1) as runner:
        alone = runner.submit_all(where, MANY)
        assert list(alone.results()) == [f"{number} False".encode() for number in MANY]


def test_a_process_that_ends_midway_costs_no_result() -> None:
    with opened(None, 2) as runner:
        work = runner.submit_all(square_or_end, MANY)
        assert list(work.results()) == [square(number) for number in MANY]


def _begin_and_tell(numbers: multiprocessing.SimpleQueue[int]) -> None:
    """Give work to processes, tell who they are, and wait to be killed."""
    with opened(None, 2) as runner:
        for number in {int(each) for each in runner.submit_all(number_of_process, MANY).results()}:
            numbers.put(number)
        time.sleep(60)


def number_of_process(_: int) -> bytes:
    return str(os.getpid()).encode()


def test_processes_end_with_the_one_that_started_them_though_it_is_killed() -> None:
    context = multiprocessing.get_context("spawn")
    numbers = context.SimpleQueue()
    builder = context.Process(target=_begin_and_tell, args=(numbers,))
    builder.start()
    helpers = [Path("/proc") / str(numbers.get())]
    builder.kill()
    builder.join()
    deadline = time.monotonic() + 20
    while any(helper.exists() for helper in helpers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(helper.exists() for helper in helpers)


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    made: list[int] = []

    def double(number: int) -> bytes:
        made.append(number)
        return str(2 * number).encode()

    for subjects in ([1, 2], [2, 3], [3, 1]):
        with opened(ResultCache(tmp_path, "1"), 1) as runner:
            expected = [str(2 * number).encode() for number in subjects]
            assert list(runner.submit_all(double, subjects).results()) == expected
    assert made == [1, 2, 3]


def test_what_other_processes_make_is_kept_too(tmp_path: Path) -> None:
    for expected in (True, True):
        with opened(ResultCache(tmp_path, "1"), 2) as runner:
            results = list(runner.submit_all(where, MANY).results())
            assert results == [f"{number} {expected}".encode() for number in MANY]
    with opened(ResultCache(tmp_path, "1"), 1) as runner:
        assert list(runner.submit_all(where, [5]).results()) == [b"5 True"]


def test_where_nothing_can_be_kept_everything_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with opened(ResultCache(tmp_path / "file" / "cache", "1"), 2) as runner:
        assert list(runner.submit_all(square, MANY).results()) == [square(each) for each in MANY]


def nothing() -> None:
    """What a process does before there is work."""


def test_a_crew_that_waits_for_work_takes_little_too_and_outlives_a_lost_process() -> None:
    with ProcessPool(2) as pool:
        pool.start(nothing)
        for _ in range(2):
            little = TaskRunner(None, pool).submit_all(where, range(5))
            assert list(little.results()) == [f"{number} True".encode() for number in range(5)]
            ended = TaskRunner(None, pool).submit_all(square_or_end, [50])
            assert list(ended.results()) == [square(50)]


def by_whom(number: int) -> bytes:
    return f"{os.getpid()}".encode() if in_a_process_of_its_own() else b"the build"


def test_processes_that_were_let_go_are_gone_and_new_ones_do_the_rest() -> None:
    with ProcessPool(2) as pool:
        runner = TaskRunner(None, pool)
        first = set(runner.submit_all(by_whom, MANY).results())
        pool.shutdown_idle()
        assert multiprocessing.active_children() == []
        others = set(runner.submit_all(by_whom, MANY).results())
        assert others.isdisjoint(first | {b"the build"})


def test_processes_that_are_to_stay_ready_are_not_let_go() -> None:
    with ProcessPool(2, stays=True) as pool:
        runner = TaskRunner(None, pool)
        first = set(runner.submit_all(by_whom, MANY).results())
        pool.shutdown_idle()
        assert set(runner.submit_all(by_whom, MANY).results()) & first


def test_two_kinds_of_work_on_one_subject_are_kept_apart(tmp_path: Path) -> None:
    with opened(ResultCache(tmp_path, "1"), 1) as runner:
        assert list(runner.submit_all(square, [4]).results()) == [b"16"]
        assert list(runner.submit_all(where, [4]).results()) == [b"4 False"]


def slowly(number: int) -> bytes:
    time.sleep(0.1)
    return square(number)


def test_work_that_was_dropped_is_not_waited_for() -> None:
    with ProcessPool(2) as pool:
        TaskRunner(None, pool).submit_all(slowly, range(400))  # 20 seconds for two
        pool.cancel_pending()
        start = time.monotonic()
        assert list(TaskRunner(None, pool).submit_all(square, [3]).results()) == [b"9"]
        assert time.monotonic() - start < 12


def test_one_large_piece_is_done_by_another_process_if_it_is_worth_one() -> None:
    with opened(None, 2) as runner:
        assert run_to_end(runner.submit_one(where, 1, pieces=10).wait()) == b"1 False"
        assert run_to_end(runner.submit_one(where, 1, pieces=1000).wait()) == b"1 True"
    with opened(None, 1) as runner:
        assert run_to_end(runner.submit_one(where, 1, pieces=1000).wait()) == b"1 False"


def test_a_large_piece_whose_process_was_ended_is_done_by_the_build() -> None:
    with opened(None, 2) as runner:
        result = runner.submit_one(square_or_end, 50, pieces=1000)
        assert run_to_end(result.wait()) == b"2500"


def sleep(seconds: float) -> None:
    time.sleep(seconds)


class Growing:
    """Holds more with each look, as a plan does that keeps what was worked out."""

    def __init__(self) -> None:
        for number in range(10_000):
            setattr(self, f"first{number}", number)

    def grow(self) -> None:
        for number in range(200_000):
            setattr(self, f"later{number}", number)


def count(held: Growing) -> int:
    return len(vars(held))


def test_a_large_piece_is_what_it_was_when_it_was_given() -> None:
    held = Growing()
    with opened(None, 2) as runner:
        for _ in range(6):  # so that its turn comes later
            runner.submit_one(sleep, 0.1, pieces=1000)
        result = runner.submit_one(count, held, pieces=1000)
        held.grow()
        assert run_to_end(result.wait()) == 10_000


def until_there_is(file: Path) -> bytes:
    """A piece that takes as long as a test wants."""
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return str(file.exists()).encode()


def test_who_waits_for_a_large_piece_can_be_called_away(tmp_path: Path) -> None:
    with opened(None, 2) as runner:
        start = time.perf_counter()
        result = runner.submit_one(until_there_is, tmp_path / "end", pieces=1000)
        steps = result.wait()
        for _ in range(3):
            next(steps)
        steps.close()
        assert time.perf_counter() - start < 4
        (tmp_path / "end").touch()
        assert run_to_end(result.wait()) == b"True"
