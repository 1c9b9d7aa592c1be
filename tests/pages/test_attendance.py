"""The attendance list: marks are live in every window, the end gives the credits, and a correction needs a reason."""

from collections.abc import Callable

from nicegui.testing import User

from models.people import Person
from models.registrations import Registration
from services import attendance, clock, event_people
from services.attendance import Mark
from tests import certified, registered
from tests.pages import calendar_records, records
from tests.pages.hands import SOON, answer, fill, is_enabled, press
from ui.attendance_list import AttendanceList

SignIn = Callable[[str], None]


def listed(visitor: User) -> AttendanceList:
    (found,) = visitor.find(AttendanceList).elements
    return found


def whats(visitor: User) -> list[str]:
    return [row["what"] for row in listed(visitor).rows]


def email_of(key: str) -> str:
    return next(one.email for one in certified.rows(Person) if one.demo_key == key)


def held() -> tuple[int, list[int]]:
    """An event that is over, with two people who had a seat."""
    number = calendar_records.registrable()
    ids = [calendar_records.registration_of(key) for key in ("participant", "director")]
    registered.over(number)
    return number, ids


async def test_marked_here_and_elsewhere_closed_and_corrected(visitor: User, sign_in: SignIn) -> None:
    number, (first, second) = held()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/attendance")
    await visitor.should_see("2 without a mark", retries=SOON)
    assert not is_enabled(visitor, "Close attendance")
    visitor.find(AttendanceList).trigger("mark", {"id": first, "what": "present", "minutes": None, "presenter": False})
    await visitor.should_see("1 present, 0 absent, 1 without a mark", retries=SOON)
    attendance.mark(records.actor("coordinator"), second, Mark("present", 45))
    await visitor.should_see("2 present, 0 absent, 0 without a mark", retries=SOON)
    assert sorted(whats(visitor)) == ["partly", "present"]
    press(visitor, "Close attendance")
    await visitor.should_see("2 people get credit at once, and a letter.", retries=SOON)
    answer(visitor, "Close attendance")
    await visitor.should_see("Attendance is closed.", retries=SOON)
    visitor.find(AttendanceList).trigger("correct", first)
    await visitor.should_see("Correct: ", retries=SOON)
    answer(visitor, "Correct")
    await visitor.should_see("Say why: the person reads it in a letter.", retries=SOON)
    fill(visitor, what="absent", reason="Somebody else sat there.")
    answer(visitor, "Correct")
    await visitor.should_see("1 present, 1 absent", retries=SOON)
    assert "absent" in whats(visitor)


async def test_everybody_else_and_those_who_came_without_a_seat(visitor: User, sign_in: SignIn) -> None:
    number, _ = held()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/attendance")
    await visitor.should_see("2 without a mark", retries=SOON)
    press(visitor, "Everybody else was present")
    await visitor.should_see("2 present", retries=SOON)
    press(visitor, "Find the person")
    await visitor.should_see("Enter a name, a library or an e-mail address.", retries=SOON)
    fill(visitor, text="Nobody At All")
    press(visitor, "Find the person")
    await visitor.should_see("Nobody is called that.", retries=SOON)
    fill(visitor, text="Wade")
    press(visitor, "Find the person")
    await visitor.should_see("<strong>Wade", retries=SOON)
    press(visitor, "Add")
    await visitor.should_see("2 present, 0 absent, 1 without a mark", retries=SOON)


async def test_whom_a_coordinator_allows_adds_by_address_and_a_trainer_is_offered(
    visitor: User, sign_in: SignIn
) -> None:
    number, _ = held()
    cem = records.actor("coordinator")
    event_people.add(cem, number, email_of("board_chair"), "editor")
    event_people.add(cem, number, email_of("administrator"), "trainer")
    sign_in("board_chair")
    await visitor.open(f"/events/{number}/attendance")
    fill(visitor, email="nobody@example.org")
    press(visitor, "Add the person")
    await visitor.should_see("Nobody here has this e-mail address.", retries=SOON)
    press(visitor, "Add as presenter")
    await visitor.should_see("1 present, 0 absent, 2 without a mark", retries=SOON)


async def test_a_mark_for_who_is_not_in_the_list_is_none(visitor: User, sign_in: SignIn) -> None:
    number, _ = held()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/attendance")
    await visitor.should_see("2 without a mark", retries=SOON)
    for told in ({"id": 1, "what": "present"}, {"id": None}, "x", {"id": 1, "minutes": "many"}):
        visitor.find(AttendanceList).trigger("mark", told)
    marked = [one for one in certified.rows(Registration) if one.event_id == number and one.marked_at]
    assert marked == []


async def test_before_it_begins_nobody_came(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    number = calendar_records.registrable()
    row = calendar_records.registration_of("participant")
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/attendance")
    await visitor.should_see("1 without a mark", retries=SOON)
    visitor.find(AttendanceList).trigger("mark", {"id": row, "what": "present", "minutes": None, "presenter": False})
    await visitor.should_see("The event has not ended yet.", retries=SOON)
    for _ in range(SOON):
        if said:
            break
        await visitor.should_see("1 without a mark")
    assert clock.now() is not None
