"""The supervisor's page: how often a second a served app answers a link."""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from services import clock, installation
from services.settings import Settings
from tests import certified, make, supervised
from tests.benchmarks._data import SECRET
from tests.benchmarks._server import RUNS, served
from tests.benchmarks._table import Figure

RECORDS, CLIENTS, EACH = 20, 8, 60


def measure() -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="aspen-bench-"))
    installation.open_with(Settings(data_dir=folder, secret_key=SECRET))
    try:
        links = [_link(number) for number in range(RECORDS)]
        with served(folder) as server, ThreadPoolExecutor(CLIENTS) as pool:
            rates = []
            for _ in range(RUNS + 1):
                began = time.perf_counter()
                list(pool.map(partial(_ask, server.url, links), range(CLIENTS)))
                rates.append(CLIENTS * EACH / (time.perf_counter() - began))
    finally:
        installation.close()
    method = f"served app, {CLIENTS} kept-alive clients, {EACH} GETs each of {RECORDS} links, {RUNS} runs"
    yield Figure("/supervisor/{token}", rates[1:], "a second", method, 200, at_least=True)


def _link(number: int) -> str:
    """Of a record of two credits that was approved."""
    ann, cem = make.person(f"Ann Ames{number}"), make.coordinator(f"Cem Coole{number}")
    supervised.staff_and_director(ann, f"Ellen Marsh{number}")
    assert clock.now() is not None
    certified.reviewed(ann, by=cem)
    return supervised.link()


def _ask(url: str, links: list[str], client: int) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    for place in range(EACH):
        connection.request("GET", f"/supervisor/{links[(client + place) % len(links)]}")
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, answer.status
        assert b"Verify credits of Ann" in body
    connection.close()
