"""Registration: a seat or a place in the waiting list, given back, and filled by who waits first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, func, select

from models.errors import NotFound, Problems, WrongState
from models.events import Event, RegistrationMode
from models.people import Person
from models.registrations import Registration, RegistrationState
from models.texts import typed
from models.times import shown
from services import clock, db, event_access, programs, registration_letters, seats, supervisors, waiting_list
from services.access import Actor
from services.registration_records import note
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
    """The same for one of a director's staff, or for anybody by a coordinator.

    Raises NotFound, WrongState, Problems.
    """
    with db.writing() as session:
        person = session.get(Person, person_id)
        if person is None or person.deactivated_at is not None or not _may_register(session, actor, person_id):
            raise NotFound
        return _register(session, actor, event_id, person_id, answers)


def cancel(actor: Actor, registration_id: int) -> None:
    """Gives the seat or the place in the list back, by its holder, her director, or who runs the event; the first who
    waits moves up. Raises NotFound, WrongState (attendance was recorded, the event ended).
    """
    with db.writing() as session:
        row = session.get(Registration, registration_id)
        if row is None:
            raise NotFound
        event = session.get_one(Event, row.event_id, with_for_update=True)
        session.refresh(row)
        if row.state == RegistrationState.CANCELLED or not _may_cancel(session, actor, row, event):
            raise NotFound
        if event.has_ended(clock.now()):
            raise WrongState("This event has ended. Whoever keeps its attendance list corrects it.")
        waiting_list.give_back(session, actor, row, event)


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
    now = clock.now()
    row = Registration(
        event_id=event_id,
        person_id=person_id,
        state=state,
        answers=_answers(event, answers),
        registered_at=now,
        registered_by_id=None if actor.person_id == person_id else actor.person_id,
        reminded_at=now if _is_soon(event) else None,
    )
    row.id = db.insert_now(session, row)
    registration_letters.confirmed(session, row, event, by=None if actor.person_id == person_id else actor.name)
    note(session, actor, "registration:made" if left != 0 else "registration:waiting", row, event)
    return state


def _is_soon(event: Event) -> bool:
    """The letter that confirms it is reminder enough."""
    hours = int(programs.current().settings["event_reminder_hours"])
    return event.begins_at <= clock.now() + timedelta(hours=hours)


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
    if event.attendance_closed_at is not None:
        return "The attendance of this event is closed."
    closes = event.registration_closes_at
    if closes is not None and now >= closes:
        return f"Registration closed on {shown(closes, event.time_zone)}."
    return ""


def _may_register(session: Session, actor: Actor, person_id: int) -> bool:
    """Who runs an event alone does not reach everybody by a number."""
    return actor.is_coordinator or person_id in supervisors.staff_of(
        session, actor.person_id, programs.current().today()
    )


def _may_cancel(session: Session, actor: Actor, row: Registration, event: Event) -> bool:
    return (
        row.person_id == actor.person_id
        or event_access.may_run(session, actor, event)
        or _may_register(session, actor, row.person_id)
    )


def _public(session: Session, event_id: int, *, lock: bool = False) -> Event:
    event = session.get(Event, event_id, with_for_update=lock, populate_existing=lock)
    if event is None or not event.is_public:
        raise NotFound
    return event


def _place(session: Session, mine: Registration) -> int:
    before = select(func.count()).where(
        Registration.event_id == mine.event_id,
        Registration.state == RegistrationState.WAITING,
        col(Registration.id) <= mine.id,
    )
    return session.exec(before).one()


def _colleague(person: Person, row: Registration | None) -> Colleague:
    return Colleague(person.id or 0, person.name, (row.id or 0) if row else 0, row.state if row else "")
