"""Settings: one typed object from the environment; a wrong value stops the start with one sentence."""

import ipaddress
import re
from datetime import datetime
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.errors import CannotStart
from services.letter_server import read_sender, read_server
from services.provider_settings import ProviderSettings, is_address, is_loopback

SHORTEST_SECRET = 32


def read_settings() -> "Settings":
    """The settings of this process. Raises CannotStart."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASPEN_" + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise CannotStart(name + first["msg"].removeprefix("Value error, ") + ".") from error


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ASPEN_", env_ignore_empty=True)

    program: str = "montana"
    data_dir: Path = Path(".data")
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    base_url: str = ""
    trusted_proxies: str = ""
    secret_key: str = ""
    oidc_name: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_providers: list[ProviderSettings] = []
    smtp_url: str = ""
    mail_from: str = ""
    log: Literal["text", "json"] = "text"
    metrics_token: str = ""
    backup_nightly: int | None = Field(default=None, ge=0, le=23)
    backup_dir: Path | None = None
    backup_keep: int = Field(default=30, ge=1)
    pg_bin: Path | None = None
    demo: bool = False
    demo_now: datetime | None = None

    @field_validator("demo", mode="before")
    @classmethod
    def _demo_is_said_plainly(cls, value: object) -> object:
        if value not in {"0", "1", True, False}:
            raise ValueError("write 1 for the demo with invented people, or leave it out")
        return value in {"1", True}

    @field_validator("demo_now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("give the moment with its offset, for example 2026-11-23T10:00:00-07:00")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        """A wrong one would let anybody choose the address that is counted, so a `*` is refused, too."""
        for part in filter(None, (part.strip() for part in value.split(","))):
            try:
                ipaddress.ip_network(part)
            except ValueError as error:
                raise ValueError("write addresses or networks of proxies, such as 127.0.0.1 or 10.0.0.0/8") from error
        return value

    @field_validator("metrics_token")
    @classmethod
    def _hard_to_guess(cls, value: str) -> str:
        if value and len(value) < SHORTEST_SECRET:
            raise ValueError(f"give {SHORTEST_SECRET} random characters or more, or leave it out")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, value: str) -> str:
        if value:
            read_server(value)
        return value

    @field_validator("mail_from")
    @classmethod
    def _known_sender(cls, value: str) -> str:
        if value:
            read_sender(value)
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        value = re.sub(r"^postgresql://", "postgresql+psycopg://", value)
        if value and not re.match(r"sqlite:///.|postgresql\+psycopg://", value):
            raise ValueError("write sqlite:/// and the path of a file, or postgresql:// and the address of a database")
        try:
            make_url(value or "sqlite://")
        except (ArgumentError, ValueError) as error:
            raise ValueError("is not the address of a database") from error
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if not self.base_url:
            self.base_url = f"http://localhost:{self.port}"
        if not is_address(self.base_url):
            raise ValueError("ASPEN_BASE_URL is an address such as https://ce.example.gov")
        self._read_provider()
        if self.demo:
            self._check_demo()
        elif self.demo_now:
            raise ValueError("ASPEN_DEMO_NOW fixes the clock and is for the demo only")
        elif len(self.secret_key) < SHORTEST_SECRET:
            raise ValueError(
                f"ASPEN_SECRET_KEY is missing or too short: give {SHORTEST_SECRET} random characters or "
                "more, or set ASPEN_DEMO=1 for the demo with invented people"
            )
        elif self.oidc_providers and not self.is_secure and not is_loopback(urlsplit(self.base_url).hostname or ""):
            raise ValueError("ASPEN_BASE_URL begins with https:// where people sign in")
        if bool(self.smtp_url) != bool(self.mail_from):
            raise ValueError("ASPEN_SMTP_URL and ASPEN_MAIL_FROM belong together: give both or neither")
        return self

    @property
    def is_secure(self) -> bool:
        """Served over https, so that cookies can be kept to it."""
        return self.base_url.startswith("https://")

    @property
    def demo_sign_in(self) -> bool:
        """Whether five buttons let anybody in: in the demo, unless it tries a provider out."""
        return self.demo and not self.oidc_providers

    def _read_provider(self) -> None:
        """ASPEN_OIDC_ISSUER and its neighbours are the first provider, ASPEN_OIDC_PROVIDERS names any others."""
        first = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.oidc_name)
        if any(first):
            if not (self.oidc_issuer and self.oidc_client_id):
                raise ValueError("ASPEN_OIDC_ISSUER and ASPEN_OIDC_CLIENT_ID belong together: give both or neither")
            name = self.oidc_name or urlsplit(self.oidc_issuer).hostname or ""
            try:
                provider = ProviderSettings(
                    name=name,
                    issuer=self.oidc_issuer,
                    client_id=self.oidc_client_id,
                    client_secret=self.oidc_client_secret,
                )
            except ValidationError as error:
                reason = error.errors()[0]["msg"].removeprefix("Value error, ")
                raise ValueError(f"ASPEN_OIDC_ISSUER: {reason}") from error
            self.oidc_providers = [provider, *self.oidc_providers]
        for part in ("key", "issuer"):
            if len({getattr(one, part) for one in self.oidc_providers}) < len(self.oidc_providers):
                raise ValueError("ASPEN_OIDC_PROVIDERS names a provider twice")

    def _check_demo(self) -> None:
        """The demo signs anybody in without a password, so nothing about it may look like a real installation."""
        if not is_loopback(self.host):
            raise ValueError(f"The demo serves this machine only: ASPEN_HOST is {self.host}, not 127.0.0.1")
        base = urlsplit(self.base_url)
        if base.scheme != "http" or not is_loopback(base.hostname or ""):
            raise ValueError(f"The demo serves this machine only: ASPEN_BASE_URL is {self.base_url}")
        if not all(provider.is_on_this_machine for provider in self.oidc_providers):
            raise ValueError(
                "ASPEN_OIDC_ISSUER belongs to a real installation, and ASPEN_DEMO=1 to the demo: leave one of them out"
            )
        for name in ("smtp_url", "secret_key"):
            if getattr(self, name):
                raise ValueError(
                    f"ASPEN_{name.upper()} belongs to a real installation, and ASPEN_DEMO=1 to the demo: "
                    "leave one of them out"
                )

    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        if not self.database_url:
            return self.data_dir / ("demo.sqlite3" if self.demo else "aspen.sqlite3")
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None
