"""The outbox as an administrator sees it: what waits, what was sent, what failed and why, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from models.errors import NotFound, WrongState
from models.jobs import Job
from models.letters import Letter, LetterState
from models.people import Person
from services import audit, clock, db, installation, letter_leases, letter_paper, programs, search
from services.access import Actor, require_administrator
from services.letter_kinds import kind_called
from services.letter_server import read_sender, read_server

PAGE = 60
LONG = timedelta(hours=1)
"""A letter that is due for so long waits too long."""


class Shown(StrEnum):
    """Which letters a list shows."""

    ALL = "all"
    ATTENTION = "attention"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class LetterLine:
    """A letter in the list; `may_act`: it failed, or it waits for longer than it should."""

    id: int
    kind: str
    name: str
    address: str
    subject: str
    state: LetterState
    written_at: datetime
    sent_at: datetime | None
    due_at: datetime
    attempts: int
    problem: str
    may_act: bool


@dataclass(frozen=True)
class LetterPage:
    line: LetterLine
    text: str
    html: str


@dataclass(frozen=True)
class Standing:
    """How letters leave. Without a `server` they are kept; `problem` is what the last connection said."""

    server: str
    sender: str
    good_at: datetime | None
    problem: str
    due: int


def listing(actor: Actor, shown: Shown = Shown.ALL, text: str = "", number: int = 0) -> tuple[list[LetterLine], int]:
    """A page of letters, the newest first, and how many there are. Raises NotFound to all but administrators."""
    require_administrator(actor)
    now = clock.now()
    query = select(Letter, Person).join(Person, col(Person.id) == Letter.person_id)
    for word in search.words_of(text):
        query = query.where(search.contains(word, Letter.address, Person.first_name, Person.last_name, Letter.subject))
    if shown is Shown.ATTENTION:
        query = query.where(_wants_attention(now))
    elif shown is not Shown.ALL:
        query = query.where(Letter.state == LetterState(shown.value))
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        rows = session.exec(query.order_by(col(Letter.id).desc()).limit(PAGE).offset(number * PAGE))
        return [_line(letter, person, now) for letter, person in rows], total


def standing(actor: Actor) -> Standing:
    """Whether letters go out, and what the mail server said last. Raises NotFound to all but administrators."""
    require_administrator(actor)
    settings, now = installation.settings(), clock.now()
    with db.reading() as session:
        job = session.get(Job, letter_leases.SERVER)
        late = select(func.count()).where(Letter.state == LetterState.WAITING, col(Letter.send_after) <= now)
        due = session.exec(late).one()
    return Standing(
        read_server(settings.smtp_url).host if settings.smtp_url else "",
        read_sender(settings.mail_from).address if settings.mail_from else "",
        job.done_at if job else None,
        job.problem if job else "",
        due,
    )


def read(actor: Actor, letter_id: int) -> LetterPage:
    """One letter as it is sent, but for links that are not for other eyes. Raises NotFound."""
    require_administrator(actor)
    with db.reading() as session:
        letter = _letter(session, letter_id)
        person = session.get_one(Person, letter.person_id)
    body = letter_leases.without_secrets(letter)
    html = letter_paper.as_html(body, subject=letter.subject, program=programs.current().name)
    return LetterPage(_line(letter, person, clock.now()), letter_paper.as_text(body), html)


def retry(actor: Actor, letter_id: int) -> None:
    """It goes out with the next round, as if for the first time. Raises NotFound, WrongState."""
    _do(actor, letter_id, "letter:retried")


def give_up(actor: Actor, letter_id: int) -> None:
    """It is not sent any more, and asks for no attention. Raises NotFound, WrongState."""
    _do(actor, letter_id, "letter:given_up")


def _do(actor: Actor, letter_id: int, action: str) -> None:
    require_administrator(actor)
    now = clock.now()
    with db.writing() as session:
        letter = _letter(session, letter_id, lock=True)
        if letter.state not in {LetterState.WAITING, LetterState.FAILED}:
            raise WrongState(f"This letter is {letter.state} already.")
        if letter.leased_until is not None and letter.leased_until > now:
            raise WrongState("This letter is on its way just now. Look again in a few minutes.")
        if action == "letter:retried":
            letter.state, letter.attempts, letter.send_after = LetterState.WAITING, 0, now
        else:
            letter.state = LetterState.CANCELLED
        audit.record(session, actor.person_id, action, letter_id, person_id=letter.person_id, title=letter.subject)


def _wants_attention(now: datetime) -> ColumnElement[bool]:
    late = or_(col(Letter.problem) != "", col(Letter.send_after) <= now - LONG)
    return or_(col(Letter.state) == LetterState.FAILED, and_(col(Letter.state) == LetterState.WAITING, late))


def _letter(session: Session, letter_id: int, *, lock: bool = False) -> Letter:
    letter = session.get(Letter, letter_id, with_for_update=lock)
    if letter is None:
        raise NotFound
    return letter


def _line(letter: Letter, person: Person, now: datetime) -> LetterLine:
    late = letter.state == LetterState.WAITING and (bool(letter.problem) or letter.send_after <= now - LONG)
    return LetterLine(
        letter.id or 0,
        kind_called(letter.kind).name,
        person.name,
        letter.address,
        letter.subject,
        letter.state,
        letter.created_at,
        letter.sent_at,
        letter.send_after,
        letter.attempts,
        letter.problem,
        letter.state == LetterState.FAILED or late,
    )
