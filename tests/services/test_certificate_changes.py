"""After the issue: replaced by a corrected certificate, or revoked; always with a reason, never edited."""

from datetime import date
from pathlib import Path

import pytest

from models.certificates import BoundCredit, Certificate, CertificateFile
from models.errors import NotAllowed, NotFound, Problems, WrongState
from services import certificate_changes, certificate_pages, participations, review, submissions
from services.access import Actor
from tests import certified, make
from tests.certified import STAFF


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def supersede(by: Actor, number: str, **values: object) -> str:
    return certificate_changes.supersede(by, number, {"name": "Ann Ames", "reason": "It was misspelt.", **values})


def test_a_corrected_certificate_takes_its_place_with_the_same_days(ann: Actor, cem: Actor) -> None:
    first = certified.issued(ann, by=cem)
    make.later(days=10)
    dot = make.coordinator("Dot Dale")

    second = supersede(dot, first, name="  Anne   Ames ")

    old, new = certified.certificate(first), certified.certificate(second)
    assert (old.status, old.reason, old.ended_by_id) == ("SUPERSEDED", "It was misspelt.", dot.person_id)
    assert (new.number, new.status, new.replaces_id) == ("MT-2026-000002", "VALID", old.id)
    assert (new.issued_on, new.due_on) == (old.issued_on, old.due_on) == (date(2026, 11, 23), date(2030, 11, 23))
    assert new.code != old.code
    assert old.snapshot["name"] == "Ann Ames"
    assert new.snapshot == {**old.snapshot, "name": "Anne Ames", "signer": "Dot Dale"}
    assert len(certified.rows(CertificateFile)) == 2
    assert certified.participation(old.participation_id).status == "ISSUED"


def test_each_says_by_which_it_was_replaced_and_which_it_replaces(ann: Actor, cem: Actor) -> None:
    first = certified.issued(ann, by=cem)
    second = supersede(cem, first, name="Anne Ames")
    third = supersede(cem, second, name="Anna Ames")
    shown = [certificate_pages.show(ann, number) for number in (first, second, third)]
    assert [(one.replaces, one.replaced_by, one.standing) for one in shown] == [
        (None, second, "SUPERSEDED"),
        (first, third, "SUPERSEDED"),
        (second, None, "VALID"),
    ]
    with pytest.raises(WrongState, match=f"The certificate {first} was already superseded"):
        supersede(cem, first, name="Annie Ames")


def test_its_credits_stay_counted_and_say_so_by_the_new_number(ann: Actor, cem: Actor) -> None:
    first = certified.issued(ann, by=cem)
    claim_id = participations.show(ann, 1).rows[0].claim_id or 0
    second = supersede(cem, first, name="Anne Ames")
    with pytest.raises(WrongState, match=f"It counted for the certificate {second}"):
        review.reopen(cem, claim_id, "A reason.")


def test_a_track_that_the_credits_meet_can_be_corrected_with_all_that_the_certificate_says(cem: Actor) -> None:
    ann = make.person()
    first = certified.issued(ann, by=cem, events=STAFF, key="staff")
    bound = certified.rows(BoundCredit)

    second = supersede(cem, first, track=str(make.track("trustee")))

    new = certified.certificate(second)
    assert (new.snapshot["track"], new.snapshot["total"]) == ("Trustee", "15 credits")
    assert [line["label"] for line in new.snapshot["lines"]] == ["Library Administration", "Any category"]
    counted = {label for one in new.snapshot["credits"] for label in one["counted"]}
    assert counted == {"Library Administration", "Any category"}
    part = certified.participation(new.participation_id)
    assert (part.track_id, part.track_version_id) == (make.track("trustee"), new.track_version_id)
    (renewal,) = certified.open_ones(ann)
    assert (renewal.track_id, renewal.renewal) == (make.track("trustee"), True)
    assert certified.rows(BoundCredit) == bound


def test_a_renewal_moved_to_a_track_without_a_certificate_is_judged_as_a_first_one(cem: Actor) -> None:
    """60 credits of anything renew a Library Administrator; they do not make one."""
    ann = make.person()
    certified.issued(ann, by=cem, events=STAFF, key="staff")
    make.later(days=60)
    (renewal,) = certified.open_ones(ann)
    for title, values in {**STAFF, "Websites": {"technology": "30"}}.items():
        certified.approved(ann, f"{title} II", by=cem, credits=values)
    submissions.submit(ann, renewal.id or 0)
    submissions.approve(cem, renewal.id or 0)
    second = certified.verify(cem, renewal.id or 0).certificate or ""
    assert certified.certificate(second).snapshot["renewal"] is True
    with pytest.raises(Problems, match="The credits do not meet Library Administrator"):
        supersede(cem, second, track=str(make.track("administrator")))

    third = supersede(cem, second, track=str(make.track("trustee")))

    assert certified.certificate(third).snapshot["renewal"] is False
    assert certified.participation(renewal.id or 0).renewal is False


def test_a_track_that_the_credits_do_not_meet_is_refused_and_nothing_changes(ann: Actor, cem: Actor) -> None:
    first = certified.issued(ann, by=cem)
    before = certified.participation(1)
    with pytest.raises(Problems) as refused:
        supersede(cem, first, track=str(make.track("staff")))
    assert list(refused.value.by_field) == ["track"]
    assert refused.value.by_field["track"].startswith("The credits do not meet Library Staff. Library Services")
    assert certified.certificate(first).status == "VALID"
    assert certified.participation(1) == before
    assert len(certified.rows(Certificate)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Ann \U00013080"}, "name"),
        ({}, "name"),
        ({"name": "Anne", "reason": " "}, "reason"),
        ({"track": "999"}, "track"),
        ({"track": "staff"}, "track"),
    ],
)
def test_a_mistake_is_told_at_its_field(ann: Actor, cem: Actor, typed: dict[str, object], field: str) -> None:
    first = certified.issued(ann, by=cem)
    with pytest.raises(Problems) as refused:
        supersede(cem, first, **typed)
    assert list(refused.value.by_field) == [field]
    assert certified.certificate(first).status == "VALID"


def test_revoked_it_stands_no_more_and_its_credits_never_count_again(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    claim_id = participations.show(ann, 1).rows[0].claim_id or 0

    certificate_changes.revoke(cem, number, "  The events never took place. ")

    row = certified.certificate(number)
    assert (row.status, row.reason, row.ended_at) == ("REVOKED", "The events never took place.", make.NOON)
    assert participations.show(ann, certified.open_ones(ann)[0].id or 0).evaluation.earned == 0
    with pytest.raises(WrongState, match=f"It counted for the certificate {number}"):
        review.reopen(cem, claim_id, "A reason.")
    for again in (
        lambda: certificate_changes.revoke(cem, number, "Again."),
        lambda: supersede(cem, number, name="Anne Ames"),
    ):
        with pytest.raises(WrongState, match="was already revoked"):
            again()


def test_to_revoke_needs_a_reason(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    with pytest.raises(Problems):
        certificate_changes.revoke(cem, number, "\n")
    assert certified.certificate(number).status == "VALID"


def test_letters_and_audit_lines_tell_of_both(ann: Actor, cem: Actor) -> None:
    first = certified.issued(ann, by=cem)
    second = supersede(cem, first, name="Anne Ames")
    certificate_changes.revoke(cem, second, "Never took place.")
    subjects = [letter.subject for letter in certified.letters_to(ann)][1:]
    assert subjects == [
        f"Your certificate {first} was replaced by {second}",
        f"Your certificate {second} was revoked",
    ]
    assert "The reason: It was misspelt." in certified.letters_to(ann)[1].body
    told = [(line.action, line.details.get("reason")) for line in certified.deeds(ann, "certificate")]
    assert told == [
        ("certificate:issued", None),
        ("certificate:superseded", "It was misspelt."),
        ("certificate:revoked", "Never took place."),
    ]


def test_nobody_changes_her_own_and_only_coordinators_change(cem: Actor) -> None:
    dot = make.coordinator("Dot Dale")
    number = certified.issued(cem, by=dot)
    for deed in (
        lambda who: supersede(who, number, name="Cem C. Coole"),
        lambda who: certificate_changes.revoke(who, number, "A reason."),
    ):
        with pytest.raises(NotAllowed, match="your own certificate"):
            deed(cem)
        with pytest.raises(NotFound):
            deed(make.person(f"Dia Dunn{id(deed)}"))
    assert not certificate_pages.show(cem, number).may_change
    assert certificate_pages.show(dot, number).may_change
