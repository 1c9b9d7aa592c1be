"""Attendance: marked while it is open, closed once with credits for all who came, corrected with a reason."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import select

from models.audit import AuditLine
from models.credits import Credit
from models.errors import NotAllowed, NotFound, Problems, WrongState
from services import (
    attendance,
    attendance_corrections,
    attendance_credits,
    attendance_sheet,
    attendance_walk_ins,
    clock,
    credits,
    db,
    event_changes,
    event_forms,
    event_people,
    programs,
    queue,
    registrations,
)
from services.access import Actor
from services.attendance import Mark
from tests import certified, make, registered
from tests.services.test_review_races import race

PRESENT, ABSENT = Mark("present"), Mark("absent")


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def credits_of(person: Actor) -> list[tuple[str, str, str]]:
    """Value, status and source of each of this person's credits."""
    with db.reading() as session:
        rows = session.exec(select(Credit).where(Credit.person_id == person.person_id))
        return [(str(one.credits.normalize()), str(one.status), str(one.source)) for one in rows]


def own_workshop(person: Actor, topic: str) -> int:
    presented = {"conversion": "PRESENTING", "quantity": "2", "topic": topic}
    return make.own_entry(person, "A Workshop", **presented)


def decided_by(cem: Actor, claim_id: int) -> str:
    entry = queue.entry(cem, claim_id)
    assert entry is not None
    return entry.decided_by


def ended(cem: Actor, *people: Actor, **changed: object) -> tuple[int, list[int]]:
    """An event of two hours and 2 credits that is over, and the registrations of these people."""
    event_id = registered.event(cem, **changed)
    ids = [registered.register(one, event_id) for one in people]
    registered.over(event_id)
    return event_id, ids


def test_when_attendance_is_closed_the_credits_are_there_approved_by_attendance(ann: Actor, cem: Actor) -> None:
    bob, late = make.person("Bob Bell"), make.person("Lee Late")
    event_id, (of_ann, of_bob, of_lee) = ended(cem, ann, bob, late)
    attendance.mark(cem, of_ann, PRESENT)
    attendance.mark(cem, of_bob, ABSENT)
    attendance.mark(cem, of_lee, Mark("present", 50))
    assert credits_of(ann) == []
    assert attendance.close(cem, event_id) == 2
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]
    assert credits_of(bob) == []
    assert credits_of(late) == [("0.5", "APPROVED", "attendance")], "50 of 120 minutes, in steps of .5 rounded down"
    (listed,) = credits.listing(ann).listed
    assert listed.row.title == "Story Hours"
    assert decided_by(cem, listed.row.claim_id or 0) == "attendance"
    letter = certified.letters_to(ann)[-1]
    assert (letter.subject, "2 credits" in letter.body) == ("Credit for Story Hours", True)
    with pytest.raises(WrongState, match="closed already"):
        attendance.close(cem, event_id)


def test_it_cannot_be_closed_while_somebody_has_no_mark_or_the_event_goes_on(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem)
    of_ann = registered.register(ann, event_id)
    make.later(days=6, hours=22)
    for deed in (
        partial(attendance.mark, cem, of_ann, PRESENT),
        partial(attendance.mark_rest, cem, event_id, "absent"),
    ):
        with pytest.raises(WrongState, match="has not begun"):
            deed()
    make.later(hours=1.5)
    attendance.mark(cem, of_ann, PRESENT)
    with pytest.raises(WrongState, match="has not ended yet"):
        attendance.close(cem, event_id)
    registered.over(event_id)
    attendance.mark(cem, of_ann, Mark(""))
    with pytest.raises(WrongState, match="1 person is neither present nor absent yet"):
        attendance.close(cem, event_id)
    assert attendance.mark_rest(cem, event_id, "absent") == 1
    assert attendance.close(cem, event_id) == 0


def test_a_presenter_gets_twice_the_credit_in_montana(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    attendance.mark(cem, of_ann, Mark("present", presenter=True))
    attendance.close(cem, event_id)
    assert credits_of(ann) == [("4", "APPROVED", "attendance")]


def test_nobody_marks_herself_and_only_who_runs_the_event_sees_the_list(ann: Actor, cem: Actor) -> None:
    event_id, (_, of_cem) = ended(cem, ann, cem)
    with pytest.raises(NotAllowed):
        attendance.mark(cem, of_cem, PRESENT)
    assert attendance.mark_rest(cem, event_id, "present") == 1
    for deed in (
        partial(attendance.mark, ann, of_cem, PRESENT),
        partial(attendance_sheet.sheet, ann, event_id),
        partial(attendance.close, ann, event_id),
        partial(attendance_sheet.line, ann, of_cem),
    ):
        with pytest.raises(NotFound):
            deed()


def test_whom_a_coordinator_allows_keeps_the_list_and_a_coordinator_closes_it(ann: Actor, cem: Actor) -> None:
    eve = make.person("Eve Editor")
    event_id, (of_ann,) = ended(cem, ann)
    event_people.add(cem, event_id, "eve.editor@example.org", "editor")
    attendance.mark(eve, of_ann, PRESENT)
    with pytest.raises(NotAllowed, match="A coordinator closes the attendance"):
        attendance.close(eve, event_id)
    attendance.close(cem, event_id)
    with pytest.raises(NotAllowed):
        attendance_corrections.correct(eve, of_ann, ABSENT, "I say so.")


def test_presenting_the_same_again_counts_twice_in_four_years(ann: Actor, cem: Actor) -> None:
    for _ in range(3):
        event_id, (of_ann,) = ended(cem, ann, title="Mending Books")
        attendance.mark(cem, of_ann, Mark("present", presenter=True))
        attendance.close(cem, event_id)
        make.later(days=30)
    assert credits_of(ann) == [("4", "APPROVED", "attendance")] * 2
    (row,) = attendance_sheet.sheet(cem, event_id).rows
    assert row.why.startswith("A topic counts twice in 4 years, and you presented it before: “Mending Books”")
    attendance_corrections.correct(cem, of_ann, PRESENT, "She only listened.")
    assert credits_of(ann) == [("4", "APPROVED", "attendance")] * 2 + [("2", "APPROVED", "attendance")]
    with pytest.raises(Problems) as refused:
        own_workshop(ann, "mending books!")
    assert set(refused.value.by_field) == {"topic"}
    own_workshop(ann, "Binding Books")


def test_of_many_who_close_it_one_does(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    attendance.mark(cem, of_ann, PRESENT)
    others = [make.coordinator(f"Cem{number} Coole") for number in range(8)]
    answers = race(*[partial(attendance.close, one, event_id) for one in others])
    assert sorted(answers) == ["Attendance is closed already."] * 7 + ["done"]
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]


def test_where_registration_is_enough_the_end_of_the_event_gives_the_credit(
    ann: Actor, cem: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = make.person("Bob Bell")
    event_id = registered.event(cem, capacity="1")
    for one in (ann, bob):
        registrations.register(one, event_id, {})
    monkeypatch.setitem(programs.current().settings, "credit_by", "registration")
    assert attendance_credits.by_registration() == 0
    clock.fix(clock.now() + timedelta(days=8))
    assert (attendance_credits.by_registration(), attendance_credits.by_registration()) == (1, 0)
    assert credits_of(ann) == [("2", "APPROVED", "registration")]
    assert credits_of(bob) == []
    assert [one.action for one in certified.rows(AuditLine) if one.subject == "event"][-1] == "event:attendance_closed"


def test_a_seat_that_came_after_the_end_gives_nothing_by_itself(
    ann: Actor, cem: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(programs.current().settings, "credit_by", "registration")
    event_id, _ = ended(cem)
    attendance_walk_ins.add_by_email(cem, event_id, "ann.ames@example.org")
    assert attendance_credits.by_registration() == 0
    assert credits_of(ann) == []
    attendance_corrections.correct(cem, registered.of(ann, event_id).id or 0, PRESENT, "She came to the door.")
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]


def test_an_event_that_is_moved_at_the_last_moment_gives_nothing_yet(
    ann: Actor, cem: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(programs.current().settings, "credit_by", "registration")
    event_id, _ = ended(cem, ann)
    values = event_forms.show(cem, event_id).values
    event_changes.change(cem, event_id, {**values, "begin_date": "2027-01-05", "end_date": "2027-01-05"})
    assert attendance_credits._end(event_id) == 0
    assert credits_of(ann) == []
