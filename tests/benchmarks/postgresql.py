"""Claims on PostgreSQL with 1, 8 and 32 threads, each answered when it is on the disk."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks import _postgresql
from tests.benchmarks._table import Figure
from tests.benchmarks.durable_claims import (
    CROWD,
    RUNS,
    SLICE,
    THREADS,
    claim,
    claims_saved,
    pairs_by_thread,
    time_slice,
)

CROWDS = (1, 8, THREADS)


def measure() -> Iterator[Figure]:
    rates: dict[int, list[float]] = {threads: [] for threads in CROWDS}
    with _postgresql.world(CROWD):
        pairs = {threads: pairs_by_thread(CROWD, place, len(CROWDS)) for place, threads in enumerate(CROWDS)}
        before, acknowledged, errors = claims_saved(), 0, 0
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in range(RUNS + 1):
                for threads in CROWDS:
                    done, failed = time_slice(pool, claim, pairs[threads][:threads])
                    rates[threads].append(done / SLICE)
                    acknowledged, errors = acknowledged + done, errors + failed
        lost = acknowledged - (claims_saved() - before)
    method = f"claim_event, server on this machine, fsync and synchronous_commit on; {RUNS} turns of {SLICE:.0f} s"
    for threads, found in rates.items():
        yield Figure(f"claims on PostgreSQL, {threads} thread{'s' * (threads > 1)}", found[1:], "/s", method)
    yield Figure("claims on PostgreSQL, errors and lost", [errors + lost], "", "in all slices", 0)
