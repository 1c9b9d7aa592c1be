"""Taking a letter from the outbox, so that no other worker has it meanwhile, and noting what became of it."""

import random
import re
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models.jobs import Job
from models.letters import Letter, LetterState
from services import clock, db
from services.letter_connection import Answer, Fate
from services.letter_kinds import kind_called

LEASE = timedelta(minutes=5)
"""Longer than one letter can take. The letter of a worker that was killed is taken again after it."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
MOST_ATTEMPTS = 30
"""With the waits between them, three days and a half at least."""
SERVER = "letters"
"""The job's row that holds what the mail server said last."""


def take(now: datetime) -> Letter | None:
    """The letter that has waited longest, ours for the time of the lease; a cancelled one is not taken any more."""
    with db.reading() as session:
        if session.exec(_due(now).limit(1)).first() is None:
            return None
    with db.writing() as session:
        letter = session.exec(_due(now).limit(1).with_for_update(skip_locked=True)).first()
        if letter is not None:
            letter.leased_until = now + LEASE
        return letter


def settle(letter: Letter, answer: Answer) -> None:
    """What became of a letter that the server was told of."""
    now, attempts = clock.now(), letter.attempts + 1
    with db.writing() as session:
        change = update(Letter).where(col(Letter.id) == letter.id)
        if answer.fate is Fate.SENT:  # true, whatever happened to the row meanwhile
            body = without_secrets(letter)
            session.exec(
                change.values(
                    state=LetterState.SENT, sent_at=now, leased_until=None, attempts=attempts, problem="", body=body
                )
            )
            return
        still_ours = change.where(
            col(Letter.state) == LetterState.WAITING, col(Letter.leased_until) == letter.leased_until
        )
        values: dict[str, object] = {"leased_until": None, "attempts": attempts, "problem": answer.words}
        if answer.fate is Fate.REFUSED:
            values["state"] = LetterState.FAILED
        elif attempts >= MOST_ATTEMPTS:
            values |= {"state": LetterState.FAILED, "problem": f"Tried {attempts} times. {answer.words}"}
        else:
            values["send_after"] = now + wait_after(attempts)
        session.exec(still_ours.values(values))


def give_back(letter: Letter) -> None:
    """Taken for nothing: whoever comes next may take it at once."""
    with db.writing() as session:
        session.exec(
            update(Letter)
            .where(col(Letter.id) == letter.id, col(Letter.leased_until) == letter.leased_until)
            .values(leased_until=None)
        )


def note_server(problem: str) -> None:
    """Empty when the connection was good; seen by the administrator and by monitors."""
    now = clock.now()
    with db.writing() as session:
        db.insert_unless_there(session, Job(name=SERVER))
        job = session.get_one(Job, SERVER)
        job.problem = problem
        if not problem:
            job.done_at = now


def without_secrets(letter: Letter) -> str:
    """The body, for eyes that its link is not meant for."""
    hidden = "(this link is for the person alone)"
    return re.sub(r"<https?://[^>]*>", hidden, letter.body) if kind_called(letter.kind).secret else letter.body


def wait_after(attempts: int) -> timedelta:
    """Twice as long after every attempt, and by chance up to half as long again, so that not all come at once."""
    doubled = FIRST_WAIT * 2.0 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_WAIT) * random.uniform(1, 1.5)  # noqa: S311 -- no secret


def _due(now: datetime) -> SelectOfScalar[Letter]:
    return (
        select(Letter)
        .where(Letter.state == LetterState.WAITING, col(Letter.send_after) <= now)
        .where(or_(col(Letter.leased_until).is_(None), col(Letter.leased_until) <= now))
        .order_by(col(Letter.send_after), col(Letter.id))
    )
