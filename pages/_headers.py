"""Response headers: a strict policy for plain pages, one with a nonce for NiceGUI's."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import installation

PLAIN = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
RUNS_SCRIPTS = "x-runs-scripts"
"""A plain page that answers with this header may run the scripts of `/static`; it does not reach the browser."""
# Vue compiles templates in the browser and NiceGUI runs scripts from messages: neither works without 'unsafe-eval'.
LIVE = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'nonce-{nonce}'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

GONE = 499
"""What servers note for a client that closed the connection."""


class Headers:
    """Pure ASGI. Gives every script and style of a NiceGUI page the nonce that its policy names."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/_nicegui_ws/",)):
            await self.app(scope, receive, send)
            return
        rewriter = _Rewriter(send)
        await self.app(scope, receive, rewriter.send)
        await rewriter.finish()


class _Rewriter:
    """Holds a page's head back until its body is whole, since the nonce changes its length."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""
        self._sent = False

    async def finish(self) -> None:
        """Whoever went away before the answer gets an empty one: without any, Starlette reports a fault."""
        if not self._sent:
            await self._send({"type": "http.response.start", "status": GONE, "headers": []})
            await self._send({"type": "http.response.body", "body": b""})

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in FIXED.items():
                headers.setdefault(name, value)
            if installation.settings().is_secure:
                headers.setdefault("strict-transport-security", "max-age=31536000")
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            headers.setdefault("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)
            return
        self._sent = True
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        policy = f"{PLAIN}; script-src 'self'" if RUNS_SCRIPTS in headers else PLAIN
        del headers[RUNS_SCRIPTS]
        if b'<script type="importmap">' in self._body:
            nonce = secrets.token_urlsafe(16)
            attribute = f' nonce="{nonce}"'.encode()
            self._body = self._body.replace(b"<script", b"<script" + attribute).replace(
                b"<style", b"<style" + attribute
            )
            policy = LIVE.format(nonce=nonce)
        headers["content-security-policy"] = policy
        headers["content-length"] = str(len(self._body))
        headers.setdefault("cache-control", "no-store")
        self._sent = True
        await self._send(start)
        await self._send({"type": "http.response.body", "body": self._body})
