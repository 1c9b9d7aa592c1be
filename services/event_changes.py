"""Events of the calendar: added as drafts, and changed; those who are registered are told."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from models.calendar_entries import CalendarEntry, keep_keys
from models.errors import NotAllowed, Problems, WrongState
from models.events import Event, EventKind, EventState, RegistrationMode
from services import (
    audit,
    clock,
    db,
    drafts,
    event_credits,
    event_forms,
    event_news,
    event_series,
    event_states,
    programs,
    seats,
)
from services.access import Actor, require_coordinator
from services.event_access import load_event


def add(actor: Actor, values: Mapping[str, object], parent_id: int | None = None) -> int:
    """A draft; `parent_id` makes it a session of that conference. Field names as in read_calendar_entry.

    Raises NotFound (to all but coordinators, and for sessions those who run the conference), WrongState, Problems.
    """
    with db.writing() as session:
        if parent_id is None:
            require_coordinator(actor)
        else:
            event_states.refuse_session(load_event(session, actor, parent_id))
        event = new(session, event_forms.read(values), parent_id)
        drafts.drop(session, actor.person_id, event_forms.form_of(None, parent_id))
        audit.record(session, actor.person_id, "event:added", event.id or 0, title=event.title)
        return event.id or 0


def change(
    actor: Actor,
    event_id: int,
    values: Mapping[str, object],
    *,
    later: bool = False,
    was: Mapping[str, object] | None = None,
) -> int:
    """Changes it, and with `later` in the same way those of its series that come after it; when time or place is
    another one, all who are registered or wait are told. Returns how many.

    `was` is what the form was filled with: what somebody else changed meanwhile, and this person did not, stays.
    Raises NotFound, NotAllowed (credits, to all but coordinators), WrongState (cancelled, or what people have already),
    Problems.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.state == EventState.CANCELLED:
            raise WrongState("This event was cancelled. Copy it to hold it after all.")
        entry = event_forms.same_minutes(event, event_forms.read(event_forms.merged(session, event, values, was)))
        others = event_series.later(session, actor, event, lock=True) if later else []
        to_do = [(event, entry), *event_series.carried(session, event, entry, others)]
        drafts.drop(session, actor.person_id, event_forms.form_of(event_id))
        return sum(_change(session, actor, one, its) for one, its in to_do)


def new(session: Session, entry: CalendarEntry, parent_id: int | None = None, series: str = "") -> Event:
    """A draft of it within somebody's deed."""
    event = Event(
        kind=EventKind.SPONSORED,
        title=entry.title,
        begins_at=entry.begins_at,
        ends_at=entry.ends_at,
        time_zone=entry.time_zone,
        created_at=clock.now(),
        state=EventState.DRAFT,
        parent_id=parent_id,
        series=series,
    )
    session.add(event)
    session.flush()
    apply(session, event, entry)
    return event


def apply(session: Session, event: Event, entry: CalendarEntry) -> set[str]:
    """Makes the event what was typed; returns the names of what changed. Raises WrongState for what people have."""
    entry = replace(entry, questions=keep_keys(event.questions, entry.questions))
    changed = {name for name in FIELDS if getattr(event, name) != getattr(entry, name)}
    if changed & MOVES and (why := event_credits.why_fixed(session, event)):
        raise WrongState(why)
    for name in changed:
        setattr(event, name, getattr(entry, name))
    session.add(event)
    session.flush()
    categories = programs.current().categories.values()
    if event_credits.change(
        session, event, {one.id or 0: entry.credits[one.key] for one in categories if one.key in entry.credits}
    ):
        changed.add("credits")
    return {SHOWN.get(name, name.replace("_", " ")) for name in changed}


def _change(session: Session, actor: Actor, event: Event, entry: CalendarEntry) -> int:
    before = event_news.essentials(event)
    _refuse_leaving(session, event, entry)
    what = apply(session, event, entry)
    if not what:
        return 0
    if "credits" in what and event.state == EventState.PUBLISHED and not actor.is_coordinator:
        raise NotAllowed("A coordinator changes the credits of an event that is published.")
    event.note_change(clock.now())
    told = ", ".join(sorted(what)) + "."
    audit.record(session, actor.person_id, "event:changed", event.id or 0, title=event.title, what=told)
    return event_news.changed(session, event, before)


def _refuse_leaving(session: Session, event: Event, entry: CalendarEntry) -> None:
    """Raises Problems when registration would go elsewhere while people have seats here."""
    if event.registration != RegistrationMode.HERE or entry.registration == RegistrationMode.HERE:
        return
    room = seats.room_of(session, event)
    if count := room.seated + room.waiting:
        people = "1 person is" if count == 1 else f"{count} people are"
        raise Problems({"registration": f"{people} registered here: this cannot be changed any more."})


OTHERS = ("type", "begins_at", "ends_at", "registration", "registration_closes_at", "capacity", "questions")
FIELDS = (*event_forms.SAME, *OTHERS)
MOVES = {"begins_at", "ends_at", "time_zone"}
SHOWN = {"begins_at": "begin", "ends_at": "end", "registration_closes_at": "end of registration", "capacity": "seats"}
