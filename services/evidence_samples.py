"""Samples of the random audit as the coordinator sees them: the list, and one with all that was asked for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.credits import Credit
from models.errors import NotFound
from models.events import Event, EventCreditLine
from models.evidence import EvidenceRequest, EvidenceSample, EvidenceState
from models.people import Person
from services import db
from services.access import Actor, require_coordinator

PAGE = 30


@dataclass(frozen=True)
class SampleLine:
    """A sample in the list: how many were asked for, answered and decided."""

    sample: EvidenceSample
    by: str
    answered: int
    decided: int


def listing(actor: Actor, number: int = 0) -> tuple[list[SampleLine], int]:
    """A page of the samples, the newest first, and how many there are. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    came = func.count(col(EvidenceRequest.received_at))
    decided = func.count(col(EvidenceRequest.decided_at))
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(EvidenceSample)).one()
        rows = session.exec(
            select(EvidenceSample, Person, came, decided)
            .join(Person, col(Person.id) == EvidenceSample.drawn_by_id)
            .join(EvidenceRequest, col(EvidenceRequest.sample_id) == EvidenceSample.id)
            .group_by(col(EvidenceSample.id), col(Person.id))
            .order_by(col(EvidenceSample.id).desc())
            .limit(PAGE)
            .offset(number * PAGE)
        ).all()
    return [SampleLine(sample, person.name, *counts) for sample, person, *counts in rows], total


@dataclass(frozen=True)
class AskedCredit:
    """A credit of a sample, with who is asked for its evidence; `has_address` says whether a letter could be sent."""

    request: EvidenceRequest
    person: str
    has_address: bool
    title: str
    ended_on: date


@dataclass(frozen=True)
class SamplePage:
    sample: EvidenceSample
    by: str
    rows: list[AskedCredit]

    @property
    def missing(self) -> int:
        """Of how many credits no evidence came yet."""
        return sum(one.request.state == EvidenceState.ASKED for one in self.rows)


def show(actor: Actor, sample_id: int) -> SamplePage:
    """A sample, at most 200 lines by person. Raises NotFound, to all but coordinators too."""
    require_coordinator(actor)
    with db.reading() as session:
        sample = load(session, sample_id)
        by = session.get_one(Person, sample.drawn_by_id).name
        rows = session.exec(
            select(EvidenceRequest, Person, Event)
            .join(Person, col(Person.id) == EvidenceRequest.person_id)
            .join(Credit, col(Credit.id) == EvidenceRequest.credit_id)
            .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
            .join(Event, col(Event.id) == EventCreditLine.event_id)
            .where(EvidenceRequest.sample_id == sample_id)
            .order_by(col(Person.last_name), col(Person.first_name), col(EvidenceRequest.id))
        ).all()
    return SamplePage(
        sample,
        by,
        [AskedCredit(one, who.name, bool(who.email), event.title, event.ended_on) for one, who, event in rows],
    )


def load(session: Session, sample_id: int) -> EvidenceSample:
    """Raises NotFound."""
    sample = session.get(EvidenceSample, sample_id)
    if sample is None:
        raise NotFound
    return sample
