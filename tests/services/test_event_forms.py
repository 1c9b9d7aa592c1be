"""The form of an event: what two people change at once, what it cannot show, and what may not be changed any more."""

from datetime import UTC, datetime

import pytest

from models.errors import NotAllowed, Overtaken, Problems, WrongState
from models.events import Event
from services import (
    attendance,
    db,
    event_changes,
    event_forms,
    event_lists,
    event_people,
    event_states,
    events,
    registrations,
)
from services.access import Actor
from services.attendance import Mark
from tests import certified, registered


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def shown(cem: Actor, event_id: int) -> dict[str, object]:
    return event_forms.show(cem, event_id).values


def one(event_id: int) -> Event:
    return next(row for row in certified.rows(Event) if row.id == event_id)


def test_two_who_change_it_at_once_lose_nothing_of_each_other(cem: Actor) -> None:
    number = registered.event(cem, capacity="10", credits_technology="1")
    mine, hers = shown(cem, number), shown(cem, number)
    event_changes.change(cem, number, {**hers, "capacity": "30", "credits_technology": "", "online": True}, was=hers)
    event_changes.change(cem, number, {**mine, "title": "Story Hours, mended"}, was=mine)
    found = one(number)
    assert (found.title, found.capacity, found.online) == ("Story Hours, mended", 30, True)
    assert [name for name, _ in events.one(number).credits] == ["Library Services to the Public"]


def test_the_same_field_changed_by_two_is_asked_about_once(cem: Actor) -> None:
    number = registered.event(cem)
    mine, hers = shown(cem, number), shown(cem, number)
    event_changes.change(cem, number, {**hers, "location": "Great Falls"}, was=hers)
    with pytest.raises(Overtaken) as refused:
        event_changes.change(cem, number, {**mine, "location": "Butte", "title": "Mended"}, was=mine)
    assert refused.value.by_field == {
        "location": "Somebody made this “Great Falls” meanwhile. Save again if yours is right."
    }
    assert (one(number).location, one(number).title) == ("Great Falls", "Story Hours")
    mine = {**mine, **refused.value.now}
    event_changes.change(cem, number, {**mine, "location": "Butte", "title": "Mended"}, was=mine)
    assert (one(number).location, one(number).title) == ("Butte", "Mended")


def test_what_the_form_cannot_show_stays_when_it_is_saved(cem: Actor) -> None:
    number = registered.event(cem, begin_date="2027-11-07", begin_time="01:30", end_date="2027-11-07", end_time="03:00")
    second = datetime(2027, 11, 7, 8, 30, 15, tzinfo=UTC)
    with db.writing() as session:
        session.get_one(Event, number).begins_at = second
    event_changes.change(cem, number, {**shown(cem, number), "description": "The second half past one."})
    assert one(number).begins_at == second
    event_changes.change(cem, number, {**shown(cem, number), "begin_time": "02:15"})
    assert one(number).begins_at == datetime(2027, 11, 7, 9, 15, tzinfo=UTC)


def test_answers_stay_with_their_questions(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem, questions="Meal? *\nDiet")
    registrations.register(ann, number, {"answer_1": "Soup", "answer_2": "No nuts"})
    event_changes.change(cem, number, {**shown(cem, number), "questions": "Shirt size\nDiet\nMeal? *"})
    assert [(row["label"], row["key"]) for row in one(number).questions] == [
        ("Shirt size", "answer_3"), ("Diet", "answer_2"), ("Meal?", "answer_1"),
    ]  # fmt: skip
    assert event_lists.workbook(cem, number).body


def test_registration_stays_here_while_people_are_registered(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem)
    event_changes.change(cem, number, {**shown(cem, number), "registration": "none"})
    event_changes.change(cem, number, {**shown(cem, number), "registration": "here"})
    registrations.register(ann, number, {})
    with pytest.raises(Problems) as refused:
        event_changes.change(cem, number, {**shown(cem, number), "registration": "none"})
    assert refused.value.by_field == {"registration": "1 person is registered here: this cannot be changed any more."}


def test_the_time_stays_once_attendance_is_closed(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem)
    of_ann = registered.register(ann, number)
    registered.over(number)
    attendance.mark(cem, of_ann, Mark("absent"))
    attendance.close(cem, number)
    with pytest.raises(WrongState, match="Attendance of this event is closed"):
        event_changes.change(cem, number, {**shown(cem, number), "begin_date": "2027-01-05", "end_date": "2027-01-05"})
    event_changes.change(cem, number, {**shown(cem, number), "description": "It was good."})


def test_credits_and_what_is_over_are_a_coordinators(ann: Actor, cem: Actor) -> None:
    conference = registered.event(cem, "Conference", registration="none")
    event_people.add(cem, conference, "ann.ames@example.org", "editor")
    with pytest.raises(NotAllowed, match="A coordinator changes the credits"):
        event_changes.change(ann, conference, {**shown(ann, conference), "credits_technology": "200"})
    past = {"begin_date": "2026-11-01", "begin_time": "10:00", "end_date": "2026-11-01", "end_time": "11:00"}
    session = event_changes.add(ann, registered.typed("Session", **past), conference)
    with pytest.raises(NotAllowed, match="This event is over"):
        event_states.publish(ann, session)
    event_states.publish(cem, session)


def test_a_cancelled_conference_gets_no_sessions(cem: Actor) -> None:
    conference = registered.event(cem, "Conference", registration="none")
    draft = event_changes.add(cem, registered.typed("Session"), conference)
    event_states.cancel(cem, conference, "Snow.")
    with pytest.raises(WrongState, match="“Conference” was cancelled"):
        event_changes.add(cem, registered.typed("Another"), conference)
    with pytest.raises(WrongState, match="“Conference” was cancelled"):
        event_states.publish(cem, draft)
