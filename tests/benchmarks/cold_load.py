"""The first load of the Control Panel in a browser with an empty cache."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from services import sign_in
from tests.benchmarks._data import LIBRARIAN, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import Server, served
from tests.benchmarks._table import Figure

RUNS = 3
CHROMIUM = "/usr/bin/chromium"
QUIETLY = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]  # fmt: skip
READY = "window.did_handshake === true && document.querySelector('h1') !== null"


@dataclass
class Load:
    """What went over the wire until the socket was open and the network quiet, by address."""

    addresses: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    def sent(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def finished(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def outside(self, url: str) -> int:
        """Requests to any other origin; what a page carries in itself is none."""
        ours = urlsplit(url).netloc
        return sum(not address.startswith(("data:", "blob:")) and urlsplit(address).netloc != ours
                   for address in self.addresses.values())  # fmt: skip


def measure() -> Iterator[Figure]:
    with world(World(people=20, credits_each=200)) as folder, served(folder) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        loads = [_load(browser, server) for _ in range(RUNS)]
        browser.close()
    method = "Chromium, new context, sum of CDP encodedDataLength until the socket is open"
    yield Figure("/ce cold load", [sum(load.bytes.values()) / 1000 for load in loads], "kB", method, 450)
    yield Figure("/ce cold, other origins", [load.outside(server.url) for load in loads], "", "requests elsewhere", 0)
    yield Figure("/ce cold, requests", [len(load.addresses) for load in loads], "", _largest(loads[0]))


def _load(browser: Browser, server: Server) -> Load:
    found = Load()
    context = browser.new_context()
    context.add_cookies([{"name": "aspen", "value": sign_in.begin(LIBRARIAN), "url": server.url}])
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", found.sent)
    network.on("Network.loadingFinished", found.finished)
    network.send("Network.enable")
    page.goto(f"{server.url}/ce", wait_until="networkidle")
    page.wait_for_function(READY)
    context.close()
    assert found.bytes.keys() == found.addresses.keys(), "A request did not end."
    return found


def _largest(load: Load) -> str:
    """The four heaviest, with their kB."""
    heavy = sorted(load.bytes, key=lambda request: -load.bytes[request])[:4]
    names = (urlsplit(load.addresses[request]).path.rsplit("/", 1)[-1] or "/" for request in heavy)
    return ", ".join(f"{name} {load.bytes[request] // 1000} kB" for name, request in zip(names, heavy, strict=True))
