"""The conversation with a sign-in provider, by OpenID Connect: where to send the browser, and who came back."""

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.claims import JWTClaims
from joserfc.errors import JoseError

from models.errors import NotFound, Refusal
from services import installation
from services.provider_settings import ProviderSettings, is_address, is_loopback

SIGNED_BY = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
"""Signatures that only the provider can make; one with the client's secret could be made by whoever has that."""
ENTRA = ("login.microsoftonline.com", "login.microsoftonline.us")
PATIENCE = 10
KEEP_METADATA = 3600.0
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_LEEWAY = 120

log = logging.getLogger("aspen")


class SignInRefused(Refusal):
    """Nobody was signed in, for the reason that the sentence tells."""


@dataclass(frozen=True)
class Account:
    """Who the provider says came back. The address is empty unless the provider says that it is verified."""

    issuer: str
    subject: str
    email: str
    first_name: str
    last_name: str
    session: str


@dataclass(frozen=True)
class LoggedOut:
    """Whom a provider logged out: one of its sessions, or all of a person."""

    issuer: str
    subject: str
    session: str


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    client_cls = OAuth2Client


class Provider:
    """One provider with what its discovery document says, read again every hour."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._made: tuple[float, _Client] | None = None

    def address(self, *, state: str, nonce: str, code_verifier: str) -> str:
        """Where the browser goes to sign in. Raises SignInRefused when the provider does not answer."""
        more = {"prompt": self.settings.prompt} if self.settings.prompt else {}
        with _answering(self.settings.name):
            made = self._client().create_authorization_url(
                redirect_uri=callback_address(), state=state, nonce=nonce, code_verifier=code_verifier, **more
            )
        return str(made["url"])

    def account(self, query: Mapping[str, str], *, nonce: str, code_verifier: str) -> Account:
        """Who came back with this query. Raises SignInRefused for whatever cannot be trusted."""
        name = self.settings.name
        with _answering(name):
            client = self._client()
            _check_issuer(self.settings, client.server_metadata, query)
            token = client.fetch_access_token(
                redirect_uri=callback_address(),
                code=query.get("code", ""),
                code_verifier=code_verifier,
                grant_type="authorization_code",
            )
            claims = client.parse_id_token(token, nonce, claims_options=self._expected())
            if claims is None:
                raise SignInRefused(f"{name} did not say who you are. Nobody was signed in.")
            told = dict(claims)
            if "email" not in told or not (told.get("given_name") or told.get("name")):
                told |= _userinfo(client, token, told)
        return _account(self.settings, told)

    def logged_out(self, token: str) -> LoggedOut:
        """What a back-channel logout token says. Raises SignInRefused for one that is not the provider's or not new."""
        with _answering(self.settings.name):
            client = self._client()
            claims = client.parse_id_token({"id_token": token}, None, self._expected(), JWTClaims)
        now = time.time()
        fresh = abs(now - float(claims["iat"])) <= LOGOUT_LEEWAY + PATIENCE
        subject, session = str(claims.get("sub") or ""), str(claims.get("sid") or "")
        if LOGOUT_EVENT not in (claims.get("events") or {}) or "nonce" in claims or not fresh:
            raise SignInRefused("This is not a logout token.")
        if not claims.get("jti") or not (subject or session):
            raise SignInRefused("This logout token names nobody.")
        return LoggedOut(self.settings.issuer, subject, session)

    def logout_address(self) -> str:
        """Where one signs out of the provider itself, or nothing if it has no such page."""
        with _answering(self.settings.name):
            page = self._client().server_metadata.get("end_session_endpoint")
        back = f"{installation.settings().base_url.rstrip('/')}/login"
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back}
        return add_params_to_uri(page, asked) if page else ""

    def _client(self) -> _Client:
        with self._lock:
            if self._made is None or time.monotonic() - self._made[0] > KEEP_METADATA:
                self._made = time.monotonic(), _discover(self.settings)
            return self._made[1]

    def _expected(self) -> dict[str, dict[str, object]]:
        return {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": self.settings.client_id},
        }


def all_() -> list[Provider]:
    return [_provider(one) for one in installation.settings().oidc_providers]


def of_key(key: str) -> Provider:
    """Raises NotFound."""
    for provider in all_():
        if provider.settings.key == key:
            return provider
    raise NotFound


def of_issuer(issuer: str) -> Provider | None:
    return next((one for one in all_() if one.settings.issuer == issuer), None)


def callback_address() -> str:
    return f"{installation.settings().base_url.rstrip('/')}/auth/callback"


@cache
def _provider(settings: ProviderSettings) -> Provider:
    return Provider(settings)


@contextmanager
def _answering(name: str) -> Iterator[None]:
    """What goes wrong in the conversation becomes a sentence, and its reason goes to the log."""
    try:
        yield
    except (httpx2.HTTPError, OSError) as fault:
        log.warning("provider does not answer", extra={"provider": name, "problem": type(fault).__name__})
        raise SignInRefused(f"{name} does not answer at the moment. Try again in a few minutes.") from fault
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as fault:
        log.warning(
            "provider's answer refused", extra={"provider": name, "problem": f"{type(fault).__name__}: {fault}"}
        )
        raise SignInRefused(f"The answer of {name} cannot be trusted, so nobody was signed in.") from fault


def _discover(settings: ProviderSettings) -> _Client:
    """Reads the discovery document. Raises ValueError for one that is not this issuer's or not safe."""
    client = _Client(
        None,
        settings.key,
        client_id=settings.client_id,
        client_secret=settings.client_secret or None,
        server_metadata_url=settings.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.scope,
            "code_challenge_method": "S256",
            "timeout": PATIENCE,
            **({} if settings.client_secret else {"token_endpoint_auth_method": "none"}),
        },
    )
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != settings.issuer:
        raise ValueError(f"the discovery document names the issuer {metadata.get('issuer')!r}")
    for endpoint in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        parts = urlsplit(str(metadata.get(endpoint, "")))
        if not is_address(parts.geturl()) or (parts.scheme != "https" and not is_loopback(parts.hostname or "")):
            raise ValueError(f"the discovery document's {endpoint} is not safe")
    told = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [one for one in told if one in SIGNED_BY]
    return client


def _check_issuer(settings: ProviderSettings, metadata: Mapping[str, Any], query: Mapping[str, str]) -> None:
    """The answer is this provider's and no other's (RFC 9207), and it is not a refusal."""
    issuer = query.get("iss")
    if issuer not in {None, settings.issuer}:
        raise ValueError("the answer names another issuer")
    if issuer is None and metadata.get("authorization_response_iss_parameter_supported"):
        raise ValueError("the answer does not name its issuer")
    if query.get("error"):
        log.warning("provider refused", extra={"provider": settings.name, "problem": query["error"][:80]})
        raise SignInRefused(f"{settings.name} did not sign you in. Try again, or ask whoever looks after your account.")


def _userinfo(client: _Client, token: Mapping[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
    """What the provider tells only when asked again; for another person than the token's it counts as nothing."""
    if not client.server_metadata.get("userinfo_endpoint"):
        return {}
    told = dict(client.userinfo(token=dict(token)))
    if told.get("sub") != claims["sub"]:
        raise ValueError("the provider's answers name two people")
    return {name: told[name] for name in _TOLD if name in told}


def _account(settings: ProviderSettings, claims: Mapping[str, Any]) -> Account:
    first, last = str(claims.get("given_name") or ""), str(claims.get("family_name") or "")
    if not first and not last:
        first, _, last = str(claims.get("name") or "").strip().rpartition(" ")
    email = str(claims.get("email") or "") if _is_verified(settings, claims) else ""
    return Account(
        settings.issuer, str(claims["sub"]), email, first.strip()[:60], last.strip()[:60], str(claims.get("sid") or "")
    )


def _is_verified(settings: ProviderSettings, claims: Mapping[str, Any]) -> bool:
    """Entra ID says it by `xms_edov` (the domain's owner is verified), everybody else by `email_verified`."""
    entra = urlsplit(settings.issuer).hostname in ENTRA and "email_verified" not in claims
    return claims.get("xms_edov" if entra else "email_verified") in (True, "1", "true")


_TOLD = ("email", "email_verified", "name", "given_name", "family_name")
