"""What the coordinator gets of events: numbers, workbooks, the sign-in sheet, and a year's report."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from openpyxl import load_workbook

from models.errors import NotFound
from services import (
    attendance,
    event_changes,
    event_desk,
    event_lists,
    event_people,
    registrations,
    report_export,
    reports,
)
from services.access import Actor
from services.attendance import Mark
from tests import certified, make, registered


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def held(cem: Actor, ann: Actor) -> int:
    """An event that Ann attended and Bob did not, while Cleo waited."""
    event_id = registered.event(cem, capacity="2", questions="=Meal?")
    bob, cleo = make.person("Bob Bell", library="Butte Public Library"), make.person("Cleo Clay")
    for one in (ann, bob, cleo):
        registrations.register(one, event_id, {"answer_1": "=1+1"})
    registered.over(event_id)
    attendance.mark(cem, registered.of(ann, event_id).id or 0, Mark("present"))
    attendance.mark(cem, registered.of(bob, event_id).id or 0, Mark("absent"))
    return event_id


def cells(body: bytes, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(body))[sheet].iter_rows()]


def pages(body: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(body)]


def test_the_desk_counts_who_is_registered_waits_and_came_and_the_credits(ann: Actor, cem: Actor) -> None:
    event_id = held(cem, ann)
    (line,), total = event_desk.listing(cem, "attendance")
    assert (line.registered, line.waiting, line.came, line.absent, line.credits, total) == (2, 1, 1, 1, Decimal(0), 1)
    attendance.close(cem, event_id)
    assert event_desk.listing(cem, "attendance") == ([], 0)
    (line,), _ = event_desk.listing(cem, "past", "story")
    assert line.credits == Decimal(2)


def test_who_is_allowed_to_edit_sees_those_events_alone(ann: Actor, cem: Actor) -> None:
    mine = registered.event(cem, "Mine")
    registered.event(cem, "Other")
    assert event_desk.listing(ann) == ([], 0)
    event_people.add(cem, mine, "ann.ames@example.org", "editor")
    assert [one.event.title for one in event_desk.listing(ann)[0]] == ["Mine"]
    draft = event_changes.add(cem, registered.typed("A Draft"))
    event_people.add(cem, draft, "ann.ames@example.org", "editor")
    assert [one.title for one in event_desk.editable(ann)] == ["Mine", "A Draft"]
    registered.over(mine)
    assert [one.title for one in event_desk.editable(ann)] == ["Mine", "A Draft"], "its attendance is open"
    attendance.close(cem, mine)
    assert [one.title for one in event_desk.editable(ann)] == ["A Draft"]
    assert event_desk.editable(make.person("Bob Bell")) == []


def test_everybody_who_registered_stands_in_the_workbook_with_the_answers_as_text(ann: Actor, cem: Actor) -> None:
    event_id = held(cem, ann)
    found = cells(event_lists.workbook(cem, event_id).body, "Registrations")
    assert found[0][-1] == "=Meal?"
    assert [(row[0], row[3], row[4], row[-1]) for row in found[1:]] == [
        ("Ames", None, "ATTENDED", "=1+1"),
        ("Bell", "Butte Public Library", "ABSENT", "=1+1"),
        ("Clay", None, "WAITING", "=1+1"),
    ]
    book = load_workbook(io.BytesIO(event_lists.workbook(cem, event_id).body))["Registrations"]
    assert {cell.data_type for cell in book[1]} == {"s"}, "a question is no formula either"
    with pytest.raises(NotFound):
        event_lists.workbook(ann, event_id)


def test_the_sign_in_sheet_has_a_line_for_each_seat(ann: Actor, cem: Actor) -> None:
    event_id = held(cem, ann)
    sheet = event_lists.sign_in_sheet(cem, event_id)
    assert sheet.name.startswith("Story Hours 2026-11-30")
    text = pages(sheet.body)[0]
    assert "Ames, Ann" in text
    assert "Bell, Bob" in text
    assert "Clay" not in text
    with pytest.raises(NotFound):
        event_lists.sign_in_sheet(ann, event_id)


def test_the_sheet_of_many_runs_over_pages_with_the_heads_again(cem: Actor) -> None:
    event_id = registered.event(cem, "<b>Long & Full</b>")
    for one in registered.people(60):
        registrations.register(one, event_id, {})
    found = pages(event_lists.sign_in_sheet(cem, event_id).body)
    assert len(found) > 2
    assert all("Signature" in text for text in found)
    assert all("<b>Long & Full</b>" in text for text in found), "each page says what it belongs to"


def test_a_years_report_counts_credits_by_category_and_month_and_the_rest(ann: Actor, cem: Actor) -> None:
    attendance.close(cem, held(cem, ann))
    certified.issued(make.person("Dee Dale"), by=cem)
    found = reports.of_year(cem, 2026)
    assert found.credits["Library Services to the Public"][10] == Decimal(2)
    assert sum(found.credits["Library Administration"]) == Decimal(10)
    assert [(one.event.title, one.registered, one.came) for one in found.events] == [("Story Hours", 2, 1)]
    assert sum(found.certificates.values()) == 1
    assert sum(map(sum, found.due.values())) == 0
    assert reports.years(cem)[0] == 2026
    empty = reports.of_year(cem, 2020)
    assert sum(sum(values, Decimal(0)) for values in empty.credits.values()) == 0
    with pytest.raises(NotFound):
        reports.of_year(ann, 2026)


def test_a_year_that_is_none_is_the_nearest(cem: Actor) -> None:
    assert (reports.of_year(cem, 1).year, reports.of_year(cem, 99_999).year) == (1990, 2099)


def test_the_export_has_the_numbers_of_the_page(ann: Actor, cem: Actor) -> None:
    attendance.close(cem, held(cem, ann))
    body = report_export.workbook(cem, 2026).body
    credits = {row[0]: row[1:] for row in cells(body, "Credits")}
    assert credits["Library Services to the Public"][10] == 2
    assert cells(body, "Events")[1][0] == "Story Hours"
    assert cells(body, "Certificates")[0] == ["Track", "Issued"]
    assert cells(body, "Coming due")[0][1] == "Overdue"
