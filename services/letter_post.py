"""A letter as it goes to the mail server: one message, text and HTML, always with the same Message-ID."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from models.letters import Letter
from services import clock, letter_paper, letter_wishes, programs
from services.letter_kinds import kind_called
from services.letter_server import ADDRESS, Sender, read_sender
from services.settings import Settings


class CannotBeWritten(Exception):
    """No message can be made of this letter; the text says why."""


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """Raises CannotBeWritten."""
    try:
        return _compose(letter, settings)
    except (
        ValueError,
        MessageError,
        UnicodeError,
        IndexError,
    ) as error:  # what the email package says to bad addresses
        raise CannotBeWritten("No letter can be sent to this address.") from error


def message_id(letter: Letter, settings: Settings) -> str:
    """The same at every try, so that a mailbox which gets a letter twice can tell."""
    name = uuid5(NAMESPACE_URL, f"{settings.base_url.rstrip('/')}/letters/{letter.id}")
    return f"<{name}@{host_of(settings)}>"


def host_of(settings: Settings) -> str:
    """What this installation calls itself to a mail server."""
    host = urlsplit(settings.base_url).hostname or ""
    return host if re.fullmatch(r"[a-z0-9.-]+", host) else "localhost"


def recipient_of(letter: Letter) -> str:
    """The address as a mail server reads it. Raises CannotBeWritten."""
    if not ADDRESS.fullmatch(letter.address) or not letter.address.isprintable():
        raise CannotBeWritten("No letter can be sent to this address.")
    local, _, domain = letter.address.rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise CannotBeWritten("No letter can be sent to this address.") from error


def _compose(letter: Letter, settings: Settings) -> EmailMessage:
    kind, program = kind_called(letter.kind), programs.current().name
    message = EmailMessage(policy=SMTP)
    message["From"] = _from(read_sender(settings.mail_from), program)
    local, _, domain = recipient_of(letter).rpartition("@")
    message["To"] = Address(username=local, domain=domain)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = message_id(letter, settings)
    message["Auto-Submitted"] = "auto-generated"
    why = unsubscribe = footer = ""
    if not kind.mandatory:
        why = letter_paper.why_written(kind)
        unsubscribe = letter_wishes.link(letter.person_id, kind.key)
        footer = f"{why}\nTo have no more of them: {unsubscribe}"
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter_paper.as_text(letter.body, footer))
    html = letter_paper.as_html(letter.body, subject=letter.subject, program=program, why=why, unsubscribe=unsubscribe)
    message.add_alternative(html, subtype="html")
    if letter.calendar:
        entry, told = letter.calendar.encode(), _calendar(letter)
        message.add_attachment(entry, maintype="text", subtype="calendar", filename="event.ics", params=told)
    return message


def _calendar(letter: Letter) -> dict[str, str]:
    method = re.search(r"^METHOD:([A-Z]+)\r?$", letter.calendar, re.MULTILINE)
    return {"charset": "utf-8", "method": method[1] if method else "PUBLISH"}


def _from(sender: Sender, program: str) -> Address:
    return Address(display_name=sender.name or program, addr_spec=sender.address)
