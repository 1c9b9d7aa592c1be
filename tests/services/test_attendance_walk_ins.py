"""Who came without a seat is added: by her address, from the directory, or as the trainer who is named on the event."""

from functools import partial

import pytest

from models.errors import NotFound, Problems, WrongState
from services import attendance, attendance_sheet, attendance_walk_ins, event_people, people_changes
from services.access import Actor
from services.attendance import Mark
from tests import make, registered
from tests.services.test_attendance import credits_of, ended


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def listed(cem: Actor, event_id: int) -> list[tuple[str, str, bool]]:
    rows = attendance_sheet.sheet(cem, event_id).rows
    return [(one.name, str(one.registration.state), one.registration.presenter) for one in rows]


def test_by_the_address_or_from_the_directory_however_full_it_is(ann: Actor, cem: Actor) -> None:
    (guest,) = registered.people(1)
    event_id, _ = ended(cem, guest, capacity="1")
    bob = make.person("Bob Bell")
    with pytest.raises(Problems):
        attendance_walk_ins.add_by_email(cem, event_id, "nobody@example.org")
    attendance_walk_ins.add_by_email(cem, event_id, " Ann.Ames@example.org ")
    assert attendance_walk_ins.add_person(cem, event_id, bob.person_id) == "Bob Bell"
    assert attendance_walk_ins.add_person(cem, event_id, bob.person_id) == "Bob Bell"
    assert [name for name, *_ in listed(cem, event_id)] == ["Ames, Ann", "Bell, Bob", "Reader, Person00"]


def test_who_waits_is_seated_and_a_closed_record_is_not(ann: Actor, cem: Actor) -> None:
    (guest,) = registered.people(1)
    event_id, _ = ended(cem, guest, ann, capacity="1")
    bob = make.person("Bob Bell")
    people_changes.close(cem, bob.person_id, "She left.")
    attendance_walk_ins.add_person(cem, event_id, ann.person_id)
    assert [name for name, *_ in listed(cem, event_id)] == ["Ames, Ann", "Reader, Person00"]
    for deed in (
        partial(attendance_walk_ins.add_person, cem, event_id, bob.person_id),
        partial(attendance_walk_ins.add_person, cem, event_id, 999_999),
    ):
        with pytest.raises(NotFound):
            deed()


def test_a_trainer_who_is_named_is_added_as_presenter(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem)
    event_people.add(cem, event_id, "ann.ames@example.org", "trainer")
    event_people.add(cem, event_id, "cem.coole@example.org", "trainer")
    assert [one.name for one in attendance_sheet.sheet(cem, event_id).trainers] == ["Ann Ames", "Cem Coole"]
    for person in (ann, cem):
        attendance_walk_ins.add_trainer(cem, event_id, person.person_id)
    assert listed(cem, event_id) == [("Ames, Ann", "ATTENDED", True), ("Coole, Cem", "REGISTERED", False)]
    assert attendance_sheet.sheet(cem, event_id).trainers == []
    with pytest.raises(NotFound):
        attendance_walk_ins.add_trainer(cem, event_id, make.person("Bob Bell").person_id)
    attendance.mark(make.coordinator("Cee Coole"), registered.of(cem, event_id).id or 0, Mark("absent"))
    attendance.close(cem, event_id)
    assert credits_of(ann) == [("4", "APPROVED", "attendance")]
    with pytest.raises(WrongState, match="Attendance is closed"):
        attendance_walk_ins.add_by_email(cem, event_id, "ann.ames@example.org")


def test_whom_a_coordinator_allows_adds_by_address_alone(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem)
    eve = make.person("Eve Editor")
    for deed in (
        partial(attendance_walk_ins.add_by_email, eve, event_id, "ann.ames@example.org"),
        partial(attendance_walk_ins.add_trainer, eve, event_id, ann.person_id),
    ):
        with pytest.raises(NotFound):
            deed()
    event_people.add(cem, event_id, "eve.editor@example.org", "editor")
    with pytest.raises(NotFound):
        attendance_walk_ins.add_person(eve, event_id, ann.person_id)
    attendance_walk_ins.add_by_email(eve, event_id, "ann.ames@example.org")
    assert len(listed(cem, event_id)) == 1


def test_one_line_is_read_again_with_the_counts(ann: Actor, cem: Actor) -> None:
    (guest,) = registered.people(1)
    _, (of_ann, _) = ended(cem, ann, guest)
    attendance.mark(cem, of_ann, Mark("present", 30))
    row, counts = attendance_sheet.line(cem, of_ann)
    assert (row.name, row.registration.minutes) == ("Ames, Ann", 30)
    assert (counts.present, counts.absent, counts.without_mark, counts.waiting) == (1, 0, 1, 0)
    assert counts.why_not_closed == "1 person is neither present nor absent yet."
