"""An attacker with a socket of her own: knows a page's numbers, and sends what she likes."""

import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import socketio

from models.errors import SignedOut
from services import sign_in
from tests.browser.server import Server, beside
from tests.pages import records

PATH = "/_nicegui_ws/socket.io"


@dataclass(frozen=True)
class Page:
    """The ASPeN User page of one of the five, as her browser got it: its numbers are all that an attack needs."""

    server: Server
    token: str
    client_id: str
    element: int
    listener: str
    upload: str

    def was_pressed(self) -> bool:
        """Whether `Sign out everywhere` was pressed on it: the other session of the person is over."""
        with beside(self.server):
            try:
                sign_in.who(self.token)
            except SignedOut:
                return True
            return False


def open_page(server: Server, key: str) -> Page:
    with beside(server):
        person_id = records.actor(key).person_id
        token = sign_in.begin(person_id)
    text = httpx.get(f"{server.origin}/user", cookies={"aspen": token}).text
    found = re.search(
        r'"(\d+)":\{(?:(?!"\d+":\{).)*?Sign out everywhere(?:(?!"\d+":\{).)*?"listener_id":"([^"]+)"', text
    )
    client = re.search(r"client_id': '([^']+)'", text)
    upload = re.search(r"/_nicegui/client/[^\"]+/upload/\d+", text)
    assert found and client and upload, text[-2000:]
    return Page(server, token, client[1], int(found[1]), found[2], upload[0])


@asynccontextmanager
async def socket(
    page: Page, token: str | None, *, named: str = "", **headers: str
) -> AsyncIterator[socketio.AsyncClient]:
    """A socket with these cookies; `named` is the client that its address names."""
    told = {"Origin": page.server.origin} | headers
    if token is not None:
        told["Cookie"] = f"aspen={token}"
    client = socketio.AsyncClient(reconnection=False)
    query = f"?client_id={named}&next_message_id=0" if named else ""
    try:
        await client.connect(
            page.server.origin + query, headers=told, socketio_path=PATH, transports=["websocket"], wait_timeout=5
        )
        yield client
    finally:
        await client.disconnect()
        await client.shutdown()


async def shake_hands(client: socketio.AsyncClient, page: Page, tab: str = "") -> bool:
    """Makes this socket the page's."""
    data = {
        "client_id": page.client_id,
        "tab_id": tab or str(uuid.uuid4()),
        "old_tab_id": None,
        "document_id": str(uuid.uuid4()),
        "next_message_id": 0,
    }
    return bool(await client.call("handshake", data, timeout=5))


async def press(client: socketio.AsyncClient, page: Page) -> None:
    """Sends what a click on `Sign out everywhere` sends, and waits until the server has come to it."""
    event: dict[str, Any] = {"id": page.element, "client_id": page.client_id, "listener_id": page.listener, "args": []}
    await client.emit("event", event)
    await client.call("handshake", {"client_id": "none", "tab_id": "t", "document_id": "d"}, timeout=5)
    await client.sleep(0.4)
