"""What a revoked certificate leaves: there is nothing to renew, so the open record is a first one again."""

from pathlib import Path

import pytest

from services import certificate_changes, participations, submissions
from services.access import Actor
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_its_renewal_is_a_first_certification_again(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem, events=certified.STAFF, key="staff")
    certificate_changes.revoke(cem, number, "The events never took place.")
    (one,) = certified.open_ones(ann)
    assert (one.renewal, one.due_on, one.counts_after) == (False, None, None)
    page = participations.show(ann, one.id or 0)
    assert (len(page.evaluation.requirements) > 1, page.evaluation.earned) == (True, 0)


def test_what_is_taken_up_after_it_is_a_first_certification(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    participations.withdraw(ann, certified.open_ones(ann)[0].id or 0)
    certificate_changes.revoke(cem, number, "The events never took place.")
    one = participations.show(ann, participations.add(ann, make.track("trustee"))).participation
    assert (one.renewal, one.due_on, one.counts_after) == (False, None, None)


def test_a_renewal_that_is_reviewed_is_to_be_reviewed_by_the_other_rules(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    make.later(days=60)
    for title, credits in certified.TRUSTEE.items():
        certified.approved(ann, f"{title} II", by=cem, credits=credits)
    (renewal,) = certified.open_ones(ann)
    submissions.submit(ann, renewal.id or 0)
    submissions.approve(cem, renewal.id or 0)
    certificate_changes.revoke(cem, number, "The events never took place.")
    assert certified.participation(renewal.id or 0).reviewed_at is None


def test_an_earlier_certificate_that_stands_keeps_it_a_renewal(ann: Actor, cem: Actor) -> None:
    certified.issued(ann, by=cem)
    make.later(days=60)
    for title, credits in certified.TRUSTEE.items():
        certified.approved(ann, f"{title} II", by=cem, credits=credits)
    (renewal,) = certified.open_ones(ann)
    submissions.submit(ann, renewal.id or 0)
    submissions.approve(cem, renewal.id or 0)
    second = certified.verify(cem, renewal.id or 0).certificate or ""
    certificate_changes.revoke(cem, second, "The events never took place.")
    (one,) = certified.open_ones(ann)
    assert one.renewal is True
