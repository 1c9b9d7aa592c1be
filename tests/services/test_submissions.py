"""Submit: the list freezes; review: the coordinator approves the record or returns it with a note."""

from datetime import timedelta
from pathlib import Path

import pytest

from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.verifications import SubmittedCredit
from services import independent_events, participations, review, submissions
from services.access import Actor
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_a_record_that_lacks_credits_is_refused_with_what_is_missing(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem, events={"Budgets": {"administration": "8.5"}})
    with pytest.raises(WrongState) as refused:
        submissions.submit(ann, part)
    assert str(refused.value) == (
        "It cannot be submitted yet. Library Administration: 1.5 credits missing of 10. "
        "Any category: 5 credits missing of 5."
    )
    assert certified.participation(part).status == "IN_PROGRESS"
    assert certified.listed(part) == {}


def test_earned_and_pending_together_are_enough_to_submit(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem, events={"Budgets": {"administration": "10"}})
    make.claim(ann, "Websites", credits={"technology": "5"})

    submissions.submit(ann, part)

    assert list(certified.listed(part)) == ["Budgets", "Websites"]
    row = certified.participation(part)
    assert (row.status, row.submitted_at, row.submission) == ("SUBMITTED", make.NOON, 1)
    assert [line.action for line in certified.deeds(ann, "participation")] == [
        "participation:added",
        "participation:submitted",
    ]


def test_only_its_owner_submits_a_record(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    for stranger in (cem, make.person("Dia Dunn")):
        with pytest.raises(NotFound):
            submissions.submit(stranger, part)


def test_declined_withdrawn_and_used_credits_do_not_join_the_list(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    review.decline(cem, [make.claim(ann, "Yoga")], "Not about libraries.")
    independent_events.withdraw(ann, make.claim(ann, "Oops"))
    submissions.submit(ann, part)
    assert list(certified.listed(part)) == ["Budgets", "Websites"]


def test_what_can_never_count_for_this_period_does_not_join_the_list(ann: Actor, cem: Actor) -> None:
    """Weeding was approved too late for the first certificate, and its event lies before the renewal's period."""
    certified.issued(ann, by=cem)
    late = make.claim(ann, "Weeding", ended=timedelta(days=20))
    make.later(days=40)
    for title, credits in certified.TRUSTEE.items():
        certified.approved(ann, f"{title} II", by=cem, credits=credits)
    (renewal,) = certified.open_ones(ann)
    submissions.submit(ann, renewal.id or 0)
    assert list(certified.listed(renewal.id or 0)) == ["Budgets II", "Websites II"]
    assert make.status_of(late) == "PENDING"
    assert submissions.approve(cem, renewal.id or 0).certificate is None


def test_a_pending_credit_on_the_list_is_frozen_for_its_owner(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    own, past = make.own_entry(ann), make.claim(ann, "Weeding")
    submissions.submit(ann, part)
    for deed in (
        lambda: independent_events.withdraw(ann, own),
        lambda: independent_events.withdraw(ann, past),
        lambda: independent_events.change(ann, own, make.entry(credits="8"), different=True),
    ):
        with pytest.raises(WrongState, match="It is on the record that you submitted"):
            deed()
    review.decline(cem, [own, past], "Twice.")
    for deed in (
        lambda: independent_events.resubmit(ann, past, "It is not."),
        lambda: independent_events.change(ann, own, make.entry(credits="8"), different=True),
    ):
        with pytest.raises(WrongState, match="It is on the record that you submitted"):
            deed()


def test_a_later_claim_stays_free_and_does_not_join(ann: Actor, cem: Actor) -> None:
    part = certified.submitted(ann, by=cem)
    later = certified.approved(ann, "Later", by=cem)
    assert "Later" not in certified.listed(part)
    (credit,) = make.credits_of(later)
    page = participations.show(ann, part)
    assert page.evaluation.credits[credit.id or 0].why_not == "It is not on the list that was submitted."
    independent_events.withdraw(ann, make.claim(ann, "Later still"))


def test_returned_with_a_note_the_list_thaws_and_a_letter_tells_the_note(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    own = make.own_entry(ann)
    submissions.submit(ann, part)

    submissions.send_back(cem, part, "Story Hours was in 2025. ")

    row = certified.participation(part)
    assert (row.status, row.returned_note) == ("IN_PROGRESS", "Story Hours was in 2025.")
    assert certified.listed(part) == {}
    independent_events.withdraw(ann, own)
    letter = certified.letters_to(ann)[-1]
    assert letter.subject == "Returned to you: your record for Trustee"
    assert "The note: Story Hours was in 2025." in letter.body
    deed = certified.deeds(ann, "participation")[-1]
    assert (deed.action, deed.actor_id, deed.details["reason"]) == (
        "participation:returned", cem.person_id, "Story Hours was in 2025.")  # fmt: skip
    submissions.submit(ann, part)
    assert certified.participation(part).submission == 2


def test_a_withdrawn_record_leaves_no_list_behind(ann: Actor, cem: Actor) -> None:
    part = certified.submitted(ann, by=cem)
    participations.withdraw(ann, part)
    assert certified.rows(SubmittedCredit) == []


def test_review_needs_every_credit_on_the_list_decided(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    pending = make.claim(ann, "Weeding")
    submissions.submit(ann, part)
    with pytest.raises(WrongState, match=r"^1 credit on this record is still PENDING\. Decide first\.$"):
        submissions.approve(cem, part)
    assert certified.participation(part).reviewed_at is None

    review.decline(cem, [pending], "Twice.")

    assert submissions.approve(cem, part).certificate is None
    assert certified.participation(part).shown_status(make.NOON.date()) == "Reviewed"
    assert certified.deeds(ann, "participation")[-1].action == "participation:reviewed"


def test_what_is_left_after_declining_must_still_be_enough(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=None)
    submissions.submit(ann, part)
    budgets, websites = (row.claim_id or 0 for row in participations.show(ann, part).rows[::-1])
    review.approve(cem, [budgets])
    review.decline(cem, [websites], "Not yet.")
    with pytest.raises(WrongState, match=r"does not meet the track\. Any category: 5 credits missing"):
        submissions.approve(cem, part)


def test_a_reopened_credit_takes_the_review_back(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    row = participations.show(ann, part).rows[0]
    review.reopen(cem, row.claim_id or 0, "Looked again.")
    assert certified.participation(part).reviewed_at is None
    with pytest.raises(WrongState, match="the coordinator's review comes before"):
        certified.verify(cem, part)
    review.approve(cem, [row.claim_id or 0])
    submissions.approve(cem, part)
    assert certified.verify(cem, part).certificate


def test_approving_the_record_approves_its_pending_credits_where_the_program_says_so(ann: Actor, cem: Actor) -> None:
    certified.set_program(claims="at_submission")
    part = certified.full_record(ann, by=None)
    submissions.submit(ann, part)
    other = make.claim(ann, "Claimed later")

    submissions.approve(cem, part)

    rows = participations.show(ann, part).rows
    assert {row.title: row.status for row in rows} == {
        "Budgets": "APPROVED", "Websites": "APPROVED", "Claimed later": "PENDING"}  # fmt: skip
    assert {row.decided_by_id for row in rows if row.status == "APPROVED"} == {cem.person_id}
    assert make.status_of(other) == "PENDING"
    assert [line.action for line in make.deeds_on(rows[-1].claim_id or 0)] == ["claim:saved", "claim:approved"]


def test_if_the_record_is_refused_its_pending_credits_stay_pending(ann: Actor, cem: Actor) -> None:
    certified.set_program(claims="at_submission")
    part = certified.full_record(ann, by=None)
    submissions.submit(ann, part)
    review.decline(cem, [participations.show(ann, part).rows[0].claim_id or 0], "No.")
    with pytest.raises(WrongState, match="does not meet the track"):
        submissions.approve(cem, part)
    assert sorted(row.status for row in participations.show(ann, part).rows) == ["DECLINED", "PENDING"]


def test_nobody_reviews_or_returns_her_own_record_and_only_coordinators_do(cem: Actor) -> None:
    part = certified.submitted(cem, by=make.coordinator("Dot Dale"))
    for deed in (lambda who: submissions.approve(who, part), lambda who: submissions.send_back(who, part, "No.")):
        with pytest.raises(NotAllowed, match="your own record"):
            deed(cem)
        with pytest.raises(NotFound):
            deed(make.person(f"Dia Dunn{id(deed)}"))
    assert certified.participation(part).shown_status(make.NOON.date()) == "Submitted"


def test_to_return_needs_a_note_and_a_submitted_record(ann: Actor, cem: Actor) -> None:
    part = certified.submitted(ann, by=cem)
    with pytest.raises(Problems):
        submissions.send_back(cem, part, "  ")
    submissions.send_back(cem, part, "Once.")
    with pytest.raises(WrongState, match="Only a submitted record can be returned"):
        submissions.send_back(cem, part, "Twice.")


def test_where_verification_comes_first_the_review_waits_for_it_and_issues(ann: Actor, cem: Actor) -> None:
    certified.set_program(steps=["verification", "review"])
    part = certified.submitted(ann, by=cem)
    with pytest.raises(WrongState, match="the verification comes before the review"):
        submissions.approve(cem, part)
    assert certified.verify(cem, part).certificate is None
    assert submissions.approve(cem, part).certificate == "MT-2026-000001"
    assert certified.participation(part).status == "ISSUED"


def test_a_corrected_credit_takes_the_review_back(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem, events={"Websites": {"technology": "5"}})
    own = make.own_entry(ann, "Budgets", category="administration", credits="10")
    review.approve(cem, [own])
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    correct = make.entry("Budgets", category="administration", credits="12", reason="It was a long day.")
    independent_events.correct_for(cem, own, correct)
    assert certified.participation(part).shown_status(make.NOON.date()) == "Submitted"
