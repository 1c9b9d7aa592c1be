"""Reminders before the due day: to the participant, and for directors to the board chair; each once."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.credits import counted_credits, shown_credits
from models.participations import Participation, ParticipationStatus
from models.people import Person, Position, PositionKind
from models.reminders import Reminder, days_to_tell
from models.times import shown_day
from services import clock, db, installation, letters, programs, records, supervisors

BATCH = 200
"""In one transaction: others write in between, and what is killed has told whole letters or none.

Fewer in one would slow readers more: each commit makes every connection of SQLite read its pages again.
"""


@dataclass(frozen=True)
class Reminded:
    """Who is told what: `days` is the program's number of days before the due day."""

    participation_id: int
    person: str
    track: str
    due_on: date
    days: int
    board_chair: str = ""


def remind(*, dry_run: bool = False, pause: Callable[[float], object] = time.sleep) -> list[Reminded]:
    """Tells whom the program wants told today, however often it runs; a dry run only says who that would be.

    Between two batches it rests as long as the last one took, so that people who work meanwhile hardly notice.
    """
    told: list[Reminded] = []
    after = 0
    while True:
        begun = time.perf_counter()
        with db.reading() if dry_run else db.writing() as session:
            due = _due(session, after)
            told += [one for row, person in due.rows if (one := _remind(session, row, person, due, dry_run=dry_run))]
        if due.last is None:
            return told
        after = due.last
        if not dry_run:
            pause(time.perf_counter() - begun)


@dataclass(frozen=True)
class Due:
    """A batch of participations that come due, what was told of them, and where the next batch begins.

    `libraries` are those that somebody of them directs today, by person.
    """

    rows: list[tuple[Participation, Person]]
    told: dict[int, set[int]]
    libraries: dict[int, int]
    credits: dict[int, list[records.CreditRow]]
    last: int | None


def _due(session: Session, after: int) -> Due:
    days, today = _days_before(), programs.current().today()
    if not days:
        return Due([], {}, {}, {}, None)
    rows = session.exec(
        select(Participation, Person)
        .join(Person, col(Person.id) == Participation.person_id)
        .where(Participation.status == ParticipationStatus.IN_PROGRESS, col(Person.deactivated_at).is_(None))
        .where(col(Participation.due_on) >= today, col(Participation.due_on) <= today + timedelta(days=max(days)))
        .where(col(Participation.id) > after)
        .order_by(col(Participation.id))
        .limit(BATCH)
    ).all()
    told: dict[int, set[int]] = {}
    by_due = {row.id: row.due_on for row, _ in rows}
    for one in session.exec(select(Reminder).where(col(Reminder.participation_id).in_([*by_due]))):
        if by_due[one.participation_id] == one.due_on:
            told.setdefault(one.participation_id, set()).add(one.days)
    people = [person.id or 0 for _, person in rows]
    directing = select(Position).where(col(Position.person_id).in_(people), Position.kind == PositionKind.DIRECTOR)
    libraries = {one.person_id: one.library_id for one in session.exec(directing) if one.held_on(today)}
    credits = records.credits_of_many(session, people)
    return Due(list(rows), told, libraries, credits, rows[-1][0].id if len(rows) == BATCH else None)


def _remind(session: Session, row: Participation, person: Person, due: Due, *, dry_run: bool) -> Reminded | None:
    program = programs.current()
    assert row.due_on is not None  # noqa: S101 -- the query asks for it
    days = days_to_tell(row.due_on, program.today(), _days_before(), due.told.get(row.id or 0, set()))
    if days is None:
        return None
    version = program.versions[row.track_version_id]
    chair = None
    if version.track_key in program.settings["director_tracks"] and row.person_id in due.libraries:
        chair = supervisors.proposed(session, row.person_id, program.today(), due.libraries[row.person_id])
    reminded = Reminded(row.id or 0, person.name, version.track_name, row.due_on, days, chair.name if chair else "")
    if dry_run:
        return reminded
    mine = Reminder(participation_id=row.id or 0, due_on=row.due_on, days=days, sent_at=clock.now())
    if not db.insert_unless_there(session, mine):
        return None
    _write(session, row, reminded, chair, due.credits[row.person_id])
    return reminded


def _write(
    session: Session,
    row: Participation,
    reminded: Reminded,
    chair: supervisors.Supervisor | None,
    credits: list[records.CreditRow],
) -> None:
    assert row.due_on is not None  # noqa: S101 -- asked for
    told = {
        "track": reminded.track,
        "due": shown_day(row.due_on),
        "left": _left(row.due_on),
        "standing": _standing(row, credits),
        "link": f"{installation.settings().base_url.rstrip('/')}/ce/tracks/{row.id}",
    }
    letters.write(session, row.person_id, "due reminder", told)
    if chair is not None and chair.email:
        to_board = {name: told[name] for name in ("track", "due", "left")}
        to_board |= {"first_name": chair.name, "person": reminded.person}
        addressee = chair.person_id or row.person_id
        letters.write(session, addressee, "due reminder to the board", to_board, address=chair.email)


def _standing(row: Participation, credits: list[records.CreditRow]) -> str:
    """What is earned and what is missing, in a sentence."""
    found = records.evaluated(row, credits, programs.current())
    if found.can_be_submitted:
        return "All the credits are there: hand your record in."
    return f"You have {shown_credits(found.earned)} of {counted_credits(found.needed)}" + (
        f", and {shown_credits(found.pending)} pending." if found.pending else "."
    )


def _left(due_on: date) -> str:
    days = (due_on - programs.current().today()).days
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def _days_before() -> list[int]:
    return list(programs.current().settings["reminder_days"])
