"""Events from a file, by a coordinator: first what it would change, then the change, all of it or nothing."""

from dataclasses import dataclass

from sqlmodel import Session, select

from models.errors import Problems
from models.events import Event, EventKind, EventState
from models.file_events import FileEvent
from models.times import shown_span
from services import (
    audit,
    clock,
    db,
    event_calendar,
    event_changes,
    event_credits,
    event_files,
    event_news,
    event_states,
    events,
    installation,
)
from services.access import Actor, require_coordinator
from services.csv_rows import BadFile

MOST_SIGNS = 400_000
MOST_EVENTS = 1000
NEW, CHANGED, CANCELLED, SAME = "new", "changed", "cancelled", "same"
WORDS = {"begins_at": "begin", "ends_at": "end", "time_zone": "time zone"}


@dataclass(frozen=True)
class Change:
    """What the file means for one event: new, changed, cancelled or the same; and what is another."""

    kind: str
    title: str
    when: str
    what: str
    event_id: int


def preview(actor: Actor, name: str, text: str) -> list[Change]:
    """Changes nothing. Raises NotFound to all but coordinators, and Problems at `file`."""
    require_coordinator(actor)
    told = _read(name, text)
    with db.reading() as session:
        return [_change(session, one, _known(session, one)) for one in told]


def apply(actor: Actor, name: str, text: str, *, publish: bool) -> list[Change]:
    """New events become drafts, or are published; changed ones are told to who is registered, when it matters.

    Returns what was done. Raises NotFound to all but coordinators, Problems at `file`.
    """
    require_coordinator(actor)
    told, done = _read(name, text), []
    with db.writing() as session:
        for one in told:
            event = _known(session, one, lock=True)
            change = _change(session, one, event)
            done.append(change)
            if change.kind == NEW:
                state = EventState.PUBLISHED if publish and not one.cancelled else EventState.DRAFT
                event = event_files.add(session, one, state)
                audit.record(session, actor.person_id, "event:imported", event.id or 0, title=event.title)
            elif event is not None and change.kind != SAME:
                _update(session, actor, event, one, change)
    return done


def _read(name: str, text: str) -> list[FileEvent]:
    try:
        if len(text) > MOST_SIGNS:
            raise BadFile(f"{name} is too large: at most {MOST_SIGNS // 1000} kB.")
        found = event_files.read(name, text)
        if len(found) > MOST_EVENTS:
            raise BadFile(f"{name}: at most {MOST_EVENTS} events at once.")
    except BadFile as refusal:
        raise Problems({"file": str(refusal)}) from refusal
    return found


def _known(session: Session, told: FileEvent, *, lock: bool = False) -> Event | None:
    """An entry of our own calendar by its number, else by the key of its file."""
    own = event_calendar.number_of(told.key.removeprefix("ics "), installation.settings().base_url)
    for condition in (Event.id == own, Event.source_key == told.key):
        chosen = select(Event).where(Event.kind == EventKind.SPONSORED, condition)
        if found := session.exec(chosen.with_for_update() if lock else chosen).first():
            return found
    return None


def _change(session: Session, told: FileEvent, event: Event | None) -> Change:
    when = shown_span(told.begins_at, told.ends_at, told.time_zone)
    if event is None:
        return Change(NEW, told.title, when, "", 0)
    number, names = event.id or 0, event_files.changed(event, told)
    if event.state == EventState.CANCELLED:
        return Change(SAME, told.title, when, "It was cancelled here and stays so.", number)
    if told.cancelled and event.state == EventState.PUBLISHED and not event.has_ended(clock.now()):
        return Change(CANCELLED, told.title, when, "The file says that it does not take place.", number)
    lines = events.lines_of(session, [event])[number]
    other_credits = told.credits is not None and event_credits.by_category(lines) != told.credits
    why_not = event_credits.why_locked(session, lines) if other_credits else ""
    if event_changes.MOVES & set(names):
        why_not = why_not or event_credits.why_fixed(session, event)
    if why_not:
        return Change(SAME, told.title, when, f"It stays as it is. {why_not}", number)
    what = [WORDS.get(name, name) for name in names] + ["credits"] * other_credits
    return Change(CHANGED if what else SAME, told.title, when, ", ".join(what), number)


def _update(session: Session, actor: Actor, event: Event, told: FileEvent, change: Change) -> None:
    if change.kind == CANCELLED:
        event_states.cancel_within(session, actor, event, "It was cancelled where it is announced.")
        return
    before = event_news.essentials(event)
    event_files.write(session, event, told)
    event.note_change(clock.now())
    audit.record(session, actor.person_id, "event:changed", event.id or 0, title=event.title, what=f"{change.what}.")
    event_news.changed(session, event, before)
