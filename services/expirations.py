"""Who comes due when: the coordinator's list of open tracks by their due day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from models.certificates import Certificate, CertificateStatus
from models.evaluation import Evaluation
from models.libraries import Library
from models.participations import OPEN, Participation
from models.people import Person, Position, PositionKind
from models.reminders import Reminder
from services import db, programs, records
from services.access import Actor, require_coordinator

PAGE = 60
WITHIN = {"30": 30, "90": 90, "180": 180, "365": 365}
OVERDUE, ALL = "overdue", "all"


@dataclass(frozen=True)
class ExpiryFilter:
    """`within` is 30, 90, 180 or 365 days, which take the overdue along; overdue; or all. 0 stands for any."""

    within: str = "180"
    track_id: int = 0
    library_id: int = 0
    directors: bool = False


@dataclass(frozen=True)
class ExpiryLine:
    """`days_left` is below 0 once overdue; `certificate` is the newest valid one on the track."""

    participation: Participation
    person: Person
    library: str
    track: str
    days_left: int
    evaluation: Evaluation
    certificate: str
    reminded_on: date | None


def page(actor: Actor, wanted: ExpiryFilter, number: int = 0) -> tuple[list[ExpiryLine], int]:
    """A page of the list, the next due first, and how many there are. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    query = _query(wanted)
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        return _lines(session, _slice(session, query, PAGE, number * PAGE)), total


def first(actor: Actor, wanted: ExpiryFilter, most: int) -> list[ExpiryLine]:
    """The first `most` lines, for a file. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    with db.reading() as session:
        return _lines(session, _slice(session, _query(wanted), most, 0))


def _slice(session: Session, query: Select[Any], most: int, offset: int) -> list[Any]:
    order = (col(Participation.due_on), col(Participation.id))
    return list(session.execute(query.order_by(*order).limit(most).offset(offset)).all())


def _query(wanted: ExpiryFilter) -> Select[Any]:
    today = programs.current().today()
    query: Select[Any] = (
        select(Participation, Person, Library.name)  # type: ignore[assignment]
        .join(Person, col(Person.id) == Participation.person_id)
        .outerjoin(Library, col(Library.id) == Participation.library_id)
        .where(col(Participation.status).in_(OPEN), col(Participation.due_on).is_not(None))
        .where(col(Person.deactivated_at).is_(None))
    )
    if wanted.within in WITHIN:
        query = query.where(col(Participation.due_on) <= today + timedelta(days=WITHIN[wanted.within]))
    elif wanted.within == OVERDUE:
        query = query.where(col(Participation.due_on) < today)
    if wanted.track_id:
        query = query.where(col(Participation.track_id) == wanted.track_id)
    if wanted.library_id:
        query = query.where(col(Participation.library_id) == wanted.library_id)
    if wanted.directors:
        directing = select(Position.person_id).where(
            Position.kind == PositionKind.DIRECTOR,
            col(Position.begins_on) <= today,
            col(Position.ends_on).is_(None) | (col(Position.ends_on) >= today),
        )
        query = query.where(col(Participation.person_id).in_(directing))
    return query


def _lines(session: Session, rows: list[Any]) -> list[ExpiryLine]:
    """A fixed number of statements, however many lines."""
    program = programs.current()
    today = program.today()
    people = {person.id or 0 for _, person, _ in rows}
    credits = records.credits_of_many(session, people)
    numbers = _certificates(session, people)
    reminded = _reminded(session, [one.id or 0 for one, _, _ in rows])
    return [
        ExpiryLine(
            one,
            person,
            library or "",
            program.versions[one.track_version_id].track_name,
            (one.due_on - today).days,
            records.evaluated(one, credits[one.person_id], program),
            numbers.get((one.person_id, one.track_id), ""),
            reminded.get(one.id or 0),
        )
        for one, person, library in rows
    ]


def _certificates(session: Session, people: Iterable[int]) -> dict[tuple[int, int], str]:
    rows = session.exec(
        select(Certificate.person_id, Participation.track_id, Certificate.number)
        .join(Participation, col(Participation.id) == Certificate.participation_id)
        .where(col(Certificate.person_id).in_([*people]), Certificate.status == CertificateStatus.VALID)
        .order_by(col(Certificate.issued_on), col(Certificate.id))
    )
    return {(person_id, track_id): number for person_id, track_id, number in rows}


def _reminded(session: Session, participation_ids: list[int]) -> dict[int, date]:
    rows = session.exec(
        select(Reminder.participation_id, func.max(Reminder.sent_at))
        .where(col(Reminder.participation_id).in_(participation_ids))
        .group_by(col(Reminder.participation_id))
    )
    return {participation_id: programs.current().day_of(sent_at) for participation_id, sent_at in rows}
