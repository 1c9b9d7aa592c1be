"""Registration: a seat or the waiting list, in order, told by letter with the calendar entry."""

from functools import partial

import pytest
from icalendar import Calendar
from sqlalchemy import event
from sqlmodel import select

from models.errors import NotFound, Problems, WrongState
from models.libraries import Library
from services import (
    db,
    event_changes,
    event_people,
    event_states,
    events,
    people_changes,
    registrations,
    seats,
)
from services.access import Actor
from services.events import EventFilter
from tests import certified, make, registered
from tests.services.test_review_races import race


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def states(event_id: int) -> list[str]:
    return [str(one.state) for one in registered.rows(event_id)]


def newest_letter(person: Actor) -> tuple[str, str]:
    letter = certified.letters_to(person)[-1]
    return letter.kind, letter.calendar


def test_a_seat_is_taken_once_and_confirmed_with_the_entry_for_ones_calendar(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, meeting_link="https://meet.example.org/42", online=True, location="")
    assert registrations.register(ann, event_id, {}) == "REGISTERED"
    assert registrations.register(ann, event_id, {}) == "REGISTERED"
    assert states(event_id) == ["REGISTERED"]
    (letter,) = certified.letters_to(ann)
    assert letter.subject == "You are registered: Story Hours"
    assert "Online: https://meet.example.org/42" in letter.body
    (entry,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (entry["summary"], entry["status"]) == ("Story Hours", "CONFIRMED")
    assert "https://meet.example.org/42" in entry["description"]


def test_who_comes_too_late_waits_and_moves_up_in_order_and_is_told(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, capacity="1")
    first, second = registered.people(2)
    for person in (ann, first, second):
        registrations.register(person, event_id, {})
    assert states(event_id) == ["REGISTERED", "WAITING", "WAITING"]
    assert (registrations.standing(first, event_id).place, registrations.standing(second, event_id).place) == (1, 2)
    assert newest_letter(first) == ("waiting list", "")
    registrations.cancel(ann, registered.of(ann, event_id).id or 0)
    assert states(event_id) == ["CANCELLED", "REGISTERED", "WAITING"]
    kind, entry = newest_letter(first)
    assert kind == "moved up"
    assert "METHOD:PUBLISH" in entry
    kind, entry = newest_letter(ann)
    assert kind == "registration cancelled"
    assert "METHOD:CANCEL" in entry
    assert registrations.standing(second, event_id).place == 1
    assert registrations.register(ann, event_id, {}) == "WAITING"
    assert registrations.standing(ann, event_id).place == 2


def test_more_seats_move_those_up_who_wait(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, capacity="1")
    for person in (ann, *registered.people(3)):
        registrations.register(person, event_id, {})
    event_changes.change(cem, event_id, registered.typed(capacity="3"))
    assert states(event_id) == ["REGISTERED"] * 3 + ["WAITING"]
    event_changes.change(cem, event_id, registered.typed(capacity=""))
    assert states(event_id) == ["REGISTERED"] * 4


def test_fewer_seats_take_nobodys_seat_away(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, capacity="3")
    for person in (ann, *registered.people(2)):
        registrations.register(person, event_id, {})
    event_changes.change(cem, event_id, registered.typed(capacity="1"))
    assert states(event_id) == ["REGISTERED"] * 3
    assert seats.room(event_id).left == 0


def test_thirty_two_at_once_for_the_last_seat(cem: Actor) -> None:
    event_id, crowd = registered.event(cem, capacity="1"), registered.people(32)
    race(*[partial(registrations.register, one, event_id, {}) for one in crowd])
    found = registered.rows(event_id)
    assert [str(one.state) for one in found] == ["REGISTERED"] + ["WAITING"] * 31
    places = {registrations.standing(one, event_id).place for one in crowd}
    assert places == set(range(32))


def test_one_person_in_many_windows_has_one_seat(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, capacity="5")
    race(*[partial(registrations.register, ann, event_id, {})] * 16)
    assert states(event_id) == ["REGISTERED"]
    assert len(certified.letters_to(ann)) == 1


def test_seats_given_back_at_once_go_to_who_waits(cem: Actor) -> None:
    event_id, crowd = registered.event(cem, capacity="8"), registered.people(24)
    for one in crowd:
        registrations.register(one, event_id, {})
    holders = [(one, registered.of(one, event_id).id or 0) for one in crowd[:8]]
    race(*[partial(registrations.cancel, one, number) for one, number in holders])
    assert states(event_id) == ["CANCELLED"] * 8 + ["REGISTERED"] * 8 + ["WAITING"] * 8


def test_questions_are_answered(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, questions="Which meal? *\nAnything we should know?")
    with pytest.raises(Problems) as refused:
        registrations.register(ann, event_id, {"answer_2": "No"})
    assert refused.value.by_field == {"answer_1": "Please answer this: the event needs it."}
    registrations.register(ann, event_id, {"answer_1": " Soup ", "answer_2": ""})
    assert registered.of(ann, event_id).answers == {"answer_1": "Soup", "answer_2": ""}


def test_a_director_registers_her_staff_and_nobody_elses(ann: Actor, cem: Actor, ellen: Actor) -> None:
    event_id, bob = registered.event(cem), make.person("Bob Bell")
    assert [(one.name, one.state) for one in registrations.colleagues(ellen, event_id)] == [("Ann Ames", "")]
    registrations.register_other(ellen, event_id, ann.person_id, {})
    assert "Ellen Marsh registered you. You have a seat" in certified.letters_to(ann)[-1].body
    with pytest.raises(NotFound):
        registrations.register_other(ellen, event_id, bob.person_id, {})
    with pytest.raises(NotFound):
        registrations.register_other(ann, event_id, ellen.person_id, {})
    with pytest.raises(NotFound):
        registrations.cancel(bob, registered.of(ann, event_id).id or 0)
    registrations.cancel(ellen, registered.of(ann, event_id).id or 0)
    assert states(event_id) == ["CANCELLED"]


def test_a_large_staff_is_found_in_a_few_statements(ann: Actor, cem: Actor, ellen: Actor) -> None:
    event_id = registered.event(cem)
    with db.reading() as session:
        library = session.exec(select(Library.name)).one()
    staff = [make.person(f"Staff{number:02} Marsh", library=library) for number in range(20)]
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    found = registrations.colleagues(ellen, event_id)
    event.remove(db.engine(), "before_cursor_execute", note)
    assert len(found) == 1 + len(staff)
    assert len(seen) <= 8
    assert registrations.colleagues(ann, event_id) == []


def test_why_one_cannot_register(ann: Actor, cem: Actor) -> None:
    closes = {"closes_date": "2026-11-23", "closes_time": "12:30"}
    closing = registered.event(cem, "Closing Soon", **closes)
    elsewhere = registered.event(cem, registration="elsewhere", registration_link="https://example.org/form")
    gone = registered.event(cem, "Gone")
    event_states.cancel(cem, gone, "The presenter is ill.")
    draft = event_changes.add(cem, registered.typed())
    make.later(hours=1)
    for number, why in (
        (closing, "Registration closed on Mon, Nov 23, 2026, 12:30 PM."),
        (elsewhere, "There is no registration for this event here."),
        (gone, "“Gone” was cancelled."),
    ):
        with pytest.raises(WrongState, match=why):
            registrations.register(ann, number, {})
    with pytest.raises(NotFound):
        registrations.register(ann, draft, {})


def test_has_room_is_what_one_can_register_for_now(ann: Actor, cem: Actor) -> None:
    full = registered.event(cem, "Full", capacity="1")
    registrations.register(ann, full, {})
    registered.event(cem, "Free", capacity="1")
    registered.event(cem, "Without Limit")
    registered.event(cem, "Not Here", registration="none")
    registered.event(cem, "Closes", closes_date="2026-11-24", closes_time="12:00")
    assert [one.event.title for one in events.listing(EventFilter(room=True)).events] == [
        "Free", "Without Limit", "Closes",
    ]  # fmt: skip
    make.later(days=2)
    assert [one.event.title for one in events.listing(EventFilter(room=True)).events] == ["Free", "Without Limit"]


def test_a_closed_record_gives_its_seat_to_who_waits_and_is_not_moved_up(ann: Actor, cem: Actor) -> None:
    event_id, (bob, late) = registered.event(cem, capacity="1"), registered.people(2)
    for one in (ann, bob, late):
        registrations.register(one, event_id, {})
    people_changes.close(cem, ann.person_id, "She left.")
    assert states(event_id) == ["CANCELLED", "REGISTERED", "WAITING"]
    people_changes.close(cem, late.person_id, "She left, too.")
    assert states(event_id) == ["CANCELLED", "REGISTERED", "CANCELLED"]


def test_who_runs_an_event_alone_registers_nobody_by_a_number(ann: Actor, cem: Actor) -> None:
    event_id, (eve,) = registered.event(cem), registered.people(1)
    event_people.add(cem, event_id, "p0@example.org", "editor")
    with pytest.raises(NotFound):
        registrations.register_other(eve, event_id, ann.person_id, {})
    registrations.register(ann, event_id, {})
    registrations.cancel(eve, registered.of(ann, event_id).id or 0)
    assert states(event_id) == ["CANCELLED"]
