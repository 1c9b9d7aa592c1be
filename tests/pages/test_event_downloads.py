"""Files of events: sent as files that a browser saves."""

from icalendar import Calendar
from nicegui.testing import User

from services import demo, registrations
from tests.pages import calendar_records, records


async def test_the_workbook_the_sheet_and_a_resource_are_saved_as_files(visitor: User) -> None:
    number = calendar_records.registrable()
    visitor.http_client.cookies.set("aspen", demo.sign_in_as("coordinator"))
    for path, begins in (("registrations.xlsx", b"PK"), ("sign-in-sheet.pdf", b"%PDF")):
        answer = await visitor.http_client.get(f"/events/{number}/{path}")
        assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["cache-control"] == "private, no-store"
    resource = calendar_records.resource()
    answer = await visitor.http_client.get(f"/events/{records.sponsored()}/resources/{resource}")
    assert answer.headers["content-security-policy"].startswith("sandbox")


async def test_a_personal_calendar_is_read_without_a_session(visitor: User) -> None:
    registrations.register(records.actor("participant"), calendar_records.registrable(), {})
    visitor.http_client.cookies.clear()
    answer = await visitor.http_client.get(f"/calendar/{calendar_records.feed()}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "Registrable" in [str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")]


async def test_the_calendar_is_sent_again_only_when_something_changed(visitor: User) -> None:
    first = await visitor.http_client.get("/events.ics")
    tag = {"if-none-match": first.headers["etag"]}
    again = await visitor.http_client.get("/events.ics", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    calendar_records.registrable()
    changed = await visitor.http_client.get("/events.ics", headers=tag)
    assert changed.status_code == 200
    titles = [str(one["summary"]) for one in Calendar.from_ical(changed.content).walk("VEVENT")]
    assert titles.count("Registrable") == 1
    assert len(titles) == len(Calendar.from_ical(first.content).walk("VEVENT")) + 1
