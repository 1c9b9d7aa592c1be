"""Letters of the outbox for tests: written, looked at, waited for."""

import time
from collections.abc import Callable

from sqlmodel import col, select

from models.jobs import Job
from models.letters import Letter
from services import db, letters
from services.access import Actor
from services.letter_leases import SERVER


def write(person: Actor, title: str = "Budgets", kind: str = "credit declined", address: str = "") -> int:
    """A letter that is due at once; returns its id."""
    with db.writing() as session:
        values = {"title": title, "reason": "Not about libraries.", "credits": "2 credits"}
        assert letters.write(session, person.person_id, kind, values, address=address, at_once=True)
        session.flush()
        return session.exec(select(Letter.id).order_by(col(Letter.id).desc())).first() or 0


def row(letter_id: int) -> Letter:
    with db.reading() as session:
        return session.get_one(Letter, letter_id)


def states() -> list[str]:
    with db.reading() as session:
        return [str(letter.state) for letter in session.exec(select(Letter).order_by(col(Letter.id)))]


def problem_of_server() -> str:
    with db.reading() as session:
        job = session.get(Job, SERVER)
        return job.problem if job else "nothing yet"


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "It took too long."
        time.sleep(0.02)
