"""Copies of an event: one to be changed, or many that recur."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from dateutil.relativedelta import relativedelta
from sqlmodel import Session, col, select

from models.errors import Problems, WrongState
from models.events import Event, EventCreditLine, EventPerson, EventResource, EventState
from models.texts import typed
from models.times import from_wall, local_time
from services import audit, clock, db, events
from services.access import Actor, require_coordinator
from services.event_access import load_event

MOST = 60
STEPS = {"week": relativedelta(weeks=1), "two weeks": relativedelta(weeks=2), "month": relativedelta(months=1)}


def copy(actor: Actor, event_id: int) -> int:
    """A draft like it, a week later, with its sessions; nobody is registered. Returns its id. Raises NotFound."""
    require_coordinator(actor)
    with db.writing() as session:
        event = load_event(session, actor, event_id)
        return _copy_whole(session, actor, event, relativedelta(days=7)).id or 0


def repeat(actor: Actor, event_id: int, values: Mapping[str, object]) -> int:
    """The same again `every` week, two weeks or month, `times` times, at the same hour; each its own event, with its
    sessions. Where its series has one already, none is made.

    They are drafts or published as this one is. Returns how many were made. Raises NotFound, WrongState, Problems.
    """
    require_coordinator(actor)
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        step, times = _read(values)
        if event.parent_id is not None or event.state == EventState.CANCELLED:
            raise WrongState("A session of a conference, or a cancelled event, does not recur.")
        event.series = event.series or uuid4().hex
        known = set(session.exec(select(Event.begins_at).where(Event.series == event.series)))
        steps = [step * number for number in range(1, times + 1)]
        wanted = [one for one in steps if _moved(event, one)[0] not in known]
        for one in wanted:
            _copy_whole(session, actor, event, one, series=event.series, state=EventState(event.state))
        return len(wanted)


def _read(values: Mapping[str, object]) -> tuple[relativedelta, int]:
    every, text = typed(values.get("every")), typed(values.get("times"))
    problems = {}
    if every not in STEPS:
        problems["every"] = "Choose how often."
    if not re.fullmatch("[0-9]{1,3}", text) or not 0 < int(text) <= MOST:
        problems["times"] = f"A whole number from 1 to {MOST}."
    if problems:
        raise Problems(problems)
    return STEPS[every], int(text)


def _copy_whole(
    session: Session,
    actor: Actor,
    event: Event,
    step: relativedelta,
    *,
    series: str = "",
    state: EventState = EventState.DRAFT,
) -> Event:
    """With its sessions, as much later as it is itself; a session that is a draft stays one."""
    made = _copy(session, event, *_moved(event, step), series=series)
    sessions = select(Event).where(Event.parent_id == event.id, Event.state != EventState.CANCELLED)
    copies = [(event, made)] + [
        (one, _copy(session, one, *_moved(one, step), parent_id=made.id))
        for one in session.exec(sessions.order_by(col(Event.id))).all()
    ]
    for one, copied in copies:
        copied.state = state if one.state == EventState.PUBLISHED else EventState.DRAFT
        audit.record(session, actor.person_id, "event:added", copied.id or 0, title=copied.title)
    return made


def _moved(event: Event, step: relativedelta) -> tuple[datetime, datetime]:
    """The same hour of the clock, whatever the clocks did; an hour that the clocks skip is the next one."""
    begins = local_time(event.begins_at, event.time_zone)
    at = from_wall(begins.replace(tzinfo=None) + step, event.time_zone)
    return at, at + (event.ends_at - event.begins_at)


def _copy(
    session: Session, event: Event, begins: datetime, ends: datetime, *, parent_id: int | None = None, series: str = ""
) -> Event:
    kept = {name: getattr(event, name) for name in Event.model_fields if name not in NOT_COPIED}
    closes = event.registration_closes_at
    made = Event(
        **kept, begins_at=begins, ends_at=ends, created_at=clock.now(), state=EventState.DRAFT, series=series,
        parent_id=parent_id, registration_closes_at=closes + (begins - event.begins_at) if closes else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    number = made.id or 0
    for line in events.lines_of(session, [event])[event.id or 0]:
        session.add(EventCreditLine(event_id=number, category_id=line.category_id, credits=line.credits))
    for one in session.exec(select(EventPerson).where(EventPerson.event_id == event.id)).all():
        session.add(EventPerson(event_id=number, person_id=one.person_id, role=one.role))
    for thing in session.exec(select(EventResource).where(EventResource.event_id == event.id)).all():
        session.add(EventResource(event_id=number, title=thing.title, link=thing.link, document_id=thing.document_id))
    session.flush()
    return made


NOT_COPIED = (
    "id", "begins_at", "ends_at", "created_at", "state", "series", "parent_id", "registration_closes_at", "source_key",
    "sequence", "changed_at", "attendance_closed_at", "cancel_reason",
)  # fmt: skip
