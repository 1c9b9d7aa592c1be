"""Jobs that come round: once for each time they are due, however many processes look."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services import clock, jobs
from services.jobs import Task, every, nightly, run_due
from tests.make import NOON


def test_a_job_is_done_when_it_is_due_and_not_again_before_its_time(database: Path) -> None:
    done: list[int] = []
    task = Task("count", every(timedelta(hours=1)), lambda: done.append(1))
    assert (run_due([task]), run_due([task]), len(done)) == (["count"], [], 1)
    clock.fix(NOON + timedelta(minutes=59))
    assert run_due([task]) == []
    clock.fix(NOON + timedelta(minutes=60))
    assert (run_due([task]), len(done)) == (["count"], 2)


def test_of_sixteen_that_look_at_once_one_does_it(database: Path) -> None:
    done: list[int] = []
    task = Task("count", every(timedelta(hours=1)), lambda: done.append(1))
    for hour in range(5):
        clock.fix(NOON + timedelta(hours=hour))
        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda _: run_due([task]), range(16)))
        assert sorted(answers)[-1] == ["count"]
        assert len(done) == hour + 1


def test_a_job_that_fails_is_tried_again_after_its_lease_and_harms_no_other(database: Path) -> None:
    tries: list[int] = []

    def fail() -> None:
        tries.append(1)
        raise RuntimeError("no room left")

    tasks = [Task("fails", every(timedelta(hours=1)), fail), Task("works", every(timedelta(hours=1)), lambda: None)]
    assert run_due(tasks) == ["works"]
    clock.fix(NOON + jobs.LEASE - timedelta(seconds=1))
    assert (run_due(tasks), len(tries)) == ([], 1)
    clock.fix(NOON + jobs.LEASE)
    assert (run_due(tasks), len(tries)) == ([], 2)


def test_what_is_nightly_is_due_once_from_its_hour_on_by_the_programs_clock(database: Path) -> None:
    due = nightly(2)
    two_in_denver = datetime(2026, 11, 23, 9, tzinfo=UTC)
    before, after = two_in_denver - timedelta(minutes=1), two_in_denver + timedelta(minutes=1)
    assert due(None, before)
    assert not due(before - timedelta(hours=1), before)
    assert due(before, two_in_denver)
    assert not due(two_in_denver, after)
    assert due(after, after + timedelta(days=1))
