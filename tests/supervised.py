"""Records that wait for their supervisor, for tests: a director with an address, and the link in the letter."""

import re
from datetime import date

from sqlmodel import col, select

from models.letters import Letter
from models.libraries import Library
from models.people import Position, PositionKind
from models.supervision import VerificationRequest
from services import db, supervision, supervision_answers
from services.access import Actor
from services.sign_in import Visitor
from services.supervision_answers import Answer
from services.supervision_sheets import Sheet
from tests import make

VISITOR = Visitor("Safari on iPhone", "192.0.2.7")


def works_at(person: Actor, kind: PositionKind, library_id: int | None = None, **parts: object) -> int:
    """Gives a position since 2020; returns the library's id, a new one unless it is told."""
    with db.writing() as session:
        if library_id is None:
            library = Library(name=f"Library of {person.name}", city="Darby")
            session.add(library)
            session.flush()
            library_id = library.id or 0
        begins = {"begins_on": date(2020, 1, 1)} | parts
        session.add(Position(person_id=person.person_id, library_id=library_id, kind=kind, **begins))  # type: ignore[arg-type]
    return library_id


def staff_and_director(ann: Actor, name: str = "Ellen Marsh") -> Actor:
    """Ann is on the staff of a library whose director has an e-mail address."""
    director = make.person(name)
    works_at(director, PositionKind.DIRECTOR, works_at(ann, PositionKind.STAFF))
    return director


def letters(kind: str = "verification asked") -> list[Letter]:
    with db.reading() as session:
        return list(session.exec(select(Letter).where(Letter.kind == kind).order_by(col(Letter.id))))


def link(kind: str = "verification asked") -> str:
    """The secret in the newest letter's link."""
    found = re.search(r"/supervisor/([\w-]+)", letters(kind)[-1].body)
    assert found is not None
    return found.group(1)


def requests() -> list[VerificationRequest]:
    with db.reading() as session:
        return list(session.exec(select(VerificationRequest).order_by(col(VerificationRequest.id))))


def answer(token: str, *, without: dict[str, str] | None = None, name: str = "Ellen Marsh") -> Sheet:
    """Looks, then answers to what was shown; `without` are titles with the reason."""
    sheet = supervision_answers.show(token)
    refused = {line.credit_id: without[line.title] for line in sheet.asked if without and line.title in without}
    supervision_answers.answer(token, Answer(sheet.digest, name, refused), VISITOR)
    return sheet


def ask(by: Actor, participation_id: int, name: str = "Tom Reed", email: str = "tom.reed@example.org") -> None:
    supervision.ask(by, participation_id, {"supervisor_name": name, "supervisor_email": email})
