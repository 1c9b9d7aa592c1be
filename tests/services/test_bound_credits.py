"""What a certificate counts is bound to it: nobody changes it, and it never counts again."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.certificates import BoundCredit, Certificate
from models.errors import WrongState
from services import credits, db, independent_events, participations, review, submissions
from services.access import Actor
from tests import certified, make
from tests.certified import STAFF, TRUSTEE


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_the_credits_that_counted_are_bound_and_the_others_stay_free(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem, events={**TRUSTEE, "Networks": {"technology": "8"}})
    listed = certified.listed(part)
    certified.verify(cem, part)
    bound = {one.credit_id: one.participation_id for one in certified.rows(BoundCredit)}
    assert set(bound) < set(listed.values())
    assert set(bound.values()) == {part}
    found = participations.show(ann, certified.open_ones(ann)[0].id or 0).evaluation
    assert found.earned == 0
    for credit_id in bound:
        assert found.credits[credit_id].why_not == (
            "It counted for the certificate MT-2026-000001 and does not count again.")  # fmt: skip


def test_another_submitted_record_with_the_same_credits_is_returned_and_they_count_once(cem: Actor) -> None:
    ann = make.person()
    first = certified.full_record(ann, by=cem, events=STAFF, key="staff")
    second = participations.add(ann, make.track("trustee"))
    for part in (first, second):
        submissions.submit(ann, part)
        submissions.approve(cem, part)

    number = certified.verify(cem, first).certificate

    other = certified.participation(second)
    assert (other.status, other.reviewed_at) == ("IN_PROGRESS", None)
    assert f"Credits on it now count for the certificate {number}" in other.returned_note
    assert certified.listed(second) == {}
    assert participations.show(ann, second).evaluation.earned == 0
    assert [letter.kind for letter in certified.letters_to(ann)] == ["certificate issued", "record returned"]
    with pytest.raises(WrongState, match="cannot be submitted yet"):
        submissions.submit(ann, second)


def test_another_record_with_other_credits_stays_submitted(cem: Actor) -> None:
    ann = make.person()
    other = certified.submitted(ann, by=cem, events=STAFF, key="staff")
    first = participations.add(ann, make.track("trustee"))
    certified.approved(ann, "For trustees", by=cem, credits={"administration": "15"})
    submissions.submit(ann, first)
    submissions.approve(cem, first)
    assert certified.verify(cem, first, without=STAFF).certificate
    assert certified.participation(other).status == "SUBMITTED"
    assert list(certified.listed(other)) == list(STAFF)


def test_a_bound_credit_can_be_neither_reopened_nor_undone_nor_corrected(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem, events={"Websites": {"technology": "5"}})
    own = make.own_entry(ann, "Budgets", category="administration", credits="10")
    review.approve(cem, [own])
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    certified.verify(cem, part)
    for deed in (
        lambda: review.reopen(cem, own, "A reason."),
        lambda: review.undo(cem, [own]),
        lambda: independent_events.correct_for(cem, own, make.entry(credits="8", reason="A reason.")),
    ):
        with pytest.raises(WrongState, match="It counted for the certificate MT-2026-000001"):
            deed()
    assert make.status_of(own) == "APPROVED"
    counted = next(one for one in credits.listing(ann).listed if one.row.claim_id == own)
    assert counted.row.bound_number == "MT-2026-000001"


FROZEN = (
    "number = 'MT-1'", "code = 'X'", "participation_id = 2", "person_id = 2", "track_version_id = 1",
    "issued_at = '2020-01-01T00:00:00.000000Z'",
    "issued_by_id = 1", "issued_on = '2020-01-01'", "due_on = NULL", "snapshot = '{}'",
    "replaces_id = 1", "status = 'VALID', number = 'MT-1'",
)  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE certificate SET {change}" for change in FROZEN),  # noqa: S608 -- made-up statements
        "DELETE FROM certificate",
        "UPDATE bound_credit SET participation_id = 2",
        "DELETE FROM bound_credit",
        "UPDATE credit SET status = 'PENDING', decided_at = NULL",
        "UPDATE credit SET credits = 2",
        "UPDATE credit SET person_id = 2",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_issued(ann: Actor, cem: Actor, statement: str) -> None:
    certified.issued(ann, by=cem)
    before = certified.rows(Certificate), certified.rows(BoundCredit)
    with pytest.raises(IntegrityError, match="is never changed"), Session(db.engine()) as session:
        session.execute(text(statement))
    assert (certified.rows(Certificate), certified.rows(BoundCredit)) == before


def test_without_an_open_track_a_bound_credit_says_for_which_certificate_it_counted(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    participations.withdraw(ann, certified.open_ones(ann)[0].id or 0)
    told = {one.why_not for one in credits.listing(ann).listed}
    assert told == {f"It counted for the certificate {number} and does not count again."}
