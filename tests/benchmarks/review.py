"""The queue with 10,000 pending entries."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from services import queue
from services.queue import QueueFilter
from tests.benchmarks._data import COORDINATOR, actor, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import RUNS, served
from tests.benchmarks._table import Figure

TEN_THOUSAND = World(people=500, credits_each=10, pending_each=20)


def measure() -> Iterator[Figure]:
    with world(TEN_THOUSAND) as folder:
        coordinator = actor(COORDINATOR)
        assert queue.page(coordinator, QueueFilter()).total == 10_000
        with served(folder) as server:
            found = server.time("/review", COORDINATOR, "queue_list")
            yield Figure("/review GET, 10,000 pending", found.medians, "ms", "as /ce GET", 60)
            yield Figure("/review GET, p95", found.marks, "ms", "as above")
            yield Figure("/review GET, server CPU", found.cpu, "ms", "as /ce")
        for name, wanted in FILTERS.items():
            yield Figure(f"queue.page, {name}", timed(partial(queue.page, coordinator, wanted)), "ms",
                         "the service alone, in process, 5 runs of 10")  # fmt: skip
        yield Figure(
            "queue.changes of 1", timed(partial(queue.changes, [10_000])), "ms", "what the feed loads for all windows"
        )


FILTERS = {
    "no filter": QueueFilter(),
    "category": QueueFilter(category_id=1),
    "library": QueueFilter(library_id=7),
    "text": QueueFilter(text="library town"),
    "decided": QueueFilter(decided=True),
}


def timed(deed: Callable[[], object], times: int = 10) -> list[float]:
    """Medians of RUNS runs, in ms."""
    deed()
    runs = []
    for _ in range(RUNS):
        found = []
        for _ in range(times):
            began = time.perf_counter()
            deed()
            found.append((time.perf_counter() - began) * 1000)
        runs.append(median(found))
    return runs
