"""Degrees in the coordinator's queue: listed, recorded with the certificate in one deed, returned with a note."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from models.degrees import Degree, DegreeStatus
from models.documents import Document
from models.libraries import Library
from models.participations import Participation
from models.people import Person
from models.times import shown_day, years_after
from services import certificate_lists, clock, db, degree_certificates, degrees, letters, programs
from services.access import Actor, require_coordinator

MOST = 200
LONGEST_REASON = 2000


@dataclass(frozen=True)
class WaitingDegree:
    """One line of the queue."""

    degree_id: int
    person: str
    library: str
    degree: str
    track: str
    handed_in_at: datetime
    is_own: bool


@dataclass(frozen=True)
class DegreeSheet:
    """One degree with its diploma, and what recording it would bring."""

    degree: Degree
    kind: str
    person: Person
    track: str
    library: str
    file: Document
    due_on: date
    certificate: str | None
    is_own: bool


def record(actor: Actor, degree_id: int) -> str:
    """Records the degree and issues: dated the day of graduation; returns the certificate's number.

    Raises NotFound, NotAllowed (her own), WrongState (decided, track not in progress, a later certificate stands,
    the name cannot be printed).
    """
    require_coordinator(actor)
    with db.writing() as session:
        degree = degrees.load(session, actor, degree_id, lock=True)
        degree.record(actor.person_id, clock.now())
        participation = session.get_one(Participation, degree.participation_id, with_for_update=True)
        certificate = degree_certificates.issue(session, actor, participation, degree)
        degrees.log(session, actor, "degree:recorded", degree)
        return certificate.number


def send_back(actor: Actor, degree_id: int, note: str) -> None:
    """Returns it with a note that is mailed and shown. Raises NotFound, NotAllowed (her own), WrongState, Problems."""
    require_coordinator(actor)
    with db.writing() as session:
        degree = degrees.load(session, actor, degree_id, lock=True)
        degree.send_back(actor.person_id, clock.now(), note[:LONGEST_REASON])
        told = {"degree": degree.in_words, "reason": degree.reason}
        letters.write(session, degree.person_id, "degree returned", told)
        degrees.tell(session, actor, "degree:returned", degree, reason=degree.reason)


def waiting(actor: Actor) -> list[WaitingDegree]:
    """Those that wait, the oldest first. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    program = programs.current()
    with db.reading() as session:
        rows = session.exec(
            select(Degree, Participation, Person, Library.name)
            .join(Participation, col(Participation.id) == Degree.participation_id)
            .join(Person, col(Person.id) == Degree.person_id)
            .outerjoin(Library, col(Library.id) == Participation.library_id)
            .where(Degree.status == DegreeStatus.PENDING)
            .order_by(col(Degree.handed_in_at), col(Degree.id))
            .limit(MOST)
        ).all()
    return [
        WaitingDegree(
            degree.id or 0,
            person.name,
            library or "",
            degree.in_words,
            program.versions[participation.track_version_id].track_name,
            degree.handed_in_at,
            degree.person_id == actor.person_id,
        )
        for degree, participation, person, library in rows
    ]


def show(actor: Actor, degree_id: int) -> DegreeSheet:
    """Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    program = programs.current()
    with db.reading() as session:
        degree = degrees.load(session, actor, degree_id)
        participation = session.get_one(Participation, degree.participation_id)
        library = session.get(Library, participation.library_id) if participation.library_id else None
        person = session.get_one(Person, degree.person_id)
        file = session.get_one(Document, degree.document_id)
        number = certificate_lists.number_of(session, degree.participation_id)
    version = program.versions[participation.track_version_id]
    return DegreeSheet(
        degree,
        program.settings["degrees"].get(degree.kind, degree.kind),
        person,
        version.track_name,
        library.name if library else "",
        file,
        years_after(degree.graduated_on, version.years),
        number if degree.status == DegreeStatus.RECORDED else None,
        degree.person_id == actor.person_id,
    )


def consequence(sheet: DegreeSheet) -> str:
    """What recording does, in a sentence."""
    return (
        f"The certificate for {sheet.track} is dated the day of graduation, {shown_day(sheet.degree.graduated_on)}, "
        f"and valid until {shown_day(sheet.due_on)}. The renewal opens from that day; no credit is used up."
    )
