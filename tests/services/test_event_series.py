"""Events that recur: a change or a cancellation of one, and of those that come after it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models.errors import WrongState
from models.events import Event
from models.times import shown
from services import (
    db,
    event_changes,
    event_copies,
    event_forms,
    event_pages,
    event_people,
    event_states,
    registrations,
)
from services.access import Actor
from tests import certified, registered

MARCH = {"begin_date": "2027-03-02", "begin_time": "10:00", "end_date": "2027-03-02", "end_time": "11:00"}


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def weekly(cem: Actor, **changed: object) -> list[int]:
    """An event on four Tuesdays of March 2027, when the clocks go forward on the 14th."""
    first = registered.event(cem, **MARCH, **changed)
    event_copies.repeat(cem, first, {"every": "week", "times": "3"})
    with db.reading() as session:
        return [one or 0 for one in session.exec(select(Event.id).order_by(Event.begins_at))]


def begins(ids: list[int]) -> list[str]:
    found = {one.id: shown(one.begins_at, one.time_zone) for one in certified.rows(Event)}
    return [found[one].removeprefix("Tue, ").replace(", 2027", "") for one in ids]


def values(cem: Actor, event_id: int, **changed: object) -> dict[str, object]:
    return {**event_forms.show(cem, event_id).values, **changed}


def test_a_change_is_carried_to_the_later_ones_and_what_is_theirs_stays(ann: Actor, cem: Actor) -> None:
    first, second, third, fourth = ids = weekly(cem)
    event_changes.change(cem, fourth, values(cem, fourth, presenter="Kim Lee", title="The Last One"))
    assert event_forms.show(cem, second).later == 2
    event_changes.change(cem, second, values(cem, second, location="Butte", credits_technology="1"), later=True)
    found = {one.id: one for one in certified.rows(Event)}
    assert [found[one].location for one in ids] == ["Helena", "Butte", "Butte", "Butte"]
    assert (found[fourth].presenter, found[fourth].title) == ("Kim Lee", "The Last One")
    assert begins(ids) == [f"Mar {day}, 10:00 AM" for day in (2, 9, 16, 23)]
    gives = [len(event_pages.page(one).view.credits) for one in (first, second, third, fourth)]
    assert gives == [1, 2, 2, 2]


def test_another_time_moves_each_on_its_own_clock_and_tells_who_is_registered(ann: Actor, cem: Actor) -> None:
    first, _, third, _ = ids = weekly(cem, closes_date="2027-03-01", closes_time="10:00")
    for one in (first, third):
        registrations.register(ann, one, {})
    moved = {"begin_date": "2027-03-03", "begin_time": "14:00", "end_date": "2027-03-03", "end_time": "15:30"}
    assert event_changes.change(cem, first, values(cem, first, **moved), later=True) == 2
    assert [one.replace("Wed, ", "") for one in begins(ids)] == [f"Mar {day}, 2:00 PM" for day in (3, 10, 17, 24)]
    found = {one.id: one for one in certified.rows(Event)}
    assert {one.ends_at - one.begins_at for one in found.values()} == {timedelta(minutes=90)}
    closes = [(found[one].registration_closes_at, found[one].begins_at) for one in ids]
    assert [shown(at, "America/Denver") for at, _ in closes if at][:1] == ["Mon, Mar 1, 2027, 10:00 AM"]
    assert {begin - at for at, begin in closes[1:] if at} == {timedelta(days=1)}
    assert [one.kind for one in certified.letters_to(ann)][-2:] == ["event changed", "event changed"]


def test_only_this_one_is_changed_unless_the_later_ones_are_asked_for(cem: Actor) -> None:
    ids = weekly(cem)
    event_changes.change(cem, ids[1], values(cem, ids[1], location="Butte"))
    assert [one.location for one in certified.rows(Event)].count("Butte") == 1


def test_the_later_ones_are_cancelled_together(ann: Actor, cem: Actor) -> None:
    ids = weekly(cem)
    registrations.register(ann, ids[3], {})
    assert [one.id for one in event_pages.page(ids[1]).dates] == [ids[0], ids[2], ids[3]]
    assert event_states.cancel(cem, ids[1], "The room is gone.", later=True) == 1
    assert [str(one.state) for one in certified.rows(Event)] == ["PUBLISHED", "CANCELLED", "CANCELLED", "CANCELLED"]
    assert event_pages.page(ids[0]).dates == []


def test_drafts_that_recur_are_published_together(cem: Actor) -> None:
    first = event_changes.add(cem, registered.typed(**MARCH))
    event_copies.repeat(cem, first, {"every": "month", "times": "2"})
    assert event_states.publish(cem, first, later=True) == 3
    assert {str(one.state) for one in certified.rows(Event)} == {"PUBLISHED"}


def test_repeated_again_it_makes_only_what_is_not_there_and_a_conference_takes_its_sessions_along(cem: Actor) -> None:
    first = registered.event(cem, "Conference", registration="none", **MARCH)
    session = event_changes.add(cem, registered.typed("Session", **MARCH), first)
    event_states.publish(cem, session)
    assert event_copies.repeat(cem, first, {"every": "week", "times": "2"}) == 2
    assert event_copies.repeat(cem, first, {"every": "week", "times": "3"}) == 1
    titles = [(one.title, str(one.state)) for one in certified.rows(Event)]
    assert titles.count(("Conference", "PUBLISHED")) == titles.count(("Session", "PUBLISHED")) == 4
    second = event_pages.page(first).dates[0]
    assert [one.begins_at for one in event_pages.page(second.id or 0).sessions] == [second.begins_at]


def test_who_may_edit_one_does_not_reach_the_others(ann: Actor, cem: Actor) -> None:
    ids = weekly(cem)
    event_people.add(cem, ids[0], "ann.ames@example.org", "editor")
    assert event_forms.show(ann, ids[0]).later == 0
    event_changes.change(ann, ids[0], values(cem, ids[0], location="Butte"), later=True)
    assert [one.location for one in certified.rows(Event)].count("Butte") == 1


def test_the_time_of_an_event_stays_when_a_certificate_counts_it(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    event_id = next(one.id for one in certified.rows(Event) if one.title == "Budgets")
    typed = values(cem, event_id, description="As it was.")
    event_changes.change(cem, event_id, typed)
    with pytest.raises(WrongState, match=f"The time stays.*{number}"):
        event_changes.change(cem, event_id, {**typed, "begin_time": "00:01"})
    assert next(one for one in certified.rows(Event) if one.id == event_id).description == "As it was."
