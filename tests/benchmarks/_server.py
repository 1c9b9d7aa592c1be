"""The served app, seen from outside: its pages timed over HTTP."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx

from services import sign_in
from tests.benchmarks._data import SECRET
from tests.benchmarks._process import Helper

START = 30
WARM, REQUESTS, RUNS = 8, 40, 5


@dataclass(frozen=True)
class Timing:
    """Of several runs, each its median and 95 % mark in ms, and the server's CPU in ms for each request."""

    medians: list[float]
    marks: list[float]
    cpu: list[float]


@dataclass(frozen=True)
class Server:
    """The app in a process of its own; `helper` reaches the instruments inside."""

    url: str
    helper: Helper

    def client(self, person_id: int = 0) -> httpx.Client:
        """One kept-alive connection, signed in as this person or as nobody."""
        cookies = {"aspen": sign_in.begin(person_id)} if person_id else {}
        return httpx.Client(base_url=self.url, cookies=cookies, trust_env=False, timeout=30)

    def time(self, path: str, person_id: int = 0, contains: str = "") -> Timing:
        """GETs the page again and again, one request at a time."""
        found = Timing([], [], [])
        with self.client(person_id) as client:
            for _ in range(WARM):
                answer = client.get(path)
                assert answer.status_code == 200 and contains in answer.text, (path, answer.status_code)
            for _ in range(RUNS):
                worked, times = self.helper.call("cpu"), [_get(client, path) for _ in range(REQUESTS)]
                found.medians.append(median(times))
                found.marks.append(quantiles(times, n=20)[-1])
                found.cpu.append((self.helper.call("cpu") - worked) / REQUESTS * 1000)
        return found


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serves the installation in this folder on a free port."""
    port = _free_port()
    settings = {"ASPEN_DATA_DIR": str(folder), "ASPEN_PORT": str(port), "ASPEN_SECRET_KEY": SECRET, "ASPEN_DEMO": ""}
    kept = {name: "" for name in os.environ if name.startswith("ASPEN_")}
    with Helper("tests.benchmarks._served", {**kept, **settings}) as helper:
        server = Server(f"http://127.0.0.1:{port}", helper)
        _wait(server)
        yield server


def _get(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - began) * 1000


def _wait(server: Server) -> None:
    """Until it says that it is ready."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{server.url}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"The app was not ready after {START} s.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
