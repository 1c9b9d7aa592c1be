"""The supervisor's verification, as a coordinator records it."""

from datetime import date
from pathlib import Path

import pytest

from models.certificates import BoundCredit, Certificate
from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.verifications import Verification
from services import people, review, submissions, verifications
from services.access import Actor
from tests import certified, make
from tests.certified import SPARE, TRUSTEE


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_who_verified_when_and_how_is_kept_for_every_credit(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem, events={**TRUSTEE, **SPARE})

    certified.verify(cem, part, without=["Weeding"], verifier_name="  Bea   Board ", how="phone")

    kept = {one.credit_id: one for one in certified.rows(Verification)}
    results = {title: str(kept[credit_id].result) for title, credit_id in certified.listed(part).items()}
    assert results == {"Budgets": "CONFIRMED", "Websites": "CONFIRMED", "Weeding": "NOT_CONFIRMED"}
    one = kept[min(kept)]
    assert (one.verifier_name, one.how, one.verified_on) == ("Bea Board", "phone", date(2026, 11, 20))
    assert (one.recorded_by_id, one.recorded_at, one.submission) == (cem.person_id, make.NOON, 1)
    deed = next(line for line in certified.deeds(ann, "participation") if line.action == "participation:verified")
    assert deed.actor_id == cem.person_id
    assert deed.details == {
        "title": "Trustee", "verifier": "Bea Board", "how": "phone", "verified_on": "2026-11-20"}  # fmt: skip


def test_a_credit_that_is_not_confirmed_drops_out_and_the_rest_makes_the_certificate(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem, events={**TRUSTEE, **SPARE})
    listed = certified.listed(part)

    recorded = certified.verify(cem, part, without=["Websites"])

    assert (recorded.certificate, recorded.returned) == ("MT-2026-000001", "")
    assert {one.credit_id for one in certified.rows(BoundCredit)} == {listed["Budgets"], listed["Weeding"]}
    titles = [one["title"] for one in certified.certificate("MT-2026-000001").snapshot["credits"]]
    assert sorted(titles) == ["Budgets", "Weeding"]


def test_if_the_rest_does_not_suffice_the_record_is_returned_with_a_note(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)

    recorded = certified.verify(cem, part, without=["Websites"])

    refused = "Your supervisor did not confirm 5 credits (“Websites”), and the rest is not enough."
    note = f"{refused} Any category: 5 credits missing of 5."
    assert (recorded.certificate, recorded.returned) == (None, note)
    row = certified.participation(part)
    assert (row.status, row.returned_note, row.verified_at) == ("IN_PROGRESS", note, None)
    assert certified.rows(Certificate) == []
    assert certified.listed(part) == {}
    assert note in certified.letters_to(ann)[-1].body
    assert [line.action for line in certified.deeds(ann, "participation")][-2:] == [
        "participation:verified", "participation:returned"]  # fmt: skip


def test_submitted_again_it_is_verified_again(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    certified.verify(cem, part, without=["Websites"])
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    assert certified.verify(cem, part).certificate == "MT-2026-000001"
    assert sorted((one.submission, str(one.result)) for one in certified.rows(Verification)) == [
        (1, "CONFIRMED"), (1, "NOT_CONFIRMED"), (2, "CONFIRMED"), (2, "CONFIRMED")]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"verifier_name": "  "}, "verifier_name", "Enter who verified the credits."),
        ({"verifier_name": "x" * 201}, "verifier_name", "At most 200 characters, please."),
        ({"verifier_name": "ann  AMES"}, "verifier_name", "Nobody verifies her own record."),
        ({"how": "pigeon"}, "how", "Choose how the verification came."),
        ({"how": ""}, "how", "Choose how the verification came."),
        ({"verified_on": ""}, "verified_on", "Enter the day of the verification."),
        ({"verified_on": "2026-13-40"}, "verified_on", "Enter the day of the verification."),
        ({"verified_on": "2026-11-24"}, "verified_on", "The day lies in the future; today is Mon, Nov 23, 2026."),
        ({"confirmed": []}, "confirmed", "Check at least one credit."),
        ({"confirmed": [4711]}, "confirmed", "Check at least one credit."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_recorded(
    ann: Actor, cem: Actor, typed: dict[str, object], field: str, sentence: str
) -> None:
    part = certified.reviewed(ann, by=cem)
    with pytest.raises(Problems) as refused:
        certified.verify(cem, part, **typed)
    assert list(refused.value.by_field) == [field]
    assert refused.value.by_field[field].startswith(sentence)
    assert certified.rows(Verification) == []
    assert certified.participation(part).verified_at is None


def test_all_mistakes_are_told_at_once(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    with pytest.raises(Problems) as refused:
        verifications.record(cem, part, verifications.Told("", "", "", []))
    assert set(refused.value.by_field) == {"verifier_name", "how", "verified_on", "confirmed"}


def test_today_is_the_program_s_day_and_not_that_of_utc(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    make.later(hours=11)  # 11 PM on the 23rd in Denver, the 24th in UTC
    with pytest.raises(Problems, match="future"):
        certified.verify(cem, part, verified_on="2026-11-24")
    assert certified.verify(cem, part, verified_on="2026-11-23").certificate
    assert certified.certificate("MT-2026-000001").issued_on == date(2026, 11, 23)


def test_credits_of_others_or_of_later_days_cannot_be_confirmed(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    (foreign,) = make.credits_of(certified.approved(make.person("Dia Dunn"), "Hers", by=cem))
    (later,) = make.credits_of(certified.approved(ann, "Later", by=cem))
    ids = [*certified.listed(part).values(), foreign.id, later.id]

    assert certified.verify(cem, part, confirmed=ids).certificate

    listed = set(certified.listed(part).values())
    assert {one.credit_id for one in certified.rows(Verification)} == listed
    assert {one.credit_id for one in certified.rows(BoundCredit)} == listed


def test_not_before_the_review_not_twice_and_not_when_returned(ann: Actor, cem: Actor) -> None:
    part = certified.submitted(ann, by=cem)
    told = certified.told(part)
    with pytest.raises(WrongState, match="the coordinator's review comes before the verification"):
        verifications.record(cem, part, told)
    submissions.send_back(cem, part, "Look again.")
    with pytest.raises(WrongState, match="Only a submitted record can be verified; this one is in progress"):
        verifications.record(cem, part, told)
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    verifications.record(cem, part, told)
    with pytest.raises(WrongState, match="this one is issued"):
        verifications.record(cem, part, told)


def test_where_verification_comes_first_pending_credits_are_verified_and_the_review_follows(
    ann: Actor, cem: Actor
) -> None:
    certified.set_program(steps=["verification", "review"], claims="at_submission")
    part = certified.full_record(ann, by=None, events={**TRUSTEE, **SPARE})
    submissions.submit(ann, part)

    recorded = certified.verify(cem, part, without=["Websites"])

    assert (recorded.certificate, recorded.returned) == (None, "")
    with pytest.raises(WrongState, match="already recorded"):
        certified.verify(cem, part)
    assert submissions.approve(cem, part).certificate == "MT-2026-000001"
    assert len(certified.rows(BoundCredit)) == 2


def test_a_verified_record_keeps_the_decisions_it_was_verified_with(ann: Actor, cem: Actor) -> None:
    certified.set_program(steps=["verification", "review"])
    part = certified.full_record(ann, by=cem)
    yoga = make.claim(ann, "Yoga")
    submissions.submit(ann, part)
    review.decline(cem, [yoga], "No.")
    certified.verify(cem, part)
    with pytest.raises(WrongState, match="The supervisor has verified the record that it is on"):
        review.reopen(cem, yoga, "After all.")


def test_nobody_records_her_own_and_only_coordinators_record(ann: Actor, cem: Actor) -> None:
    dot = make.coordinator("Dot Dale")
    part = certified.reviewed(cem, by=dot)
    with pytest.raises(NotAllowed, match="your own record"):
        certified.verify(cem, part)
    for who in (ann, make.person("Dia Dunn")):
        with pytest.raises(NotFound):
            certified.verify(who, part)
    assert certified.verify(dot, part).certificate


def test_a_year_of_two_digits_is_told_at_its_field(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    with pytest.raises(Problems) as refused:
        certified.verify(cem, part, verified_on="0026-11-20")
    assert refused.value.by_field == {"verified_on": "Check the year."}


def test_the_history_says_who_verified_when_and_how(ann: Actor, cem: Actor) -> None:
    certified.verify(cem, certified.reviewed(ann, by=cem), how="phone")
    told = [one.what for one in people.whole_record(cem, ann.person_id).history]
    assert "Recorded the verification for Trustee: Bea Board, by phone, on Fri, Nov 20, 2026." in told
