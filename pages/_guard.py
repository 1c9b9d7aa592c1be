"""The guard before every route: who is there, may she, and does the request come from our own pages?"""

import asyncio
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import SignedOut
from pages import _rates as rates
from pages._cookies import session_cookie
from pages._places import MOST_BYTES, Who, place_of
from pages._plain import message_page
from pages._sockets import may_reach, token_in
from services import sign_in
from services.access import Actor
from services.provider_settings import is_loopback
from services.settings import Settings

SOCKET, OF_CLIENT = "/_nicegui_ws/", "/_nicegui/client/"
OPEN_PREFIXES = ("/_nicegui/", "/static/", SOCKET)
WELCOME = "/welcome"


class Guard:
    """Pure ASGI. Puts `aspen_actor` and `aspen_token` into the scope of what it lets through."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.demo = settings.demo
        self.cookie = session_cookie(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = self._refuse_foreign(scope) or self._refuse_other_session(scope)
        if refusal is None and scope["type"] == "http" and not scope["path"].startswith(OPEN_PREFIXES):
            refusal = await self._refuse_stranger(scope)
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    def _refuse_foreign(self, scope: Scope) -> Response | None:
        """Other sites may not post to us nor open our socket; the demo talks to this machine alone."""
        peer = scope.get("client")
        if self.demo and peer and not is_loopback(peer[0]):
            return Response("The demo serves this machine only.", 403)
        connection = HTTPConnection(scope)
        writes = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD"}
        polling = scope["path"].startswith(SOCKET)
        if writes or polling:
            origin, site = connection.headers.get("origin"), connection.headers.get("sec-fetch-site")
            if origin and urlsplit(origin).netloc != connection.headers.get("host"):
                return Response("This request comes from another site.", 403)
            if site not in {None, "same-origin", "none"}:
                return Response("This request comes from another site.", 403)
        if writes and not polling:
            length = connection.headers.get("content-length", "")
            if not length.isdigit():
                return Response("A form says how long it is.", 411)
            place = place_of(scope["path"], scope["method"])
            if int(length) > (place.most_bytes if place else MOST_BYTES):
                return Response("This is more than a form of ours can hold.", 413)
        return None

    def _refuse_other_session(self, scope: Scope) -> Response | None:
        """NiceGUI's routes of one page serve the session that built it."""
        path, client_id = scope["path"], ""
        if path.startswith(SOCKET):
            client_id = parse_qs(scope["query_string"].decode("latin-1")).get("client_id", [""])[0]
        elif path.startswith(OF_CLIENT):
            client_id = path.removeprefix(OF_CLIENT).partition("/")[0]
        if client_id and not may_reach(client_id, HTTPConnection(scope).headers.get("cookie", ""), self.cookie):
            return Response("This page is another session's.", 403)
        return None

    async def _refuse_stranger(self, scope: Scope) -> Response | None:
        token = self._token(scope)
        actor = await _who(token)
        scope["aspen_actor"], scope["aspen_token"] = actor, token if actor else None
        place = place_of(scope["path"], scope["method"])
        if place is None:
            return await message_page(actor, scope, 404)
        if not self.demo and (seconds := rates.wait(place, scope["aspen_token"], _address(scope))):
            return await _too_often(actor, scope, seconds)
        if place.who is not Who.ANYONE and actor is None:
            target = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
            return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)
        if not place.who.admits(actor):
            return await message_page(actor, scope, 404)
        if actor is not None and actor.is_new and place.who is not Who.ANYONE and place.path != WELCOME:
            return RedirectResponse(WELCOME, 303)
        return None

    def _token(self, scope: Scope) -> str | None:
        return token_in(HTTPConnection(scope).headers.get("cookie", ""), self.cookie)


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


async def _too_often(actor: Actor | None, scope: Scope, seconds: int) -> Response:
    answer = await message_page(actor, scope, 429, str(seconds))
    answer.headers["retry-after"] = str(seconds)
    return answer


async def _who(token: str | None) -> Actor | None:
    if not token:
        return None
    try:
        return await asyncio.to_thread(sign_in.who, token)
    except SignedOut:
        return None
