"""What an operator says about the mail server: ASPEN_SMTP_URL and ASPEN_MAIL_FROM."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from services.provider_settings import is_loopback

ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[^\s@<>\"(),:;\\\[\]]+")
_SENDER = re.compile(rf"(?:([^<>]*)<({ADDRESS.pattern})>|({ADDRESS.pattern}))")
_FORM = "write smtp://USER:PASSWORD@mail.example.gov:587 or smtps://USER:PASSWORD@mail.example.gov"


@dataclass(frozen=True)
class MailServer:
    """`tls` is encrypted from the first byte, `starttls` from the first command; a server that cannot is not used."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Sender:
    """The name is empty where only an address was given."""

    name: str
    address: str


def read_server(url: str) -> MailServer:
    """`smtps://`, or `smtp://` with STARTTLS: without it on this machine alone, or by `?starttls=no`.

    Raises ValueError.
    """
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as error:
        raise ValueError(_FORM) from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == 0 or parts.path not in {"", "/"}:
        raise ValueError(_FORM)
    tls, user = parts.scheme == "smtps", unquote(parts.username or "")
    if bool(user) != bool(parts.password):
        raise ValueError("give both a user name and a password, or neither")
    starttls = not tls and not is_loopback(parts.hostname)
    asked = parse_qs(parts.query, keep_blank_values=True)
    if asked:
        if set(asked) != {"starttls"} or asked["starttls"] not in (["yes"], ["no"]) or tls:
            raise ValueError("only smtp:// may end with ?starttls=yes or ?starttls=no")
        starttls = asked["starttls"] == ["yes"]
    if user and not (tls or starttls or is_loopback(parts.hostname)):
        raise ValueError("a password does not travel unencrypted: leave ?starttls=no out")
    return MailServer(parts.hostname, port or (465 if tls else 587), tls, starttls, user, unquote(parts.password or ""))


def read_sender(text: str) -> Sender:
    """`ce@example.gov`, or `Continuing Education <ce@example.gov>`. Raises ValueError."""
    found = _SENDER.fullmatch(text.strip()) if text.isprintable() else None
    if found is None:
        raise ValueError("write an address such as ce@example.gov, or Continuing Education <ce@example.gov>")
    return Sender(" ".join((found[1] or "").replace('"', "").split()), found[2] or found[3])
