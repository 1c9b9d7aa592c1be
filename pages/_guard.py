"""The guard before every route: who is there, may she, and does the request come from our own pages?"""

import asyncio
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import SignedOut
from pages._places import Who, place_of
from pages._plain import message_page
from services import sign_in
from services.access import Actor
from services.settings import Settings, is_loopback

OPEN_PREFIXES = ("/_nicegui/", "/static/", "/_nicegui_ws/")
MOST_BYTES = 64 * 1024


class Guard:
    """Pure ASGI. Puts `aspen_actor` and `aspen_token` into the scope of what it lets through."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.demo = settings.demo
        self.cookie = cookie_name(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = self._refuse_foreign(scope)
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
        polling = scope["path"].startswith("/_nicegui_ws/")
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
            if int(length) > MOST_BYTES:
                return Response("This is more than a form of ours can hold.", 413)
        return None

    async def _refuse_stranger(self, scope: Scope) -> Response | None:
        token = self._token(scope)
        actor = await _who(token)
        scope["aspen_actor"], scope["aspen_token"] = actor, token if actor else None
        place = place_of(scope["path"], scope["method"])
        if place is None:
            return await message_page(actor, scope, 404)
        if place.who is not Who.ANYONE and actor is None:
            target = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
            return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)
        if not place.who.admits(actor):
            return await message_page(actor, scope, 404)
        return None

    def _token(self, scope: Scope) -> str | None:
        cookie = SimpleCookie(HTTPConnection(scope).headers.get("cookie", ""))
        return cookie[self.cookie].value if self.cookie in cookie else None


def cookie_name(settings: Settings) -> str:
    """`__Host-` under https: then no other host or path can set it."""
    return "__Host-aspen" if settings.base_url.startswith("https://") else "aspen"


async def _who(token: str | None) -> Actor | None:
    if not token:
        return None
    try:
        return await asyncio.to_thread(sign_in.who, token)
    except SignedOut:
        return None
