"""Who was certified in a year: named only by their own choice, and never after a revocation."""

from datetime import date, timedelta

import pytest

from models.people import Person
from services import certificate_changes, clock, db, press_release, recognition
from services.access import Actor
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def agrees(person: Actor, *, gone: bool = False) -> None:
    with db.writing() as session:
        row = session.get_one(Person, person.person_id)
        row.named_publicly, row.deactivated_at = True, clock.now() if gone else None


def names(year: int | None = None) -> list[str]:
    return [one.name for people in recognition.of_year(year).tracks.values() for one in people]


def test_only_who_agreed_is_named_and_all_are_counted() -> None:
    cem = make.coordinator()
    ann, bob, zoe = (make.person(name) for name in ("Ann Ames", "Bob Bell", "Zoe Zahn"))
    numbers = [certified.issued(person, by=cem) for person in (ann, bob, zoe)]
    agrees(ann)
    agrees(zoe)
    assert (names(), recognition.of_year().certified, recognition.of_year().agreed) == (["Ann Ames", "Zoe Zahn"], 3, 2)
    certificate_changes.revoke(cem, numbers[2], "It never took place.")
    agrees(ann, gone=True)
    assert (names(), recognition.of_year().certified) == ([], 2)


def test_by_year_and_without_anybody() -> None:
    assert recognition.of_year().years == ()
    cem, ann = make.coordinator(), make.person()
    certified.issued(ann, by=cem)
    agrees(ann)
    make.later(hours=24 * 400)
    bob = make.person("Bob Bell")
    certified.issued(bob, by=cem)
    agrees(bob)
    found = recognition.of_year()
    assert (found.year, found.years) == (2027, (2027, 2026))
    assert (names(), names(2026), names(1999)) == (["Bob Bell"], ["Ann Ames"], ["Bob Bell"])


def test_a_long_list_has_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "PAGE", 2)
    cem = make.coordinator()
    for name in ("Ann Ames", "Bob Bell", "Zoe Zahn"):
        person = make.person(name)
        certified.issued(person, by=cem)
        agrees(person)
    assert [recognition.of_year(None, page).pages for page in (0, 1, 99)] == [2, 2, 2]
    assert [one.name for one in recognition.of_year(None, 1).tracks["Trustee"]] == ["Zoe Zahn"]


def test_the_press_release_says_what_the_certificate_says_and_nothing_else() -> None:
    cem, ann = make.coordinator(), make.person(library="Larkspur Public Library")
    number = certified.issued(ann, by=cem, ended=timedelta(days=30))
    told = press_release.text(ann, number)
    assert told.startswith("Ann Ames earns certification: Trustee\n\n")
    for part in ("Larkspur Public Library", "15 credits", number, "Budgets", "Websites", "ce-coordinator@example.org"):
        assert part in told
    assert certified.certificate(number).issued_on == date(2026, 11, 23)
    assert "November 23, 2026. Ann Ames" in told
