"""A change reaches the open queues: from the commit to the last frame that a window receives for it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median, quantiles

from services import queue, sign_in
from services.queue import QueueFilter
from tests.benchmarks._data import COLLEAGUE, COORDINATOR, LIBRARIAN, actor, world
from tests.benchmarks._process import Helper
from tests.benchmarks._server import Server, served
from tests.benchmarks._table import Figure
from tests.benchmarks.review import TEN_THOUSAND

ROUNDS, CHANGES = 5, 10
SETTLE, PAUSE, PATIENCE = 3.0, 0.3, 10.0
"""Seconds before the first change, after each, and for the slowest window."""
FILTERS: list[dict[str, str]] = [
    {}, {"tab": "Events"}, {"tab": "Credits"}, {"tab": "Decided"}, {"category": "1"}, {"category": "2"},
    {"category": "3"}, {"category": "4"}, {"library": "2"}, {"library": "3"}, {"find": "Independent"},
    {"find": "Library of Town 7"}, {"find": "budget"}, {"find": "First12"}, {"tab": "Events", "category": "1"},
    {"tab": "Credits", "category": "2"}, {"tab": "Events", "library": "4"}, {"tab": "Credits", "library": "5"},
    {"tab": "Events", "find": "Study 1"}, {"tab": "Credits", "find": "basics"},
]  # fmt: skip


@dataclass
class Heard:
    """By round, the milliseconds of each window and change; server CPU for each change; patches and gaps."""

    rounds: list[list[float]] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    patches: int = 0
    missed: int = 0


def measure() -> Iterator[Figure]:
    method = "commit to the last frame of it received; websockets in another process; 5 rounds of 10 changes"
    for number, bound in ((20, 200.0), (200, None)):
        found = _listen(number)
        marks = [quantiles(one, n=20)[-1] for one in found.rounds]
        yield Figure(f"live, {number} windows, p95", marks, "ms", method, bound)
        yield Figure(f"live, {number}, p50", [median(one) for one in found.rounds], "ms", "as above")
        yield Figure(f"live, {number}, slowest", [max(one) for one in found.rounds], "ms", "as above")
        yield Figure(f"live, {number}, server CPU", found.cpu, "ms", "process time of the server for each change")
        expected = f"of {number * ROUNDS * CHANGES}; {found.patches} frames patched a row on the screen"
        yield Figure(f"live, {number}, not received", [found.missed], "", expected, 0)


def _listen(number: int) -> Heard:
    with world(TEN_THOUSAND) as folder, served(folder) as server, Helper("tests.benchmarks._windows") as windows:
        server.helper.call("watch_commits")
        token = sign_in.begin(COORDINATOR)
        assert windows.call("open_windows", server.url, token, list(islice(cycle(FILTERS), number))) == number
        found, deeds = Heard(), _deeds()
        time.sleep(SETTLE)
        windows.call("frames")
        for _ in range(ROUNDS):
            _round(server, windows, deeds, found)
        assert windows.call("still_open") == number
    return found


def _deeds() -> Iterator[tuple[str, int, int]]:
    """New entries, approvals and refusals in turn, of entries that stand on the first page."""
    shown = [entry.claim_id for entry in queue.page(actor(COORDINATOR), QueueFilter()).entries]
    events = [event_id for event_id in range(1, 400) if event_id % 53 > 5]
    for claim_id, event_id in zip(shown, events, strict=False):
        yield "claim", LIBRARIAN, event_id
        yield "approve" if claim_id % 2 else "decline", COLLEAGUE, claim_id


def _round(server: Server, windows: Helper, deeds: Iterator[tuple[str, int, int]], found: Heard) -> None:
    """CHANGES changes, one after the other."""
    worked = server.helper.call("cpu")
    times: list[float] = []
    for deed in islice(deeds, CHANGES):
        saved = server.helper.call(*deed)
        windows.call("all_heard", PATIENCE)
        time.sleep(PAUSE)
        received = windows.call("frames")
        times += [(max(at for at, *_ in frames) - saved) / 1e6 for frames in received if frames]
        found.missed += sum(not frames for frames in received)
        found.patches += sum(patches for frames in received for *_, patches in frames)
    found.rounds.append(times)
    found.cpu.append((server.helper.call("cpu") - worked) / CHANGES * 1000)
