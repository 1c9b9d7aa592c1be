"""NiceGUI's socket, bound to the session that built the page: a client's number alone opens nothing.

NiceGUI takes the number of a client for a secret, though it stands in addresses and so in the logs of proxies. It has
no public place for this check; tests/pages/test_sockets.py tells when a new version needs another one.
"""

from collections.abc import Callable
from functools import wraps
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import socketio.exceptions
from nicegui import Client, core

from pages._cookies import session_cookie
from services.settings import Settings

Handler = Callable[..., Any]
BOUND = ("event", "javascript_response", "ack", "log")


def bind(settings: Settings) -> None:
    """Every message must come over a socket that the page's own session opened; may be called again."""
    handlers: dict[str, Handler] = core.sio.handlers["/"]
    name = session_cookie(settings)
    for event in BOUND:
        handlers[event] = _from_own_socket(_original(handlers[event]))
    handlers["handshake"] = _by_own_session(_original(handlers["handshake"]), name)
    handlers["connect"] = _connected_by_own_session(_original(handlers["connect"]), name)


def may_reach(client_id: str, cookie_header: str, cookie_name: str) -> bool:
    """Whether a request with these cookies comes from the session that built this client's page."""
    client = Client.instances.get(client_id)
    if client is None:
        return True  # nothing is there to be reached; NiceGUI says so itself
    built_by = client.request.scope.get("aspen_token")
    return built_by is None or token_in(cookie_header, cookie_name) == built_by


def token_in(cookie_header: str, cookie_name: str) -> str | None:
    try:
        cookies = SimpleCookie(cookie_header)
    except CookieError:
        return None
    return cookies[cookie_name].value if cookie_name in cookies else None


def _from_own_socket(handler: Handler) -> Handler:
    @wraps(handler)
    def handle(sid: str, message: Any) -> Any:
        client_id = message.get("client_id") if isinstance(message, dict) else None
        if isinstance(client_id, str) and (sid.startswith("test-") or client_id in core.sio.rooms(sid)):
            return handler(sid, message)
        return None

    return _remembering(handle, handler)


def _by_own_session(handler: Handler, cookie_name: str) -> Handler:
    @wraps(handler)
    async def handle(sid: str, data: Any) -> bool:
        client_id = data.get("client_id") if isinstance(data, dict) else None
        if not isinstance(client_id, str):
            return False
        if not sid.startswith("test-") and not may_reach(client_id, _cookies_of(sid), cookie_name):
            return False
        return bool(await handler(sid, data))

    return _remembering(handle, handler)


def _connected_by_own_session(handler: Handler, cookie_name: str) -> Handler:
    @wraps(handler)
    async def handle(sid: str, environ: dict[str, Any], auth: object = None) -> None:
        for client_id in parse_qs(environ.get("QUERY_STRING", "")).get("client_id", []):
            if not may_reach(client_id, environ.get("HTTP_COOKIE", ""), cookie_name):
                raise socketio.exceptions.ConnectionRefusedError("This page is another session's.")
        await handler(sid, environ, auth)

    return _remembering(handle, handler)


def _cookies_of(sid: str) -> str:
    environ: dict[str, Any] | None = core.sio.get_environ(sid)
    return str((environ or {}).get("HTTP_COOKIE", ""))


def _remembering(handle: Handler, original: Handler) -> Handler:
    handle.aspen_original = original  # type: ignore[attr-defined]
    return handle


def _original(handler: Handler) -> Handler:
    found: Handler = getattr(handler, "aspen_original", handler)
    return found
