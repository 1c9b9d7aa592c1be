"""What every answer says to the browser, and whose requests are let in."""

import logging
import re
from collections.abc import Callable
from typing import Any

import httpx
from nicegui import app
from nicegui.testing import User
from starlette.types import Message, Receive, Scope, Send

from pages._faults import forget_who_went_away
from pages._headers import GONE, Headers
from services import demo

SignIn = Callable[[str], None]
LIVE = ("/ce", "/ce/credits", "/events", "/ce/credits/999999")
PLAIN = ("/", "/login", "/help", "/help/adding-credits", "/nowhere", "/review")
FILES = ("/ce/credits.xlsx", "/events.ics", "/healthz", "/ce/past-events", "/static/aspen.css", "/static/icon.svg")
ELSEWHERE = (
    {"origin": "https://evil.example"},
    {"origin": "http://test:8080"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://test", "sec-fetch-site": "cross-site"},
)


def policy(response: httpx.Response) -> dict[str, list[str]]:
    """The Content-Security-Policy by directive."""
    parts = (part.split() for part in response.headers["content-security-policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


async def test_a_live_page_runs_only_scripts_that_carry_its_nonce(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for path in LIVE:
        response = await visitor.http_client.get(path)
        rules = policy(response)
        nonce = next(word for word in rules["script-src"] if word.startswith("'nonce-"))[7:-1]
        tags = re.findall(r"<(?:script|style)\b[^>]*>", response.text)
        assert len(nonce) >= 16, path
        assert tags, path
        assert all(f'nonce="{nonce}"' in tag for tag in tags), path
        assert "'unsafe-inline'" not in rules["script-src"] + rules["style-src"], path
        assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == ["'none'"], path
        assert rules["connect-src"] == rules["form-action"] == rules["font-src"] == ["'self'"], path


async def test_every_load_has_a_nonce_of_its_own(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    policies = [(await visitor.http_client.get("/ce")).headers["content-security-policy"] for _ in range(2)]
    assert policies[0] != policies[1]


async def test_a_plain_page_runs_no_script_and_holds_none(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for path in PLAIN:
        response = await visitor.http_client.get(path)
        rules = policy(response)
        assert (rules["default-src"], rules["style-src"]) == (["'none'"], ["'self'"]), path
        assert "script-src" not in rules, path
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", response.text), path


async def test_a_file_can_run_nothing(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for path in FILES:
        response = await visitor.http_client.get(path)
        assert response.status_code == 200, path
        assert policy(response) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}, path


async def test_every_answer_refuses_frames_sniffing_and_telling_others(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for path in (*LIVE, *PLAIN, *FILES):
        headers = (await visitor.http_client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["referrer-policy"] == "same-origin", path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert "geolocation=()" in headers["permissions-policy"], path


async def test_what_belongs_to_a_person_is_kept_by_no_cache(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for path in (*LIVE, *PLAIN, "/ce/credits.xlsx", "/ce/past-events"):
        assert "no-store" in (await visitor.http_client.get(path)).headers["cache-control"], path


async def test_nothing_is_loaded_from_elsewhere(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for path in (*LIVE, *PLAIN, "/static/aspen.css"):
        text = (await visitor.http_client.get(path)).text
        assert not re.search(r"""(?:src=["']?|url\(["']?|@import |<link[^>]*href=["'])(?:https?:)?//""", text), path


async def test_a_post_from_another_site_is_refused(visitor: User) -> None:
    for headers in ELSEWHERE:
        for path in ("/login", "/logout"):
            response = await visitor.http_client.post(path, data={"as": "participant"}, headers=headers)
            assert (response.status_code, response.headers.get("set-cookie")) == (403, None), headers
        assert (await visitor.http_client.get("/_nicegui_ws/socket.io/", headers=headers)).status_code == 403, headers


async def test_a_post_from_our_own_page_is_taken(visitor: User) -> None:
    headers = {"origin": "http://test", "sec-fetch-site": "same-origin"}
    response = await visitor.http_client.post("/login", data={"as": "participant"}, headers=headers)
    assert response.status_code == 303


async def test_the_socket_is_closed_to_another_site(visitor: User) -> None:
    scope = {
        "type": "websocket",
        "path": "/_nicegui_ws/socket.io/",
        "raw_path": b"/_nicegui_ws/socket.io/",
        "root_path": "",
        "query_string": b"EIO=4&transport=websocket",
        "headers": [(b"host", b"test"), (b"origin", b"https://evil.example")],
        "client": ("127.0.0.1", 40000),
        "subprotocols": [],
    }
    told: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        told.append(message)

    await app(scope, receive, send)
    assert told == [{"type": "websocket.close", "code": 1008}]


async def test_more_than_a_form_of_ours_can_hold_is_refused(visitor: User) -> None:
    response = await visitor.http_client.post("/login", data={"as": "x" * 70_000})
    assert response.status_code == 413


async def test_the_demo_refuses_every_machine_but_its_own(visitor: User) -> None:
    token = demo.sign_in_as("coordinator")
    for peer in ("192.0.2.7", "10.0.0.1", "2001:db8::1", "0.0.0.0"):  # noqa: S104 -- a peer's address
        transport = httpx.ASGITransport(app, client=(peer, 40000))
        async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies={"aspen": token}) as stranger:
            for path in ("/", "/login", "/review", "/healthz", "/static/aspen.css"):
                response = await stranger.get(path)
                assert (response.status_code, response.text) == (403, "The demo serves this machine only."), peer
            assert (await stranger.post("/login", data={"as": "coordinator"})).status_code == 403, peer


async def test_a_client_that_went_away_before_the_answer_gets_an_empty_one() -> None:
    """Starlette reports a fault when an application sends nothing at all."""
    sent: list[Message] = []

    async def silent(_scope: Scope, _receive: Receive, _send: Send) -> None:
        return None

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await Headers(silent)({"type": "http", "path": "/ce"}, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == GONE


def test_only_a_client_that_went_away_is_kept_from_the_log() -> None:
    forget_who_went_away()
    log = logging.getLogger("uvicorn.error")

    def is_told(fault: Exception) -> bool:
        return bool(log.filter(logging.LogRecord(log.name, 40, "", 0, "", (), (type(fault), fault, None))))

    assert not is_told(RuntimeError("No response returned."))
    assert is_told(RuntimeError("Something else."))
    assert is_told(ValueError("No response returned."))
