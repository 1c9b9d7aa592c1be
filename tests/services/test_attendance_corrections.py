"""Corrections of a closed attendance list: the credits follow, unless something stands on them."""

from decimal import Decimal

import pytest

from models.errors import Problems
from services import (
    attendance,
    attendance_corrections,
    attendance_sheet,
    attendance_walk_ins,
    audit_list,
    participations,
    submissions,
)
from services.access import Actor
from services.attendance import Mark
from tests import certified, make
from tests.services.test_attendance import ABSENT, PRESENT, credits_of, ended


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def test_a_correction_carries_through_with_its_reason(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    attendance.mark(cem, of_ann, PRESENT)
    attendance.close(cem, event_id)
    with pytest.raises(Problems):
        attendance_corrections.correct(cem, of_ann, Mark("present", 60), " ")
    assert attendance_corrections.correct(cem, of_ann, Mark("present", 60), "Left at noon.") == ""
    assert credits_of(ann) == [("1", "APPROVED", "attendance")]
    letter = certified.letters_to(ann)[-1]
    assert "you were there for 60 minutes, which gives 1 credit." in letter.body
    assert "The reason: Left at noon." in letter.body
    attendance_corrections.correct(cem, of_ann, ABSENT, "Another Ann was there.")
    assert credits_of(ann) == [("1", "DECLINED", "attendance")]
    attendance_corrections.correct(cem, of_ann, PRESENT, "It was this Ann after all.")
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]


def test_the_history_of_the_event_names_whom_the_list_was_changed_for(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    make.person("Bob Bell")
    attendance_walk_ins.add_by_email(cem, event_id, "bob.bell@example.org")
    attendance.mark_rest(cem, event_id, "present")
    attendance.close(cem, event_id)
    with pytest.raises(Problems, match="The list says so already"):
        attendance_corrections.correct(cem, of_ann, PRESENT, "To be sure.")
    attendance_corrections.correct(cem, of_ann, Mark("present", 60), "Left at noon.")
    assert [one.what for one in audit_list.of_record(cem, "event", event_id)][:3] == [
        "Ann Ames: Corrected the attendance at “Story Hours”. Reason: Left at noon.",
        "Closed the attendance of “Story Hours”.",
        "Bob Bell: Added to those who came to “Story Hours”.",
    ]
    assert {one.who for one in audit_list.of_record(cem, "event", event_id)} == {"Cem Coole"}


def test_a_correction_gives_credit_to_who_was_marked_absent(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    attendance.mark(cem, of_ann, ABSENT)
    attendance.close(cem, event_id)
    attendance_corrections.correct(cem, of_ann, PRESENT, "She signed the other sheet.")
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]


def test_a_credit_that_a_certificate_counts_stays_and_the_coordinator_is_shown_it(ann: Actor, cem: Actor) -> None:
    certified.approved(ann, "Websites", by=cem, credits={"technology": "5"})
    credits = {"credits_public_services": "", "credits_administration": "10"}
    event_id, (of_ann,) = ended(cem, ann, title="Bound", **credits)
    attendance.mark(cem, of_ann, PRESENT)
    attendance.close(cem, event_id)
    part = participations.add(ann, make.track("trustee"))
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    number = certified.verify(cem, part).certificate
    said = attendance_corrections.correct(cem, of_ann, ABSENT, "It was somebody else.")
    assert said.startswith(f"The credit stays as it was. It counted for the certificate {number}")
    told = certified.letters_to(ann)[-1].body
    assert f"you were absent. The credit stays as it was. It counted for the certificate {number}" in told
    assert credits_of(ann) == [("5", "APPROVED", "claim"), ("1E+1", "APPROVED", "attendance")]
    (shown,) = attendance_sheet.sheet(cem, event_id).rows
    assert shown.differs
    assert shown.due == Decimal(0)
