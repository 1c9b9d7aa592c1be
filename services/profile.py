"""What people change about themselves: name, phone, e-mail, and whether they are named in public."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select, update

from models.email_changes import EmailChange
from models.errors import NotFound, Problems, WrongState
from models.letters import Letter
from models.people import Person
from services import audit, clock, db, installation, letters, live
from services.access import Actor
from services.sign_in import hashed


def change(actor: Actor, values: Mapping[str, object]) -> bool:
    """Saves `first_name`, `last_name`, `phone`, `email`, `named_publicly`; True when a new address awaits its link.

    A new e-mail address counts once its owner has pressed the button behind the link in a letter to it. Raises
    Problems by field.
    """
    wanted = _read(values)
    with db.writing() as session:
        person = session.get_one(Person, actor.person_id, with_for_update=True)
        changed = [
            name
            for name in ("first_name", "last_name", "phone", "named_publicly")
            if getattr(person, name) != wanted[name]
        ]
        before = person.name
        for name in changed:
            setattr(person, name, wanted[name])
        if changed:
            title = ", ".join(_WORDS[name] for name in changed)
            was = {"was": before} if person.name != before else {}
            audit.record(session, person.id, "person:changed", person.id or 0, person_id=person.id, title=title, **was)
        email = str(wanted["email"])
        asked = email.lower() != (person.email or "").lower()
        if asked:
            ask_for_email(session, person, email)
        db.tell(session, lambda: live.record_changed.publish(key=actor.person_id))
        return asked


def pending_email(actor: Actor) -> str | None:
    """The address that awaits its confirmation."""
    with db.reading() as session:
        found = session.exec(_OPEN_CHANGES.where(EmailChange.person_id == actor.person_id)).all()
    now = clock.now()
    return next((one.address for one in found if one.is_open(now)), None)


def demo_link(actor: Actor) -> str:
    """In the demo, which sends no letters, the link of the newest one to oneself. Raises NotFound anywhere else."""
    if not installation.settings().demo:
        raise NotFound
    with db.reading() as session:
        body = session.exec(
            select(Letter.body)
            .where(Letter.person_id == actor.person_id, Letter.kind == LINK_LETTER)
            .order_by(col(Letter.id).desc())
        ).first()
    found = re.search(r"/user/email/[\w-]+", body or "")
    if found is None:
        raise NotFound
    return found.group(0)


def email_behind(token: str) -> str:
    """The address that this link confirms; looking changes nothing. Raises NotFound for a link that is not open."""
    with db.reading() as session:
        return _open_change(session, token).address


def confirm_email(token: str) -> str:
    """The address counts from now on; returns it. Raises NotFound, WrongState (somebody else has it)."""
    try:
        with db.writing() as session:
            asked = _open_change(session, token)
            asked.ended_at = clock.now()
            person = session.get_one(Person, asked.person_id)
            before, person.email = person.email or "", asked.address
            audit.record(session, person.id, "person:email_confirmed", person.id or 0, person_id=person.id, was=before)
            if before:
                told = {"address": asked.address}
                letters.write(session, person.id or 0, "e-mail changed", told, address=before, at_once=True)
            db.tell(session, lambda: live.record_changed.publish(key=person.id))
            return asked.address
    except IntegrityError as error:
        raise WrongState("Another person uses this e-mail address already.") from error


def ask_for_email(session: Session, person: Person, email: str) -> None:
    """Inside a deed: a letter with a link goes to the new address, which counts once its owner has confirmed it.

    Raises Problems at `email` after three letters within the hour.
    """
    now = clock.now()
    _refuse_too_many(session, person, now)
    session.exec(
        update(EmailChange)
        .where(col(EmailChange.person_id) == person.id, col(EmailChange.ended_at).is_(None))
        .values(ended_at=now)
    )
    token = secrets.token_urlsafe(32)
    session.add(EmailChange(person_id=person.id or 0, address=email, token_hash=hashed(token), created_at=now))
    link = f"{installation.settings().base_url.rstrip('/')}/user/email/{token}"
    letters.cancel_kind(session, person.id or 0, LINK_LETTER)
    letters.write(session, person.id or 0, LINK_LETTER, {"link": link}, address=email, at_once=True)
    audit.record(session, person.id, "person:email_asked", person.id or 0, person_id=person.id)


def _refuse_too_many(session: Session, person: Person, now: datetime) -> None:
    """Nobody's mailbox is filled with our links."""
    asked = select(func.count()).where(
        EmailChange.person_id == person.id, col(EmailChange.created_at) > now - MANY_LETTERS_IN
    )
    if session.exec(asked).one() >= MOST_LETTERS:
        raise Problems(
            {
                "email": f"We have sent {MOST_LETTERS} letters with a link within the last hour. Look into your "
                "mailbox, or try again later."
            }
        )


def _open_change(session: Session, token: str) -> EmailChange:
    found = session.exec(select(EmailChange).where(EmailChange.token_hash == hashed(token))).first()
    if found is None or not found.is_open(clock.now()):
        raise NotFound("This link is not valid any more. Ask for a new one on your ASPeN User page.")
    return found


def read_names(values: Mapping[str, object], problems: dict[str, str]) -> dict[str, str]:
    """`first_name` and `last_name` as typed, without needless blanks; what is wrong goes into `problems`."""
    names = {name: read_line(values, name, 60, problems) for name in ("first_name", "last_name")}
    for name, text in names.items():
        if not text and name not in problems:
            problems[name] = f"Enter your {_WORDS[name]}."
    return names


def read_email(values: Mapping[str, object], problems: dict[str, str]) -> str:
    """`email` as typed; what is wrong goes into `problems`."""
    email = read_line(values, "email", 254, problems)
    if email.count("@") != 1 or " " in email or "." not in email.partition("@")[2] or email.startswith("@"):
        problems["email"] = "Enter an e-mail address such as name@library.org."
    return email


def _read(values: Mapping[str, object]) -> dict[str, object]:
    problems: dict[str, str] = {}
    wanted: dict[str, object] = {
        "named_publicly": bool(values.get("named_publicly")),
        **read_names(values, problems),
        "phone": read_line(values, "phone", 40, problems),
        "email": read_email(values, problems),
    }
    if problems:
        raise Problems(problems)
    return wanted


def read_line(values: Mapping[str, object], name: str, longest: int, problems: dict[str, str]) -> str:
    """One line as typed, without needless blanks; what is wrong goes into `problems`."""
    text = " ".join(str(values.get(name) or "").split())
    if len(text) > longest:
        problems[name] = f"At most {longest} characters, please."
    elif not text.isprintable():
        problems[name] = "It has signs that cannot be seen: type it anew."
    return text


LINK_LETTER = "confirm e-mail"
MOST_LETTERS, MANY_LETTERS_IN = 3, timedelta(hours=1)
_WORDS = {
    "first_name": "first name",
    "last_name": "last name",
    "phone": "phone",
    "named_publicly": "whether to be named on the recognition list",
}
_OPEN_CHANGES = select(EmailChange).where(col(EmailChange.ended_at).is_(None))
