"""Attendance beside claims by hand: one credit for one event, and the coordinator reads what the list says."""

from functools import partial

import pytest

from models.credits import Credit
from models.errors import Problems, WrongState
from services import attendance, attendance_corrections, attendance_walk_ins, claims, credits, review
from services.access import Actor
from services.attendance import Mark
from tests import certified, make, registered
from tests.services.test_attendance import ABSENT, PRESENT, credits_of, decided_by, ended
from tests.services.test_review_races import race


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def test_while_attendance_is_open_a_registrant_may_not_claim_and_after_absent_she_may(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    with pytest.raises(WrongState, match="Your credit comes by itself"):
        claims.claim_event(ann, event_id)
    assert claims.search_claimable(ann, "Story") == []
    attendance.mark(cem, of_ann, ABSENT)
    with pytest.raises(WrongState, match="Your credit comes by itself"):
        claims.claim_event(ann, event_id)
    attendance.close(cem, event_id)
    assert [one.event_id for one in claims.search_claimable(ann, "Story")] == [event_id]
    claimed = claims.claim_event(ann, event_id)
    entry = credits.entry(cem, claimed.claim_id)
    assert entry.claim.note == "The attendance list says that this person was absent."
    assert credits_of(ann) == [("2", "PENDING", "claim")]


def test_others_claim_it_as_ever(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem, ann)
    bob = make.person("Bob Bell")
    assert claims.claim_event(bob, event_id).is_new


def test_who_had_claimed_it_before_gets_no_second_credit(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem)
    review.approve(cem, [claims.claim_event(ann, event_id).claim_id])
    attendance_walk_ins.add_by_email(cem, event_id, "ann.ames@example.org")
    attendance.mark(cem, registered.of(ann, event_id).id or 0, PRESENT)
    assert attendance.close(cem, event_id) == 0
    assert credits_of(ann) == [("2", "APPROVED", "claim")]


def test_what_she_claimed_herself_and_nobody_decided_is_decided_by_attendance(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem, credits_technology="1")
    claim_id = claims.claim_event(ann, event_id).claim_id
    attendance_walk_ins.add_by_email(cem, event_id, "ann.ames@example.org")
    of_ann = registered.of(ann, event_id).id or 0
    attendance.mark(cem, of_ann, Mark("present", 40))
    assert attendance.close(cem, event_id) == 1
    assert credits_of(ann) == [("0.5", "APPROVED", "attendance"), ("1", "WITHDRAWN", "attendance")]
    assert [one.claim_id for one in certified.rows(Credit)] == [claim_id, None]
    assert decided_by(cem, claim_id) == "attendance"
    attendance_corrections.correct(cem, of_ann, PRESENT, "She came by the back door.")
    assert credits_of(ann)[0] == ("2", "APPROVED", "attendance")
    assert credits_of(ann)[2:] == [("1", "APPROVED", "attendance")]
    assert make.status_of(claim_id) == "APPROVED"
    assert [one.kind for one in certified.letters_to(ann)] == ["attendance credited", "attendance corrected"]


def test_a_correction_leaves_what_a_coordinator_declined_and_says_so(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    attendance.mark(cem, of_ann, ABSENT)
    attendance.close(cem, event_id)
    claim_id = claims.claim_event(ann, event_id).claim_id
    review.decline(cem, [claim_id], "The list says that you were absent.")
    said = attendance_corrections.correct(cem, of_ann, PRESENT, "She was there.")
    assert said == (
        "The credit stays as it was. It was claimed, and decided by a coordinator. Reopen that claim to decide it anew."
    )
    assert "which gives" not in certified.letters_to(ann)[-1].body
    review.reopen(cem, claim_id, "The list was wrong.")
    assert attendance_corrections.correct(cem, of_ann, PRESENT, "She was there.") == ""
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]
    review.reopen(cem, claim_id, "It was a vendor's demonstration.")
    review.decline(cem, [claim_id], "It was a vendor's demonstration.")
    assert "A coordinator declined it" in attendance_corrections.correct(cem, of_ann, Mark("present", 60), "She left.")
    assert credits_of(ann) == [("2", "DECLINED", "attendance")]


def test_a_correction_says_present_or_absent(ann: Actor, cem: Actor) -> None:
    event_id, (of_ann,) = ended(cem, ann)
    attendance.mark(cem, of_ann, PRESENT)
    attendance.close(cem, event_id)
    with pytest.raises(Problems):
        attendance_corrections.correct(cem, of_ann, Mark(""), "Nobody knows.")
    attendance_corrections.correct(cem, of_ann, Mark("present", 60), "She left.")
    (credit,) = certified.rows(Credit)
    assert [one.action for one in make.deeds_on(credit.claim_id)] == ["claim:attended", "claim:followed"]


def test_her_claim_waits_for_the_coordinator_when_the_list_says_she_was_absent(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem)
    claim_id = claims.claim_event(ann, event_id).claim_id
    attendance_walk_ins.add_by_email(cem, event_id, "ann.ames@example.org")
    of_ann = registered.of(ann, event_id).id or 0
    attendance.mark(cem, of_ann, ABSENT)
    assert attendance.close(cem, event_id) == 0
    assert credits_of(ann) == [("2", "PENDING", "claim")]
    assert credits.entry(cem, claim_id).claim.note == "The attendance list says that this person was absent."
    attendance_corrections.correct(cem, of_ann, Mark("present", 5), "She looked in.")
    assert "for too short a time" in credits.entry(cem, claim_id).claim.note
    attendance_corrections.correct(cem, of_ann, PRESENT, "She stayed.")
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]
    assert credits.entry(cem, claim_id).claim.note == ""


def test_a_claim_and_the_end_of_attendance_at_once_give_one_credit(ann: Actor, cem: Actor) -> None:
    event_id, _ = ended(cem)
    claim = partial(claims.claim_event, ann, event_id)

    def come_and_close() -> None:
        attendance_walk_ins.add_by_email(cem, event_id, "ann.ames@example.org")
        attendance.mark(cem, registered.of(ann, event_id).id or 0, PRESENT)
        attendance.close(cem, event_id)

    race(claim, come_and_close)
    assert len(credits_of(ann)) == 1
