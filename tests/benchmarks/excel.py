"""Export CE Credits to Excel, for a person with 500 credits."""

import io
import time
from collections.abc import Iterator

from openpyxl import load_workbook

from services import credit_export
from tests.benchmarks._data import LIBRARIAN, actor, world
from tests.benchmarks._rows import World
from tests.benchmarks._table import Figure

CREDITS, RUNS = 500, 15


def measure() -> Iterator[Figure]:
    with world(World(people=5, credits_each=CREDITS)):
        body = credit_export.workbook(actor(LIBRARIAN)).body
        assert load_workbook(io.BytesIO(body))["Credits"].max_row == CREDITS + 1
        runs = []
        for _ in range(RUNS):
            began = time.process_time()
            credit_export.workbook(actor(LIBRARIAN))
            runs.append((time.process_time() - began) * 1000)
    yield Figure("Excel of 500 credits", runs, "ms CPU", "process time of workbook(), reading included, 15 runs", 80)
    yield Figure("Excel of 500 credits, size", [len(body) / 1000], "kB", "bytes of the file")
