"""A provider that does what it should not: every answer of it can be bent by a test."""

import json
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry

from tests.oidc import CLIENT_ID, CLIENT_SECRET

KEY, STRANGE_KEY = (RSAKey.generate_key(2048, {"kid": name}) for name in ("own", "strange"))
SHARED = OctKey.import_key(CLIENT_SECRET)
WORDS = {"alg": "RS256", "kid": "own"}


class LyingProvider:
    """As it stands, it is honest; a test changes what it tells."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"
        self.metadata: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/me",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = dict(WORDS)
        self.key: Any = KEY
        self.userinfo: dict[str, Any] = {"sub": "eve", "name": "Eve Adams"}
        self.tokens: Callable[[str], str] = lambda token: token
        self.nonce = ""
        self.down = False

    def query(self, address: str) -> dict[str, str]:
        """What a browser would bring back from there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce = asked["nonce"]
        return {"code": "a code", "state": asked["state"]}

    def token(self, **claims: Any) -> str:
        """A signed token with these claims; None leaves one out."""
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "eve", "iat": now, "exp": now + 300} | claims
        told = {name: value for name, value in told.items() if value is not None}
        registry = JWSRegistry(algorithms=["RS256", "HS256", "none"], strict_check_header=False)
        return self.tokens(jwt.encode(self.header, told, self.key, registry=registry))

    def answer(self, path: str, body: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return self.metadata
        if path == "/jwks":
            return {"keys": [KEY.as_dict(private=False)]}
        if path == "/me":
            return self.userinfo
        assert parse_qs(body)["code_verifier"], "no PKCE"
        return {
            "access_token": "a token",
            "token_type": "Bearer",
            "id_token": self.token(**({"nonce": self.nonce} | self.claims)),
        }


@contextmanager
def lying() -> Iterator[LyingProvider]:
    """One that runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply("")

        def do_POST(self) -> None:
            kind, _, secret = self.headers.get("Authorization", "").partition(" ")
            assert kind == "Basic" and unquote(b64decode(secret).decode()).endswith(CLIENT_SECRET)
            self.reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def reply(self, body: str) -> None:
            if provider.down:
                self.send_response(503)
                self.end_headers()
                return
            told = json.dumps(provider.answer(urlsplit(self.path).path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = LyingProvider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
