"""Certificates: drawn by the child, served from the database, twenty at once, and checked by anybody."""

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from models.certificates import Certificate, shown_code
from services import certificate_files, certificate_press, programs
from services.access import Actor
from tests import certified, make
from tests.benchmarks._data import world
from tests.benchmarks._rows import World
from tests.benchmarks._server import RUNS, served
from tests.benchmarks._table import Figure
from tests.benchmarks.review import timed

AT_ONCE, BURSTS, WARM, RENDERS = 20, 3, 3, 20
CLIENTS, ADDRESSES, CHECKS_EACH = 4, 60, 10
BEAT = 0.005


def measure() -> Iterator[Figure]:
    with world(World(people=5, credits_each=1)) as folder:
        coordinator, certificates = _issue(1 + BURSTS * AT_ONCE)
        try:
            one = _wall_of_one(certificates[0])
            yield Figure("first PDF, CPU of the child", _child_cpu(certificates[0]), "ms CPU",
                         f"user and system time of the warm child, {RUNS} runs of {RENDERS}", 80)  # fmt: skip
            yield Figure("first PDF", one, "ms", f"press() of a document, warm, {RUNS} runs of 10")
            stored = partial(certificate_files.pdf, coordinator, certificates[0].number)
            yield Figure("stored PDF", timed(stored), "ms", "certificate_files.pdf, 5 runs of 10", 5)
            yield from _bursts(coordinator, certificates[1:], min(one))
        finally:
            certificate_press.close()
        yield _checks(folder, certificates)


def _issue(count: int) -> tuple[Actor, list[Certificate]]:
    """So many certificates of so many people, by way of the services; none of them is drawn yet."""
    coordinator, today = make.coordinator(), programs.current().today().isoformat()
    numbers = []
    for place in range(count):
        reviewed = certified.reviewed(make.person(f"Ann Ames{place}"), by=coordinator)
        numbers.append(certified.verify(coordinator, reviewed, verified_on=today).certificate or "")
    return coordinator, [certified.certificate(number) for number in numbers]


def _wall_of_one(certificate: Certificate) -> list[float]:
    document = certificate_files.document(certificate)
    for _ in range(WARM):
        certificate_press.press(document)
    return timed(partial(certificate_press.press, document))


def _child_cpu(certificate: Certificate) -> list[float]:
    """Milliseconds that the child worked for each drawing, of each run."""
    document = certificate_files.document(certificate)
    child = certificate_press._press.process_id
    runs = []
    for _ in range(RUNS):
        before = _worked(child)
        for _ in range(RENDERS):
            certificate_press.press(document)
        runs.append((_worked(child) - before) / RENDERS * 1000)
    return runs


def _worked(process_id: int | None) -> float:
    """Seconds of user and system time; the fields after the name, which may hold blanks."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _bursts(coordinator: Actor, certificates: list[Certificate], one: float) -> Iterator[Figure]:
    seconds, held = [], []
    for turn in range(BURSTS):
        numbers = [row.number for row in certificates[turn * AT_ONCE : (turn + 1) * AT_ONCE]]
        took, longest = asyncio.run(_at_once(coordinator, numbers))
        seconds.append(took)
        held.append(longest * 1000)
    method = f"to_thread(certificate_files.pdf) of {AT_ONCE} that wait, {BURSTS} runs"
    yield Figure(f"{AT_ONCE} first PDFs at once", seconds, "s", method)
    in_turn = AT_ONCE * one / 1000
    yield Figure(f"{AT_ONCE} at once, against {AT_ONCE} × one", [took / in_turn for took in seconds], "",
                 f"one is {one:.0f} ms", 1.5)  # fmt: skip
    yield Figure("event loop held meanwhile", held, "ms", f"longest delay of a beat of {BEAT * 1000:.0f} ms", 50)


async def _at_once(coordinator: Actor, numbers: list[str]) -> tuple[float, float]:
    """Seconds until all are there, and the longest that the loop was held."""
    late: list[float] = [0.0]

    async def beat() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BEAT)
            late.append(time.perf_counter() - began - BEAT)

    heart = asyncio.create_task(beat())
    began = time.perf_counter()
    made = await asyncio.gather(*(asyncio.to_thread(certificate_files.pdf, coordinator, one) for one in numbers))
    took = time.perf_counter() - began
    heart.cancel()
    assert all(pdf.body.startswith(b"%PDF") for pdf in made)
    return took, max(late)


def _checks(folder: Path, certificates: list[Certificate]) -> Figure:
    """Each client comes from many addresses, since one alone is soon told to wait."""
    codes = [shown_code(row.code) for row in certificates]
    runs = []
    with served(folder) as server, ThreadPoolExecutor(CLIENTS) as pool:
        for turn in range(RUNS + 1):
            hosts = [f"127.{1 + turn}.{place // 250}.{1 + place % 250}" for place in range(ADDRESSES)]
            began = time.perf_counter()
            list(pool.map(partial(_check, server.url, codes), hosts))
            runs.append(ADDRESSES * CHECKS_EACH / (time.perf_counter() - began))
    method = f"served app, {CLIENTS} clients from {ADDRESSES} addresses, {CHECKS_EACH} of each, {RUNS} runs"
    return Figure("/verify/{code}", runs[1:], "a second", method, 300, at_least=True)


def _check(url: str, codes: list[str], host: str) -> None:
    """One connection from this address of the loopback, kept alive."""
    connection = HTTPConnection(urlsplit(url).netloc, source_address=(host, 0), timeout=30)
    for place in range(CHECKS_EACH):
        connection.request("GET", f"/verify/{codes[(hash(host) + place) % len(codes)]}")
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200 and b"Ann Ames" in body, (answer.status, host)
    connection.close()
