"""Events of the calendar: drafts, publishing, changes that are told, cancelling, copies, and who may edit."""

from functools import partial

import pytest

from models.errors import NotFound, Problems, WrongState
from models.events import Event
from models.times import shown
from services import (
    claims,
    event_changes,
    event_copies,
    event_forms,
    event_pages,
    event_people,
    event_resources,
    event_states,
    events,
    registrations,
)
from services.access import Actor
from tests import certified, make, registered


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def kinds(person: Actor) -> list[str]:
    return [one.kind for one in certified.letters_to(person)]


def titles() -> list[str]:
    return [view.event.title for view in events.coming().events]


def of_title(title: str) -> list[Event]:
    return [one for one in certified.rows(Event) if one.title == title]


def test_a_draft_is_seen_by_nobody_else_until_it_is_published(ann: Actor, cem: Actor) -> None:
    number = event_changes.add(cem, registered.typed())
    assert titles() == []
    with pytest.raises(NotFound):
        event_pages.page(number)
    assert event_pages.desk(cem, number).view.event.title == "Story Hours"
    event_states.publish(cem, number)
    assert titles() == ["Story Hours"]
    assert event_pages.page(number).view.credits[0][1] == 2
    with pytest.raises(WrongState, match="published already"):
        event_states.publish(cem, number)
    with pytest.raises(WrongState, match="Only a draft can be discarded"):
        event_states.discard(cem, number)


def test_a_draft_can_be_discarded(cem: Actor) -> None:
    number = event_changes.add(cem, registered.typed())
    event_resources.add(cem, number, {"title": "Slides", "resource_link": "https://example.org/slides"})
    event_states.discard(cem, number)
    assert certified.rows(Event) == []


def test_mistakes_are_told_at_their_fields(cem: Actor) -> None:
    typed = registered.typed(
        title=" ", begin_date="2026-12-01", begin_time="10:00", end_date="2026-12-01", end_time="09:00", capacity="0",
        link="nowhere", registration="elsewhere", credits_technology="1.3", closes_date="2026-12-01",
    )  # fmt: skip
    with pytest.raises(Problems) as refused:
        event_changes.add(cem, typed)
    assert set(refused.value.by_field) == {
        "title", "ends", "capacity", "link", "registration_link", "credits_technology", "closes_time",
    }  # fmt: skip


def test_a_change_of_time_or_place_is_told_with_a_newer_entry_and_other_changes_are_not(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem)
    registrations.register(ann, number, {})
    before = certified.letters_to(ann)[-1].calendar
    assert event_changes.change(cem, number, registered.typed(description="More songs.")) == 0
    assert event_changes.change(cem, number, registered.typed(description="More songs.", location="Butte")) == 1
    assert event_changes.change(cem, number, registered.typed(description="More songs.", location="Butte")) == 0
    assert kinds(ann) == ["registered", "event changed"]
    after = certified.letters_to(ann)[-1].calendar
    assert "SEQUENCE:1\r\n" in before
    assert "SEQUENCE:3\r\n" in after
    assert "LOCATION:Butte\r\n" in after


def test_cancelling_tells_everybody_and_takes_it_from_calendars(ann: Actor, cem: Actor) -> None:
    number, (bob,) = registered.event(cem, capacity="1"), registered.people(1)
    for one in (ann, bob):
        registrations.register(one, number, {})
    with pytest.raises(Problems):
        event_states.cancel(cem, number, " ")
    assert event_states.cancel(cem, number, "The presenter is ill.") == 2
    for one in (ann, bob):
        letter = certified.letters_to(one)[-1]
        assert (letter.kind, "The presenter is ill." in letter.body) == ("event cancelled", True)
        assert "METHOD:CANCEL\r\n" in letter.calendar
    with pytest.raises(WrongState, match="cancelled"):
        event_states.cancel(cem, number, "Again.")
    with pytest.raises(WrongState, match="Copy it"):
        event_changes.change(cem, number, registered.typed(location="Butte"))
    registered.over(number)
    with pytest.raises(WrongState, match="was cancelled"):
        claims.claim_event(ann, number)
    assert claims.search_claimable(ann, "") == []


def test_whom_a_coordinator_allows_may_edit_that_event_and_no_other(ann: Actor, cem: Actor) -> None:
    mine, other = registered.event(cem, "Mine"), registered.event(cem, "Other")
    event_people.add(cem, mine, "ann.ames@example.org", "editor")
    event_changes.change(ann, mine, registered.typed("Mine", location="Butte"))
    with pytest.raises(NotFound):
        event_changes.change(ann, other, registered.typed("Other", location="Butte"))
    with pytest.raises(NotFound):
        event_changes.add(ann, registered.typed())
    with pytest.raises(Problems, match="Only a coordinator"):
        event_people.add(ann, mine, "cem.coole@example.org", "editor")
    event_people.add(ann, mine, "cem.coole@example.org", "trainer")
    assert [(one.name, str(one.role)) for one in event_pages.desk(ann, mine).people] == [
        ("Ann Ames", "editor"), ("Cem Coole", "trainer"),
    ]  # fmt: skip
    event_people.remove(cem, mine, ann.person_id, "editor")
    with pytest.raises(NotFound):
        event_changes.change(ann, mine, registered.typed("Mine"))


def test_the_sessions_of_a_conference_are_claimed_one_by_one(ann: Actor, cem: Actor) -> None:
    conference = registered.event(cem, "Conference", credits_public_services="", registration="none")
    for number in (1, 2):
        session = event_changes.add(cem, registered.typed(f"Session {number}", registration="none"), conference)
        event_states.publish(cem, session)
    assert [one.title for one in event_pages.page(conference).sessions] == ["Session 1", "Session 2"]
    first = event_pages.page(conference).sessions[0]
    with pytest.raises(WrongState, match="has no sessions of its own"):
        event_changes.add(cem, registered.typed(), first.id)
    registered.over(first.id or 0)
    assert sorted(one.title for one in claims.search_claimable(ann, "")) == ["Session 1", "Session 2"]
    claims.claim_event(ann, first.id or 0)
    assert [one.title for one in claims.search_claimable(ann, "")] == ["Session 2"]


def test_cancelling_a_conference_cancels_its_sessions(ann: Actor, cem: Actor) -> None:
    conference = registered.event(cem, "Conference", registration="none")
    session = event_changes.add(cem, registered.typed("Session"), conference)
    event_states.publish(cem, session)
    registrations.register(ann, session, {})
    assert event_states.cancel(cem, conference, "Snow.") == 1
    assert kinds(ann)[-1] == "event cancelled"


def test_a_copy_is_a_draft_with_everything_but_people_who_registered(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem, capacity="5", questions="Meal? *")
    event_people.add(cem, number, "ann.ames@example.org", "trainer")
    event_resources.add(cem, number, {"title": "Slides", "resource_link": "https://example.org/slides"})
    registrations.register(ann, number, {"answer_1": "Soup"})
    made = event_pages.desk(cem, event_copies.copy(cem, number))
    assert (made.view.event.title, str(made.view.event.state), made.view.event.capacity) == ("Story Hours", "DRAFT", 5)
    assert made.view.event.questions == [{"key": "answer_1", "label": "Meal?", "required": True}]
    assert [one.title for one in made.resources] == ["Slides"]
    assert [one.name for one in made.people] == ["Ann Ames"]
    assert made.room.seated == 0


def test_an_event_recurs_at_the_same_hour_of_the_clock_when_the_clocks_change(cem: Actor) -> None:
    typed = registered.typed(begin_date="2027-03-02", begin_time="10:00", end_date="2027-03-02", end_time="11:00")
    number = event_changes.add(cem, typed)
    event_states.publish(cem, number)
    with pytest.raises(Problems) as refused:
        event_copies.repeat(cem, number, {"every": "year", "times": "0"})
    assert set(refused.value.by_field) == {"every", "times"}
    assert event_copies.repeat(cem, number, {"every": "week", "times": "3"}) == 3
    found = of_title("Story Hours")
    assert [shown(one.begins_at, one.time_zone) for one in found] == [
        f"Tue, Mar {day}, 2027, 10:00 AM" for day in (2, 9, 16, 23)
    ]
    assert {str(one.state) for one in found} == {"PUBLISHED"}
    assert len({one.series for one in found}) == 1


def test_credits_that_somebody_has_are_not_changed(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem, registration="none")
    registered.over(number)
    claims.claim_event(ann, number)
    typed = event_forms.show(cem, number).values
    with pytest.raises(WrongState, match="Somebody has credits of this event already"):
        event_changes.change(cem, number, {**typed, "credits_public_services": "3"})
    assert event_changes.change(cem, number, {**typed, "description": "As it was."}) == 0


def test_what_the_form_shows_changes_nothing_when_it_is_saved_as_it_is(cem: Actor) -> None:
    number = registered.event(
        cem, questions="Meal? *\nAnything else?", capacity="7", closes_date="2026-11-29", closes_time="12:00",
        online=True, meeting_link="https://meet.example.org/1", credits_technology="1.5",
    )  # fmt: skip
    before = event_forms.show(cem, number)
    event_changes.change(cem, number, before.values)
    after = event_forms.show(cem, number)
    assert (after.values, after.event.sequence) == (before.values, before.event.sequence)


def test_resources_are_links_or_files_and_open_to_all_once_published(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem)
    for values, field in (
        ({"title": "", "resource_link": "https://example.org"}, "title"),
        ({"title": "Slides", "resource_link": ""}, "resource_link"),
        ({"title": "Slides", "resource_link": "javascript:alert(1)"}, "resource_link"),
    ):
        with pytest.raises(Problems) as refused:
            event_resources.add(cem, number, values)
        assert set(refused.value.by_field) == {field}
    with pytest.raises(NotFound):
        event_resources.add(ann, number, {"title": "Slides", "resource_link": "https://example.org"})
    event_resources.add(cem, number, {"title": "Slides", "resource_link": "https://example.org/slides"})
    (slides,) = event_pages.page(number).resources
    with pytest.raises(NotFound):
        event_resources.open_one(number, slides.id or 0)
    for who, deed in ((ann, NotFound), (cem, None)):
        remove = partial(event_resources.remove, who, number, slides.id or 0)
        if deed is None:
            remove()
        else:
            with pytest.raises(deed):
                remove()
    assert event_pages.page(number).resources == []


def test_times_in_another_zone(cem: Actor) -> None:
    typed = registered.typed(
        time_zone="America/New_York", begin_date="2026-12-01", begin_time="12:00", end_date="2026-12-01",
        end_time="13:00",
    )  # fmt: skip
    number = event_changes.add(cem, typed)
    assert event_forms.show(cem, number).values["begin_time"] == "12:00"
    assert make.NOON.tzinfo is not None
    with pytest.raises(Problems) as refused:
        event_changes.add(cem, registered.typed(time_zone="Mars/Olympus"))
    assert set(refused.value.by_field) == {"time_zone"}
