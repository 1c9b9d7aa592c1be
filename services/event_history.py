"""The history of an event: what was done to it, and whom its attendance list was changed for."""

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from models.audit import AuditLine
from models.people import Person
from models.registrations import Registration
from services import audit
from services.audit import Told

OF_THE_LIST = ("registration:corrected", "registration:seated")


def of_event(session: Session, event_id: int, limit: int = 20) -> list[Told]:
    """The newest lines; those about a person begin with the name."""
    actor, about = aliased(Person), aliased(Person)
    seats = select(Registration.id).where(Registration.event_id == event_id)
    mine = and_(AuditLine.subject == "event", AuditLine.subject_id == event_id)
    theirs = and_(
        AuditLine.subject == "registration",
        col(AuditLine.action).in_(OF_THE_LIST),
        col(AuditLine.subject_id).in_(seats),
    )
    rows = session.exec(
        select(AuditLine, actor, about)
        .outerjoin(actor, col(AuditLine.actor_id) == actor.id)
        .outerjoin(about, col(AuditLine.person_id) == about.id)
        .where(or_(mine, theirs))
        .order_by(col(AuditLine.id).desc())
        .limit(limit)
    )
    return [_told(line, who, whom) for line, who, whom in rows]


def _told(line: AuditLine, who: Person | None, whom: Person | None) -> Told:
    said = audit.told(line, who)
    return Told(said.at, said.who, f"{whom.name}: {said.what}" if whom else said.what)
