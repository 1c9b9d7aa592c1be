"""A connection to the mail server, and what its answers mean for a letter."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPTimeoutError,
)

from services.letter_server import MailServer

ANSWERING = 30.0
"""Seconds that the server has for one answer."""
SENDING = 120.0
"""Seconds that one letter may take in all; its lease is longer."""
MOST_WORDS = 300
OF_US = {530, 534, 535, 538}
"""Answers that speak of our sign-in, whatever they are given to."""
CLOSING, FOR_GOOD = 421, 500


class Fate(StrEnum):
    SENT = "sent"
    REFUSED = "refused for good"
    LATER = "refused for now"


@dataclass(frozen=True)
class Answer:
    fate: Fate
    words: str = ""


class ServerProblem(Exception):
    """It is not the letter's fault. `begun`: the server was being told of the letter, and may even have accepted it."""

    def __init__(self, sentence: str, *, begun: bool = False) -> None:
        super().__init__(sentence)
        self.begun = begun


class Connection:
    """One for many letters."""

    def __init__(self, server: MailServer, *, sender: str, own_name: str) -> None:
        self._server, self._sender = server, sender
        self._client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=server.starttls,
            username=server.user or None,
            password=server.password or None,
            local_hostname=own_name,
            timeout=ANSWERING,
        )

    @property
    def is_open(self) -> bool:
        return self._client.is_connected

    async def open(self) -> None:
        """Connected, encrypted and signed in as the settings say. Raises ServerProblem."""
        try:
            async with asyncio.timeout(SENDING):
                await self._client.connect()
        except (SMTPException, OSError, TimeoutError) as fault:
            self._client.close()
            raise ServerProblem(self._sentence(fault)) from fault

    async def send(self, message: EmailMessage, recipient: str) -> Answer:
        """SENT only after the server has said 250 to the whole letter. Raises ServerProblem."""
        try:
            async with asyncio.timeout(SENDING):
                await self._client.send_message(message, sender=self._sender, recipients=[recipient])
        except SMTPRecipientsRefused as refused:
            return self._judge(refused.recipients[0])
        except (SMTPSenderRefused, SMTPHeloError) as refused:
            raise ServerProblem(self._sentence(refused)) from refused
        except SMTPNotSupported:
            return Answer(Fate.REFUSED, "The mail server takes no address with such letters.")
        except ValueError:
            return Answer(Fate.REFUSED, "No letter can be sent to this address.")
        except SMTPResponseException as refused:
            return self._judge(refused)
        except (SMTPException, OSError, TimeoutError) as fault:
            self._client.close()
            raise ServerProblem(self._sentence(fault), begun=True) from fault
        return Answer(Fate.SENT)

    async def close(self) -> None:
        """Politely, if the server listens."""
        if self._client.is_connected:
            with suppress(SMTPException, OSError, TimeoutError):
                await self._client.quit(timeout=2)
        self._client.close()

    def _judge(self, refused: SMTPResponseException) -> Answer:
        if refused.code in OF_US:
            raise ServerProblem(self._sentence(refused)) from refused
        if refused.code == CLOSING:
            raise ServerProblem(self._sentence(refused), begun=True) from refused
        fate = Fate.REFUSED if refused.code >= FOR_GOOD else Fate.LATER
        return Answer(fate, f"The mail server said: {said(refused)}")

    def _sentence(self, fault: BaseException) -> str:
        host = self._server.host
        if isinstance(fault, SMTPResponseException):
            refused = "refuses us"
            if isinstance(fault, SMTPAuthenticationError):
                refused = "refuses our user name or password"
            elif isinstance(fault, SMTPSenderRefused):
                refused = f"refuses letters from {self._sender}"
            return f"The mail server {host} {refused}: {said(fault)}"
        if isinstance(fault, (SMTPTimeoutError, TimeoutError)):
            return f"The mail server {host} does not answer in time."
        words = one_line(str(fault))
        if isinstance(fault, OSError) and not isinstance(fault, ssl.SSLError):
            return f"The mail server {host} cannot be reached, or has hung up: {words}"
        return f"The mail server {host} cannot be used: {words}"


def said(answer: SMTPResponseException) -> str:
    """The server's words in one line."""
    return one_line(f"{answer.code} {answer.message}")


def one_line(text: str) -> str:
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())[:MOST_WORDS]
