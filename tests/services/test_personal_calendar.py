"""One's own calendar under a secret address, read with the library that other calendars are written with."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from models.errors import NotFound
from services import (
    clock,
    event_changes,
    event_states,
    people_changes,
    personal_calendar,
    registrations,
)
from services.access import Actor
from tests import make, registered


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def token(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".ics")


def entries(address: str) -> dict[str, tuple[str, int]]:
    """Status and sequence by summary."""
    read = Calendar.from_ical(personal_calendar.file(token(address)))
    return {str(one["summary"]): (str(one.get("status", "")), int(one["sequence"])) for one in read.walk("VEVENT")}


def test_it_holds_registrations_and_due_days_and_follows_changes(ann: Actor, cem: Actor) -> None:
    make.issued(ann, "staff", begins_on=date(2024, 1, 1))
    first, full = registered.event(cem, "First"), registered.event(cem, "Full", capacity="1")
    registrations.register(cem, full, {})
    for number in (first, full):
        registrations.register(ann, number, {})
    address = personal_calendar.make(ann)
    assert personal_calendar.address(ann) == address
    assert entries(address) == {"First": ("CONFIRMED", 1), "Waiting list: Full": ("TENTATIVE", 1)}
    event_changes.change(cem, first, registered.typed("First", location="Butte"))
    event_states.cancel(cem, full, "Snow.")
    assert entries(address) == {"First": ("CONFIRMED", 2), "Full": ("CANCELLED", 2)}
    registrations.cancel(ann, registered.of(ann, first).id or 0)
    assert set(entries(address)) == {"Full"}


def test_a_due_day_is_a_whole_day_and_an_extension_moves_it(ann: Actor) -> None:
    from models.participations import Participation  # noqa: PLC0415
    from services import db, participations  # noqa: PLC0415

    number = participations.add(ann, make.track("staff"))
    address = personal_calendar.make(ann)
    assert entries(address) == {}
    found = []
    for day in (date(2027, 6, 30), date(2027, 9, 30)):
        with db.writing() as session:
            session.get_one(Participation, number).due_on = day
        (entry,) = Calendar.from_ical(personal_calendar.file(token(address))).walk("VEVENT")
        assert (str(entry["summary"]).startswith("Certification due: "), entry["dtstart"].dt) == (True, day)
        found.append((entry["uid"], int(entry["sequence"])))
    assert found[0][0] == found[1][0]
    assert found[0][1] < found[1][1]


def test_a_new_address_ends_the_old_one_and_an_ended_one_leads_nowhere(ann: Actor) -> None:
    old = personal_calendar.make(ann)
    new = personal_calendar.make(ann)
    assert old != new
    with pytest.raises(NotFound):
        personal_calendar.file(token(old))
    assert personal_calendar.file(token(new)).startswith(b"BEGIN:VCALENDAR")
    personal_calendar.end(ann)
    assert personal_calendar.address(ann) == ""
    for address in (old, new):
        with pytest.raises(NotFound):
            personal_calendar.file(token(address))
    with pytest.raises(NotFound):
        personal_calendar.end(ann)
    third = personal_calendar.make(ann)
    assert third not in {old, new}


@pytest.mark.parametrize("guess", ["", "x", "WzEsMV0.abc", "WzEsMV0", "....", "💥"])
def test_a_guess_leads_nowhere(ann: Actor, guess: str) -> None:
    personal_calendar.make(ann)
    with pytest.raises(NotFound):
        personal_calendar.file(guess)


def test_the_calendar_of_a_closed_record_is_closed(ann: Actor, cem: Actor) -> None:
    address = personal_calendar.make(ann)
    people_changes.close(cem, ann.person_id, "She left.")
    with pytest.raises(NotFound):
        personal_calendar.file(token(address))


def test_what_ended_long_ago_leaves_it(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem, "First")
    registrations.register(ann, number, {})
    address = personal_calendar.make(ann)
    clock.fix(clock.now() + timedelta(days=400))
    assert entries(address) == {}


def test_the_link_to_the_meeting_is_in_it_for_who_has_a_seat(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem, capacity="1", online=True, meeting_link="https://meet.example.org/42")
    for one in (cem, ann):
        registrations.register(one, number, {})
    address = personal_calendar.make(ann)
    assert b"meet.example.org" not in personal_calendar.file(token(address))
    registrations.cancel(cem, registered.of(cem, number).id or 0)
    assert b"meet.example.org" in personal_calendar.file(token(address))
