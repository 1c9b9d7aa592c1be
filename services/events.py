"""The events on the calendar, for everybody: filtered as a list or a month, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import NotFound
from models.events import Event, EventCreditLine, EventKind, EventPerson, EventState
from models.registrations import Registration, RegistrationState
from models.times import ONE_DAY, day_begins, local_day
from services import clock, db, programs, search, seats
from services.seats import Room

PAGE = 60
ONLINE, HERE = "online", "here"
A_DAY_SHOWS = 3
"""Events that a day of the month names; the rest are counted."""


@dataclass(frozen=True)
class EventFilter:
    """What is looked for: words of title, description, sponsor, presenter or place; a category; online, or at a place;
    `near` is words of the place alone.

    `room`: one can register here, and a seat is free. `mine`: this person is registered, waits, or is named on it.
    `past` asks for what has ended, `since` for what begins on that day of the program or later.
    """

    text: str = ""
    category_id: int = 0
    place: str = ""
    near: str = ""
    room: bool = False
    mine: int = 0
    taking_place: bool = False
    past: bool = False
    since: date | None = None


@dataclass(frozen=True)
class EventView:
    """An event with its credits by category name; in a list with the room where one registers here, and one's state."""

    event: Event
    credits: tuple[tuple[str, Decimal], ...]
    room: Room | None = None
    mine: str = ""


@dataclass(frozen=True)
class EventsPage:
    events: list[EventView]
    total: int


@dataclass(frozen=True, slots=True)
class MonthEvent:
    """As much of an event as a day of the month shows."""

    id: int
    title: str
    begins_at: datetime
    time_zone: str


@dataclass(frozen=True)
class MonthDay:
    """A day's first events, and how many more there are; the day is that of the event's own zone."""

    day: date
    events: list[MonthEvent]
    more: int


def listing(wanted: EventFilter, number: int = 0, limit: int = PAGE) -> EventsPage:
    """A page of the sponsored events: coming ones with the next first, or past ones with the newest first."""
    chosen = _chosen(wanted)
    now, zone = clock.now(), programs.current().time_zone
    if wanted.since is not None:
        chosen = chosen.where(col(Event.begins_at) >= day_begins(wanted.since, zone))
    elif wanted.past:
        chosen = chosen.where(col(Event.ends_at) <= now)
    else:
        chosen = chosen.where(col(Event.ends_at) > now)
    order = col(Event.ends_at).desc() if wanted.past else col(Event.begins_at)
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
        rows = session.exec(chosen.order_by(order, col(Event.id)).offset(number * limit).limit(limit)).all()
        rooms, mine = seats.rooms_of(session, rows), seats.states_of(session, wanted.mine, rows)
        shown = [
            replace(view, room=rooms.get(view.event.id or 0), mine=mine.get(view.event.id or 0, ""))
            for view in with_credits(session, rows)
        ]
        return EventsPage(shown, total)


def month(wanted: EventFilter, first: date) -> list[MonthDay]:
    """Every day of the month of `first`, past and coming, with what begins on it and takes place."""
    begin = first.replace(day=1)
    end = (begin + timedelta(days=32)).replace(day=1)
    # A day begins somewhere on earth half a day before or after it does in UTC.
    since, until = day_begins(begin - ONE_DAY, "UTC"), day_begins(end + ONE_DAY, "UTC")
    chosen = _chosen(wanted).where(col(Event.begins_at) >= since, col(Event.begins_at) < until)
    chosen = chosen.where(Event.state == EventState.PUBLISHED)
    shown: dict[date, list[MonthEvent]] = {begin + timedelta(days=number): [] for number in range((end - begin).days)}
    counts = dict.fromkeys(shown, 0)
    columns = (col(Event.id), col(Event.title), col(Event.begins_at), col(Event.time_zone))
    query = chosen.with_only_columns(*columns).order_by(col(Event.begins_at), col(Event.id))
    with db.reading() as session:
        for id_, title, begins_at, zone in session.execute(query):
            day = local_day(begins_at, zone)
            if day not in counts:
                continue
            counts[day] += 1
            if counts[day] <= A_DAY_SHOWS:
                shown[day].append(MonthEvent(id_, title, begins_at, zone))
    return [MonthDay(day, events, counts[day] - len(events)) for day, events in shown.items()]


def coming(number: int = 0, limit: int = PAGE) -> EventsPage:
    """Sponsored events that have not ended and take place, the next first."""
    return listing(EventFilter(taking_place=True), number, limit)


def past(number: int = 0, limit: int = PAGE) -> EventsPage:
    """Sponsored events that have ended, the newest first."""
    return listing(EventFilter(past=True), number, limit)


def one(event_id: int) -> EventView:
    """A sponsored event; independent ones are nobody else's business. Raises NotFound."""
    with db.reading() as session:
        event = session.get(Event, event_id)
        if event is None or not event.is_public:
            raise NotFound
        return with_credits(session, [event])[0]


def _chosen(wanted: EventFilter) -> SelectOfScalar[Event]:
    chosen = select(Event).where(Event.kind == EventKind.SPONSORED, Event.state != EventState.DRAFT)
    for word in search.words_of(wanted.text):
        columns = (Event.title, Event.description, Event.sponsor, Event.presenter, Event.location)
        chosen = chosen.where(search.contains(word, *columns))
    for word in search.words_of(wanted.near):
        chosen = chosen.where(search.contains(word, Event.location))
    if wanted.category_id:
        giving = select(EventCreditLine.event_id).where(EventCreditLine.category_id == wanted.category_id)
        chosen = chosen.where(col(Event.id).in_(giving))
    if wanted.taking_place:
        chosen = chosen.where(Event.state == EventState.PUBLISHED)
    if wanted.room:
        now = clock.now()
        chosen = chosen.where(seats.with_room(now), Event.state == EventState.PUBLISHED, col(Event.ends_at) > now)
    if wanted.mine:
        mine = select(Registration.event_id).where(
            Registration.person_id == wanted.mine, Registration.state != RegistrationState.CANCELLED
        )
        named = select(EventPerson.event_id).where(EventPerson.person_id == wanted.mine)
        chosen = chosen.where(or_(col(Event.id).in_(mine), col(Event.id).in_(named)))
    if wanted.place:
        chosen = chosen.where(col(Event.online).is_(wanted.place == ONLINE))
    return chosen


def lines_of(session: Session, events: Sequence[Event]) -> dict[int, list[EventCreditLine]]:
    """The credit lines of each event, in their order; one statement."""
    found: dict[int, list[EventCreditLine]] = {event.id or 0: [] for event in events}
    lines = select(EventCreditLine).where(col(EventCreditLine.event_id).in_([*found]))
    for line in session.exec(lines.order_by(col(EventCreditLine.id))):
        found[line.event_id].append(line)
    return found


def with_credits(session: Session, events: Sequence[Event]) -> list[EventView]:
    """Each event with its credits, in the order given."""
    categories, lines = programs.current().categories, lines_of(session, events)
    return [
        EventView(event, tuple((categories[line.category_id].name, line.credits) for line in lines[event.id or 0]))
        for event in events
    ]
