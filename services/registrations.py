"""Registration: a seat or a place in the waiting list, given back, and filled by who waits first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from models.errors import NotFound, Problems, WrongState
from models.events import Event, RegistrationMode
from models.people import Person
from models.registrations import Registration, RegistrationState
from models.texts import typed
from models.times import shown
from services import audit, clock, db, event_access, live, programs, registration_letters, seats, supervisors
from services.access import Actor
from services.seats import Room

LONGEST_ANSWER = 1000


@dataclass(frozen=True)
class Standing:
    """One's own registration, the place in the waiting list (from 1), the room, and why one cannot register."""

    mine: Registration | None
    place: int
    room: Room
    why_not: str


@dataclass(frozen=True)
class Colleague:
    """One of the staff whom a director may register; `state` is empty for who is not registered."""

    person_id: int
    name: str
    registration_id: int
    state: str


def register(actor: Actor, event_id: int, answers: Mapping[str, object]) -> RegistrationState:
    """Takes a seat, or a place at the end of the waiting list; asked again, it answers with what stands.

    `answers` are to the event's questions, by their keys. Raises NotFound, WrongState, Problems.
    """
    with db.writing() as session:
        return _register(session, actor, event_id, actor.person_id, answers)


def register_other(actor: Actor, event_id: int, person_id: int, answers: Mapping[str, object]) -> RegistrationState:
    """The same for one of a director's staff, or for anybody by who runs the event.

    Raises NotFound, WrongState, Problems.
    """
    with db.writing() as session:
        if not _may_register(session, actor, event_id, person_id):
            raise NotFound
        return _register(session, actor, event_id, person_id, answers)


def cancel(actor: Actor, registration_id: int) -> None:
    """Gives the seat or the place in the list back, by its holder, her director, or who runs the event; the first who
    waits moves up. Raises NotFound, WrongState (attendance was recorded, the event ended).
    """
    with db.writing() as session:
        row = session.get(Registration, registration_id)
        if row is None or row.state == RegistrationState.CANCELLED:
            raise NotFound
        event = session.get_one(Event, row.event_id, with_for_update=True)
        session.refresh(row)
        if row.person_id != actor.person_id and not _may_register(session, actor, row.event_id, row.person_id):
            raise NotFound
        if event.has_ended(clock.now()):
            raise WrongState("This event has ended. Whoever keeps its attendance list corrects it.")
        row.cancel(clock.now())
        session.add(row)
        registration_letters.cancelled(session, row, event)
        note(session, actor, "registration:cancelled", row, event)
        move_up(session, event)


def standing(actor: Actor, event_id: int) -> Standing:
    """What registering would meet. Raises NotFound."""
    with db.reading() as session:
        event = _public(session, event_id)
        mine = seats.live_one(session, event_id, actor.person_id)
        place = _place(session, mine) if mine and mine.state == RegistrationState.WAITING else 0
        return Standing(mine, place, seats.room_of(session, event), _why_not(event))


def colleagues(actor: Actor, event_id: int) -> list[Colleague]:
    """The staff of a director, and who of them is registered; empty for everybody else."""
    with db.reading() as session:
        _public(session, event_id)
        staff = [*supervisors.staff_of(session, actor.person_id, programs.current().today())]
        people = session.exec(select(Person).where(col(Person.id).in_(staff))).all()
        found = select(Registration).where(Registration.event_id == event_id, col(Registration.person_id).in_(staff))
        rows = {one.person_id: one for one in session.exec(found) if one.state != RegistrationState.CANCELLED}
    listed = [_colleague(person, rows.get(person.id or 0)) for person in people]
    return sorted(listed, key=lambda one: one.name.casefold())


def move_up(session: Session, event: Event) -> None:
    """Gives free seats to those who wait, in their order, and tells them; nobody moves up once it has ended."""
    if event.has_ended(clock.now()) or not event.takes_place:
        return
    session.flush()
    left = seats.room_of(session, event).left
    waiting = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.WAITING)
        .order_by(col(Registration.id))
    )
    for row in session.exec(waiting if left is None else waiting.limit(left)).all():
        row.move_up(clock.now())
        registration_letters.moved_up(session, row, event)
        note(session, None, "registration:moved_up", row, event)


def note(session: Session, actor: Actor | None, action: str, row: Registration, event: Event, **more: Any) -> None:
    """The audit line, and the news after the commit."""
    record(session, actor, action, row, event, **more)
    db.tell(session, partial(live.registrations_changed.publish, row.id, key=row.event_id))
    db.tell(session, partial(live.record_changed.publish, key=row.person_id))


def record(session: Session, actor: Actor | None, action: str, row: Registration, event: Event, **more: Any) -> None:
    """The audit line alone, where a deed on many tells its news once."""
    who = actor.person_id if actor else None
    audit.record(session, who, action, row.id or 0, person_id=row.person_id, title=event.title, **more)


def news(session: Session, event_id: int) -> None:
    """Open windows look at the whole event again, after the commit."""
    db.tell(session, partial(live.registrations_changed.publish, 0, key=event_id))


def seat(session: Session, actor: Actor, event: Event, person_id: int) -> None:
    """Somebody came without a registration, or from the waiting list: she has a seat now, however full it is."""
    row = seats.live_one(session, event.id or 0, person_id)
    if row is None:
        now, by = clock.now(), actor.person_id
        row = Registration(event_id=event.id or 0, person_id=person_id, registered_at=now, registered_by_id=by)
        row.id = db.insert_now(session, row)
    elif row.state == RegistrationState.WAITING:
        row.move_up(clock.now())
    note(session, actor, "registration:seated", row, event)


def _register(
    session: Session, actor: Actor, event_id: int, person_id: int, answers: Mapping[str, object]
) -> RegistrationState:
    event = _public(session, event_id, lock=True)
    if mine := seats.live_one(session, event_id, person_id):
        return mine.state
    if why := _why_not(event):
        raise WrongState(why)
    left = seats.room_of(session, event).left if event.capacity is not None else None
    state = RegistrationState.WAITING if left == 0 else RegistrationState.REGISTERED
    row = Registration(
        event_id=event_id,
        person_id=person_id,
        state=state,
        answers=_answers(event, answers),
        registered_at=clock.now(),
        registered_by_id=None if actor.person_id == person_id else actor.person_id,
    )
    row.id = db.insert_now(session, row)
    registration_letters.confirmed(session, row, event, by=None if actor.person_id == person_id else actor.name)
    note(session, actor, "registration:made" if left != 0 else "registration:waiting", row, event)
    return state


def _answers(event: Event, answers: Mapping[str, object]) -> dict[str, str]:
    told, problems = {}, {}
    for question in event.questions:
        key = str(question["key"])
        told[key] = typed(answers.get(key))
        if question["required"] and not told[key]:
            problems[key] = "Please answer this: the event needs it."
        elif len(told[key]) > LONGEST_ANSWER:
            problems[key] = f"At most {LONGEST_ANSWER} characters, please."
    if problems:
        raise Problems(problems)
    return told


def _why_not(event: Event) -> str:
    now = clock.now()
    if not event.takes_place:
        return f"“{event.title}” was cancelled."
    if event.registration != RegistrationMode.HERE:
        return "There is no registration for this event here."
    if event.has_ended(now):
        return "This event has ended."
    closes = event.registration_closes_at
    if closes is not None and now >= closes:
        return f"Registration closed on {shown(closes, event.time_zone)}."
    return ""


def _may_register(session: Session, actor: Actor, event_id: int, person_id: int) -> bool:
    event = session.get(Event, event_id)
    if event is None or session.get(Person, person_id) is None:
        return False
    if event_access.may_run(session, actor, event):
        return True
    return person_id in supervisors.staff_of(session, actor.person_id, programs.current().today())


def _public(session: Session, event_id: int, *, lock: bool = False) -> Event:
    event = session.get(Event, event_id, with_for_update=lock)
    if event is None or not event.is_public:
        raise NotFound
    return event


def _place(session: Session, mine: Registration) -> int:
    before = select(Registration.id).where(
        Registration.event_id == mine.event_id,
        Registration.state == RegistrationState.WAITING,
        col(Registration.id) <= mine.id,
    )
    return len(session.exec(before).all())


def _colleague(person: Person, row: Registration | None) -> Colleague:
    return Colleague(person.id or 0, person.name, (row.id or 0) if row else 0, row.state if row else "")
