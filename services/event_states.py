"""What becomes of an event of the calendar: a draft is published or discarded, what is published can be cancelled."""

from sqlmodel import Session, col, delete, select

from models.errors import NotAllowed, WrongState
from models.events import Event, EventCreditLine, EventPerson, EventResource, EventState
from services import audit, clock, db, event_news, event_series
from services.access import Actor
from services.event_access import load_event


def publish(actor: Actor, event_id: int, *, later: bool = False) -> int:
    """From now on everybody sees it, and with `later` the drafts of its series that come after it, too.

    Returns how many were published. Raises NotFound, WrongState, NotAllowed (one that is over, but to coordinators).
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        others = event_series.later(session, actor, event, lock=True) if later else []
        drafts_of_it = [event, *(one for one in others if one.state == EventState.DRAFT)]
        for one in drafts_of_it:
            _refuse_publishing(session, actor, one)
            one.publish(clock.now())
            audit.record(session, actor.person_id, "event:published", one.id or 0, title=one.title)
        return len(drafts_of_it)


def cancel(actor: Actor, event_id: int, reason: str, *, later: bool = False) -> int:
    """It does not take place, nor do its sessions, nor with `later` those of its series that come after it; all who
    are registered or wait get a letter. Returns how many.

    Raises NotFound, WrongState, Problems without a reason.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        others = event_series.later(session, actor, event, lock=True) if later else []
        told = cancel_within(session, actor, event, reason)
        return told + sum(
            cancel_within(session, actor, one, reason) for one in others if one.state == EventState.PUBLISHED
        )


def cancel_within(session: Session, actor: Actor, event: Event, reason: str) -> int:
    """The same within somebody's deed. Raises WrongState, Problems."""
    event.cancel(clock.now(), reason)
    told = event_news.cancelled(session, event)
    sessions = select(Event).where(Event.parent_id == event.id, Event.state == EventState.PUBLISHED)
    for one in session.exec(sessions.order_by(col(Event.id)).with_for_update()).all():
        if not one.has_ended(clock.now()):
            told += cancel_within(session, actor, one, reason)
    audit.record(
        session, actor.person_id, "event:cancelled", event.id or 0, title=event.title, reason=event.cancel_reason
    )
    return told


def discard(actor: Actor, event_id: int) -> None:
    """A draft is gone for good. Raises NotFound, WrongState (published, or with sessions)."""
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.state != EventState.DRAFT:
            raise WrongState("Only a draft can be discarded. Cancel the event: those who are registered are told.")
        if session.exec(select(Event.id).where(Event.parent_id == event_id)).first() is not None:
            raise WrongState("This draft has sessions. Discard them first.")
        for table in (EventCreditLine, EventPerson, EventResource):
            session.exec(delete(table).where(col(table.event_id) == event_id))
        audit.record(session, actor.person_id, "event:discarded", event_id, title=event.title)
        session.delete(event)


def refuse_session(conference: Event) -> None:
    """Raises WrongState where no session may be added or published."""
    if conference.parent_id is not None:
        raise WrongState("A session of a conference has no sessions of its own.")
    if conference.state == EventState.CANCELLED:
        raise WrongState(f"“{conference.title}” was cancelled.")


def _refuse_publishing(session: Session, actor: Actor, event: Event) -> None:
    if event.has_ended(clock.now()) and not actor.is_coordinator:
        raise NotAllowed("This event is over: a coordinator publishes it.")
    if event.parent_id is not None:
        refuse_session(session.get_one(Event, event.parent_id))
