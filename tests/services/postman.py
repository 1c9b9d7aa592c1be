"""A real mail server in a thread, which can be told to refuse, to dawdle, to hang up or to be away."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from services import installation
from services.letter_worker import LetterWorker
from services.settings import Settings

OK = "250 OK"
FROM = "Continuing Education <ce@library.example.gov>"


@dataclass
class Postman:
    """`on_mail`, `on_recipient` and `on_data` answer for the server; what it accepted is in `received`.

    It dawdles so many seconds before it accepts a letter, and at last before it says so.
    """

    received: list[EmailMessage] = field(default_factory=list)
    connections: set[Any] = field(default_factory=set)
    on_mail: Callable[[str], str] = lambda _address: OK
    on_recipient: Callable[[str], str] = lambda _address: OK
    on_data: Callable[[EmailMessage], str] = lambda _message: OK
    dawdle: float = 0
    dawdle_at_last: float = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.received]

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.connections.add(session.peer)
        answer = self.on_mail(address)
        if answer == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.on_recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.dawdle)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        message["X-Recipients"] = ", ".join(envelope.rcpt_tos)
        answer = self.on_data(message)
        if answer == OK:
            self.received.append(message)
        await asyncio.sleep(self.dawdle_at_last)
        return answer


@contextmanager
def at_work(postman: Postman, *, password: str = "", utf8: bool = False, **more: Any) -> Iterator[Postman]:
    """The server listens; with a password, it asks for that of `aspen`; `utf8`: it takes addresses in any letters."""

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == password.encode(), handled=False)

    postman.port = postman.port or free_port()
    more["enable_SMTPUTF8"] = utf8
    if password:
        more |= {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    controller = controller_of(postman, **more)
    controller.start()
    try:
        yield postman
    finally:
        controller.stop()


def controller_of(postman: Postman, **more: Any) -> Controller:
    """The thread that listens for it."""
    return Controller(postman, hostname="127.0.0.1", port=postman.port, **more)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def settings_for(postman: Postman, **changed: Any) -> Settings:
    """Those of this installation, with this mail server."""
    told = {"smtp_url": postman.url, "mail_from": FROM, "base_url": "https://ce.example.gov", **changed}
    return installation.settings().model_copy(update=told)


def deliver(postman: Postman, **changed: Any) -> float:
    """One round of a worker; returns how long it would wait before the next."""
    return LetterWorker(settings_for(postman, **changed)).round()


@contextmanager
def worker(postman: Postman) -> Iterator[LetterWorker]:
    """A worker's own thread."""
    working = LetterWorker(settings_for(postman))
    working.start()
    try:
        yield working
    finally:
        working.stop()
