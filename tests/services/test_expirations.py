"""Who comes due when: the next one first, filtered, with progress, and as a workbook."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from models.errors import NotFound
from models.participations import Participation
from models.people import PositionKind
from services import db, expiration_export, expirations, participations, programs, reliefs, reminders
from services.access import Actor
from services.expirations import ExpiryFilter
from tests import certified, make, supervised


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def due(person: Actor, days: int, key: str = "staff") -> int:
    """A track that comes due in so many days."""
    number = participations.add(person, make.track(key))
    with db.writing() as session:
        part = session.get_one(Participation, number)
        part.begins_on, part.due_on = date(2020, 1, 1), programs.current().today() + timedelta(days=days)
    return number


def names(cem: Actor, **wanted: object) -> list[str]:
    return [one.person.name for one in expirations.page(cem, ExpiryFilter(**wanted))[0]]  # type: ignore[arg-type]


def test_the_next_due_comes_first_and_the_overdue_before_it(cem: Actor) -> None:
    ann, bob, zoe, joe = (make.person(name) for name in ("Ann Ames", "Bob Bell", "Zoe Zahn", "Joe Jay"))
    for person, days in ((ann, 40), (bob, -3), (zoe, 30), (joe, 400)):
        due(person, days)
    participations.add(make.person("No Day"), make.track())
    assert names(cem, within="30") == ["Bob Bell", "Zoe Zahn"]
    assert names(cem, within="90") == ["Bob Bell", "Zoe Zahn", "Ann Ames"]
    assert names(cem, within="overdue") == ["Bob Bell"]
    assert names(cem, within="all") == ["Bob Bell", "Zoe Zahn", "Ann Ames", "Joe Jay"]
    assert [one.days_left for one in expirations.page(cem, ExpiryFilter("all"))[0]] == [-3, 30, 40, 400]


def test_by_track_library_and_directors_only(cem: Actor) -> None:
    ann, bob = make.person("Ann Ames", library="Larkspur"), make.person("Bob Bell")
    supervised.works_at(bob, PositionKind.DIRECTOR)
    due(ann, 10)
    due(bob, 20, "trustee")
    place = certified.open_ones(ann)[0].library_id or 0
    assert names(cem, track_id=make.track("trustee")) == ["Bob Bell"]
    assert names(cem, library_id=place) == ["Ann Ames"]
    assert names(cem, directors=True) == ["Bob Bell"]


def test_progress_reminder_and_extension_stand_in_the_line_and_in_the_workbook(cem: Actor) -> None:
    ann = make.person("=Ann Ames")
    number = due(ann, 25, "trustee")
    certified.approved(ann, "Budgets", by=cem, credits={"administration": "10"})
    reminders.remind(pause=lambda _: None)
    (line,), total = expirations.page(cem, ExpiryFilter())
    assert (total, line.track, line.evaluation.needed - line.evaluation.missing) == (1, "Trustee", Decimal(10))
    assert line.reminded_on == programs.current().today()
    reliefs.extend(cem, number, {"due_on": "2027-06-01", "reason": "A long illness."})
    sheet = load_workbook(io.BytesIO(expiration_export.workbook(cem, ExpiryFilter("all")).body)).active
    assert sheet is not None
    header, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    told = dict(zip(header, row, strict=True))
    assert (told["First name"], told["Track"], told["Credits earned"]) == ("=Ann", "Trustee", 10)
    assert (str(told["Due"])[:10], told["Extended because"]) == ("2027-06-01", "A long illness.")


def test_pages_hold_sixty_and_nobody_else_sees_them(cem: Actor) -> None:
    for number in range(61):
        due(make.person(f"Ann Ames{number}"), number)
    lines, total = expirations.page(cem, ExpiryFilter("all"), 1)
    assert (len(lines), total) == (1, 61)
    bob = make.person("Bob Bell")
    for deed in (expirations.page, expiration_export.workbook):
        with pytest.raises(NotFound):
            deed(bob, ExpiryFilter())
