"""The Control Panel of a person with 200 credits, 400 past events of the year on offer."""

from collections.abc import Iterator
from statistics import median

from tests.benchmarks._data import LIBRARIAN, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import RUNS, Server, served
from tests.benchmarks._table import Figure

PATH, MARK = "/ce", "Add Independent Learning Event"


def measure() -> Iterator[Figure]:
    with world(World(people=20, credits_each=200)) as folder, served(folder) as server:
        found = server.time(PATH, LIBRARIAN, MARK)
        yield Figure("/ce GET", found.medians, "ms", "kept-alive HTTP, served app, 5 runs of 40", 45)
        yield Figure("/ce GET, p95", found.marks, "ms", "as above")
        yield Figure("/ce GET, server CPU", found.cpu, "ms", "process time of the server for each request")
        yield statements(server)
        yield Figure("/ce builder", _builder(server), "ms CPU",
                     "thread time of drawing the page on loaded data, in the served app", 15)  # fmt: skip


def statements(server: Server, name: str = "/ce SQL statements") -> Figure:
    """Counted at the cursor over one GET, the look-up of the session included."""
    with server.client(LIBRARIAN) as client:
        client.get(PATH)
        server.helper.call("watch_statements")
        counts = []
        for _ in range(3):
            client.get(PATH)
            counts.append(len(server.helper.call("statements")))
    return Figure(name, counts, "", "cursor executions of one GET, with the guard's, without BEGIN", 6)


def _builder(server: Server) -> list[float]:
    """Medians of RUNS runs, in ms."""
    server.helper.call("watch_draws", PATH)
    runs = []
    with server.client(LIBRARIAN) as client:
        for _ in range(RUNS + 1):
            for _ in range(20):
                assert MARK in client.get(PATH).text
            runs.append(median(server.helper.call("draws")) * 1000)
    return runs[1:]
