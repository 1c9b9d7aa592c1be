"""Open windows of the queue, in a process of their own: the page, its socket as nicegui.js opens it, no browser."""

import asyncio
import html
import json
import re
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.benchmarks._process import answer

ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
QUERY = re.compile(r"query: (\{.*?\}),\n")
TOGETHER = 5
LIST = 2000
SOCKET = "/_nicegui_ws/socket.io/"
Frame = tuple[int, int, bool]
"""When it came, in ns; its length; whether it patches a row."""


@dataclass
class Window:
    """A window that acts and listens as the browser does."""

    elements: dict[str, dict[str, Any]]
    query: dict[str, Any]
    socket: aiohttp.ClientWebSocketResponse
    next_message: int = 0
    frames: list[Frame] = field(default_factory=list)
    listed: asyncio.Event = field(default_factory=asyncio.Event)
    """The list came anew: by far the longest frame, even with one row."""

    async def listen(self) -> None:
        async for message in self.socket:
            now, text = time.time_ns(), str(message.data)
            if text == "2":
                await self.socket.send_str("3")
            elif text.startswith("42"):
                name, data = json.loads(text[2:])
                self.next_message = data["_id"] + 1
                self.frames.append((now, len(text), name == "run_javascript" and "patch" in data["code"]))
                if len(text) > LIST:
                    self.listed.set()

    async def acknowledge(self) -> None:
        while not self.socket.closed:
            await asyncio.sleep(3)
            await self._emit("ack", {"next_message_id": self.next_message})

    async def choose(self, wanted: Mapping[str, str]) -> None:
        """Type or choose in the fields by name; `tab` presses the tab that begins with this text."""
        for name, value in wanted.items():
            if name == "tab":
                await self._event(self._found("label", value), "click")
            else:
                await self._event(self._found("name", name), "update:value", value)
            async with asyncio.timeout(20):
                await self.listed.wait()
            self.listed.clear()

    def _found(self, prop: str, text: str) -> str:
        return next(id_ for id_, one in self.elements.items()
                    if one.get("events") and str(one.get("props", {}).get(prop, "")).startswith(text))  # fmt: skip

    async def _event(self, id_: str, kind: str, *args: str) -> None:
        listener = next(one["listener_id"] for one in self.elements[id_]["events"] if one["type"] == kind)
        sent = [json.dumps(arg) for arg in args]
        await self._emit("event", {"id": int(id_), "listener_id": listener, "args": sent})

    async def _emit(self, name: str, data: dict[str, Any]) -> None:
        await self.socket.send_str("42" + json.dumps([name, {"client_id": self.query["client_id"], **data}]))


async def _open(session: aiohttp.ClientSession, url: str) -> Window:
    async with session.get(f"{url}/review") as page:
        text = await page.text()
    elements, query = ELEMENTS.search(text), QUERY.search(text)
    assert elements is not None and query is not None
    asked = json.loads(query[1].replace("'", '"').replace("True", "true"))
    asked |= {"document_id": str(uuid.uuid4()), "tab_id": str(uuid.uuid4()), "EIO": 4, "transport": "websocket"}
    params = {name: json.dumps(value) if isinstance(value, bool) else str(value) for name, value in asked.items()}
    socket = await session.ws_connect(url + SOCKET, params=params, origin=url, max_msg_size=0)
    assert (await socket.receive_str()).startswith("0{")
    await socket.send_str("40")
    assert (await socket.receive_str()).startswith("40")
    return Window(json.loads(html.unescape(elements[1])), asked, socket)


async def _open_all(url: str, cookie: str, wanted: list[dict[str, str]]) -> None:
    # A pooled connection, taken up again for a socket, is dropped by aiohttp after some seconds.
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    session = aiohttp.ClientSession(connector=connector, cookies={"aspen": cookie})
    for _ in wanted:
        window = await _open(session, url)
        _windows.append(window)
        _tasks.extend((asyncio.ensure_future(window.listen()), asyncio.ensure_future(window.acknowledge())))
    for first in range(0, len(wanted), TOGETHER):
        some = slice(first, first + TOGETHER)
        await asyncio.gather(*(one.choose(choice) for one, choice in zip(_windows[some], wanted[some], strict=True)))


def open_windows(url: str, cookie: str, wanted: list[dict[str, str]]) -> int:
    """One window for each choice of filters, opened one after the other."""
    asyncio.run_coroutine_threadsafe(_open_all(url, cookie, wanted), _loop).result()
    return len(_windows)


def frames() -> list[list[Frame]]:
    """What each window received since the last call."""
    found = [list(window.frames) for window in _windows]
    for window in _windows:
        window.frames.clear()
    return found


def all_heard(patience: float) -> bool:
    """Waits until each window has received something since `frames` was called."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if all(window.frames for window in _windows):
            return True
        time.sleep(0.05)
    return False


def still_open() -> int:
    return sum(not window.socket.closed for window in _windows)


_windows: list[Window] = []
_tasks: list[asyncio.Future[None]] = []
_loop = asyncio.new_event_loop()


if __name__ == "__main__":
    threading.Thread(target=answer, args=(globals(),), daemon=True).start()
    _loop.run_forever()
