"""A backup of 400,000 credits while four people claim, on both databases: how long it takes, and how long they wait."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from services import backup, installation
from tests.benchmarks import _data, _postgresql
from tests.benchmarks._rows import World
from tests.benchmarks._table import Figure
from tests.benchmarks.durable_claims import Pair, claim, pairs_by_thread

CROWD = World(people=2000, credits_each=200)
WRITERS, RUNS, BEFORE = 4, 3, 3.0
Timed = tuple[float, float]
"""When a claim began and when it was answered."""
WORLDS: dict[str, Callable[[World], AbstractContextManager[Path]]] = {
    "SQLite": _data.world,
    "PostgreSQL": _postgresql.world,
}


def measure() -> Iterator[Figure]:
    for name, world in WORLDS.items():
        with world(CROWD), TemporaryDirectory(prefix="aspen-bench-") as folder:
            yield from _measured(name, Path(folder))


def _measured(name: str, folder: Path) -> Iterator[Figure]:
    spans: list[Timed] = []
    with _claiming() as told:
        began = time.monotonic()
        time.sleep(BEFORE)
        quiet = (began, time.monotonic())
        for _ in range(RUNS):
            begins = time.monotonic()
            file = backup.back_up(installation.settings(), folder)
            spans.append((begins, time.monotonic()))
    size = file.stat().st_size / 1e6
    took = [end - begin for begin, end in spans]
    method = f"whole: copied, verified, packed, checked again; {WRITERS} writers meanwhile; {size:.0f} MB"
    yield Figure(f"backup of 400,000 credits, {name}", took, "s", method, 60)
    waits = [1000 * _longest(told, span) for span in spans]
    yield Figure(f"longest wait of a writer meanwhile, {name}", waits, "ms", "the slowest claim in each backup", 1000)
    yield Figure(f"longest wait without a backup, {name}", [1000 * _longest(told, quiet)], "ms", f"in {BEFORE:.0f} s")
    rates = [_count(told, span) / (span[1] - span[0]) for span in spans]
    yield Figure(f"claims while a backup is made, {name}", rates, "/s", "all writers together")
    yield Figure(f"claims without a backup, {name}", [_count(told, quiet) / (quiet[1] - quiet[0])], "/s", "as above")


@contextmanager
def _claiming() -> Iterator[list[Timed]]:
    """Four threads claim until it is over; what they did is in the list."""
    told: list[Timed] = []
    over = Event()

    def work(mine: Iterator[Pair]) -> None:
        while not over.is_set():
            begins = time.monotonic()
            claim(next(mine))
            told.append((begins, time.monotonic()))

    threads = [Thread(target=work, args=(mine,)) for mine in pairs_by_thread(CROWD, 0, 1)[:WRITERS]]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _within(told: list[Timed], span: Timed) -> Iterator[Timed]:
    return (one for one in told if one[0] < span[1] and one[1] > span[0])


def _longest(told: list[Timed], span: Timed) -> float:
    return max(end - begin for begin, end in _within(told, span))


def _count(told: list[Timed], span: Timed) -> int:
    return sum(1 for _ in _within(told, span))
