"""What the coordinator's queue shows of submitted records: the list, and one record to be reviewed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.credits import CreditStatus
from models.duplicates import Likeness
from models.errors import WrongState
from models.evaluation import Evaluation
from models.libraries import Library
from models.participations import Participation, ParticipationStatus
from models.people import Person
from services import certificate_lists, certificates, db, duplicates, programs, records
from services.access import Actor, load_participation, require_coordinator

PAGE = 60


@dataclass(frozen=True)
class SubmittedRecord:
    """One line of the queue; `next_step` is review or verification."""

    participation_id: int
    track: str
    person_id: int
    person: str
    library: str
    submitted_at: datetime
    status: str
    next_step: str
    is_own: bool


@dataclass(frozen=True)
class RecordPage:
    """One submitted record with all that a decision on it needs."""

    participation: Participation
    person: Person
    track_name: str
    version: str
    library: str
    evaluation: Evaluation
    rows: list[records.CreditRow]
    duplicates: dict[int, Likeness]
    certificate: str | None
    next_step: str
    cannot_be_printed: str
    is_own: bool

    @property
    def pending(self) -> int:
        """Credits on the list that wait for a decision."""
        return sum(row.status == CreditStatus.PENDING for row in self.rows)


def page(actor: Actor, number: int = 0, *, oldest_first: bool = False) -> tuple[list[SubmittedRecord], int]:
    """One page of the submitted records, and how many there are. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    program = programs.current()
    submitted = Participation.status == ParticipationStatus.SUBMITTED
    order = (col(Participation.submitted_at), col(Participation.id))
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(Participation).where(submitted)).one()
        rows = session.exec(
            select(Participation, Person, Library.name)
            .join(Person, col(Person.id) == Participation.person_id)
            .outerjoin(Library, col(Library.id) == Participation.library_id)
            .where(submitted)
            .order_by(*(order if oldest_first else [one.desc() for one in order]))
            .limit(PAGE)
            .offset(number * PAGE)
        ).all()
    today = program.today()
    return [
        SubmittedRecord(
            one.id or 0,
            program.versions[one.track_version_id].track_name,
            one.person_id,
            person.name,
            library or "",
            one.submitted_at or one.created_at,
            one.shown_status(today),
            next_step(one),
            one.person_id == actor.person_id,
        )
        for one, person, library in rows
    ], total


def show(actor: Actor, participation_id: int) -> RecordPage:
    """One record, submitted or decided. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    program = programs.current()
    with db.reading() as session:
        one = load_participation(session, actor, participation_id)
        person = session.get_one(Person, one.person_id)
        rows = records.credits_of(session, one.person_id)
        frozen = records.frozen_lists(session, one.person_id).get(participation_id)
        library = session.get(Library, one.library_id) if one.library_id else None
        certificate = certificate_lists.number_of(session, participation_id)
    version = program.versions[one.track_version_id]
    return RecordPage(
        one,
        person,
        version.track_name,
        version.version,
        library.name if library else "",
        records.evaluated(one, rows, program, frozen),
        [row for row in rows if frozen is None or row.id in frozen.submitted],
        duplicates.duplicates_in(rows),
        certificate,
        next_step(one),
        _cannot_be_printed(person.name),
        one.person_id == actor.person_id,
    )


def next_step(participation: Participation) -> str:
    """review or verification, whichever the program wants next; empty when both are done."""
    done = {"review": participation.reviewed_at, "verification": participation.verified_at}
    return next((step for step in programs.current().settings["steps"] if done[step] is None), "")


def _cannot_be_printed(name: str) -> str:
    try:
        certificates.refuse_unprintable(name)
    except WrongState as refusal:
        return str(refusal)
    return ""
