"""What a signed-in supervisor sees: what waits for her, and how far her staff are. Never why a credit was declined."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.evaluation import Evaluation
from models.participations import Participation
from models.people import Person
from models.supervision import RequestKind, RequestState, VerificationRequest
from services import clock, db, participations, programs, records, supervisors
from services.access import Actor


@dataclass(frozen=True)
class Waiting:
    request_id: int
    person: str
    track: str
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class StaffTrack:
    participation: Participation
    track: str
    evaluation: Evaluation


@dataclass(frozen=True)
class StaffMember:
    person_id: int
    name: str
    tracks: tuple[StaffTrack, ...]


@dataclass(frozen=True)
class Desk:
    waiting: list[Waiting]
    staff: list[StaffMember]


def desk(actor: Actor) -> Desk:
    """The signed-in supervisor's own."""
    today = programs.current().today()
    with db.reading() as session:
        staff = [_member(session, one) for one in supervisors.staff_of(session, actor.person_id, today)]
        return Desk(_waiting(session, actor.person_id), sorted(staff, key=lambda one: one.name.casefold()))


def _waiting(session: Session, person_id: int) -> list[Waiting]:
    rows = session.exec(
        select(VerificationRequest, Person)
        .join(Person, col(Person.id) == VerificationRequest.person_id)
        .where(VerificationRequest.verifier_id == person_id, VerificationRequest.state == RequestState.OPEN)
        .where(col(VerificationRequest.expires_at) > clock.now())
        .order_by(col(VerificationRequest.asked_at), col(VerificationRequest.id))
    )
    return [
        Waiting(one.id or 0, person.name, _track(session, one), one.asked_at, one.expires_at) for one, person in rows
    ]


def _track(session: Session, request: VerificationRequest) -> str:
    if request.kind == RequestKind.INTERIM or request.participation_id is None:
        return "credits so far"
    return _name(session.get_one(Participation, request.participation_id))


def _member(session: Session, person_id: int) -> StaffMember:
    person, program = session.get_one(Person, person_id), programs.current()
    rows = records.credits_of(session, person_id)
    listed = records.frozen_lists(session, person_id)
    tracks = tuple(
        StaffTrack(one, _name(one), records.evaluated(one, rows, program, listed.get(one.id or 0)))
        for one in participations.of_person(session, person_id)
        if one.is_open
    )
    return StaffMember(person_id, person.name, tracks)


def _name(participation: Participation) -> str:
    return programs.current().versions[participation.track_version_id].track_name
