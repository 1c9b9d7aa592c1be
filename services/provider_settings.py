"""What an operator says about one sign-in provider."""

import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator


class ProviderSettings(BaseModel):
    """An OpenID Connect provider: Okta, Entra ID, Google, Keycloak or another that has a discovery document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=40)
    issuer: str
    client_id: str = Field(min_length=1)
    client_secret: str = ""
    scope: str = "openid email profile"
    prompt: str = ""

    @property
    def key(self) -> str:
        """The name as it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def is_on_this_machine(self) -> bool:
        return is_loopback(urlsplit(self.issuer).hostname or "")

    @field_validator("issuer")
    @classmethod
    def _safe_issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        if not is_address(value) or parts.query or parts.fragment:
            raise ValueError("the issuer is an address such as https://id.example.gov")
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise ValueError("the issuer begins with https://")
        return value

    @field_validator("scope")
    @classmethod
    def _openid(cls, value: str) -> str:
        if "openid" not in value.split():
            raise ValueError("the scope holds openid")
        return value

    @field_validator("prompt")
    @classmethod
    def _known_prompt(cls, value: str) -> str:
        if value not in {"", "login", "select_account"}:
            raise ValueError("the prompt is login, select_account or left out")
        return value


def is_address(text: str) -> bool:
    """A web address with a host, and a port only if it is a number."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
