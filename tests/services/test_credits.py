"""Edit CE Credits: the list, what each credit counts for, filters and totals."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import NotFound
from services import credits, independent_events, participations, review
from services.access import Actor
from services.credits import CreditList
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def approved(cem: Actor, ann: Actor, title: str, key: str, value: str, *, days: int = 1) -> int:
    claim_id = make.claim(ann, title, ended=timedelta(days=days), credits={key: value})
    review.approve(cem, [claim_id])
    return claim_id


def titles(found: CreditList) -> list[str]:
    return [one.row.title for one in found.listed]


def test_every_credit_is_listed_with_category_status_and_expiration_newest_event_first(ann: Actor, cem: Actor) -> None:
    approved(cem, ann, "Older", "administration", "1.5", days=30)
    make.claim(ann, "Newer", ended=timedelta(days=1), credits={"technology": "0.5"})

    newer, older = credits.listing(ann).listed

    assert (newer.row.title, newer.category, newer.row.status, newer.row.credits) == (
        "Newer", "Technology", "PENDING", Decimal("0.5"))  # fmt: skip
    assert (older.row.title, older.category, older.row.status) == ("Older", "Library Administration", "APPROVED")
    assert (newer.expires_on, older.expires_on) == (date(2030, 11, 22), date(2030, 10, 24))


def test_a_credit_expires_by_the_local_day_of_its_event(ann: Actor) -> None:
    """11 PM in Honolulu on the 21st is already the 22nd in UTC."""
    ended = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    make.claim(ann, ended=make.NOON - ended, zone="Pacific/Honolulu")
    assert credits.listing(ann).listed[0].expires_on == date(2030, 11, 21)


def test_without_a_track_the_list_says_what_to_do(ann: Actor) -> None:
    make.claim(ann)
    (one,) = credits.listing(ann).listed
    assert (one.period, one.counts_for, one.why_not) == ("", "", "Take up a track, and it counts toward it.")


def test_each_credit_says_where_it_counts_or_why_not(ann: Actor, cem: Actor) -> None:
    participations.add(ann, make.track("trustee"))
    approved(cem, ann, "Budget", "administration", "12", days=3)
    declined = make.claim(ann, "Yoga", ended=timedelta(days=2))
    review.decline(cem, [declined], "No.")

    yoga, budget = credits.listing(ann).listed

    assert budget.period == "Trustee, since 2026"
    assert budget.counts_for == "10 toward Library Administration; 2 toward Any category"
    assert (yoga.counts_for, yoga.why_not) == ("", "Declined, so it does not count.")


def test_totals_by_category_and_status_name_every_category_of_the_program(ann: Actor, cem: Actor) -> None:
    approved(cem, ann, "One", "administration", "1.5")
    approved(cem, ann, "Two", "administration", "2")
    make.claim(ann, "Three", credits={"administration": "4", "technology": "0.5"})
    review.decline(cem, [make.claim(ann, "Four", credits={"technology": "8"})], "No.")
    independent_events.withdraw(ann, make.claim(ann, "Five", credits={"technology": "16"}))
    totals = [(one.category, str(one.approved), str(one.pending), str(one.declined)) for one in
              credits.listing(ann).totals]  # fmt: skip
    assert totals == [
        ("Library Administration", "3.5", "4.0", "0"),
        ("Library Services to the Public", "0", "0", "0"),
        ("Collection Management and Technical Services", "0", "0", "0"),
        ("Technology", "0", "0.5", "8.0"),
    ]


def test_the_status_filter_shows_and_sums_only_that_status(ann: Actor, cem: Actor) -> None:
    approved(cem, ann, "Approved", "administration", "1")
    make.claim(ann, "Pending")
    independent_events.withdraw(ann, make.claim(ann, "Withdrawn"))

    assert titles(credits.listing(ann, status="APPROVED")) == ["Approved"]
    assert titles(credits.listing(ann, status="WITHDRAWN")) == ["Withdrawn"]
    assert sorted(titles(credits.listing(ann))) == ["Approved", "Pending"]
    assert [total.pending for total in credits.listing(ann, status="APPROVED").totals] == [0, 0, 0, 0]


def test_the_period_filter_shows_what_counts_in_it_or_in_none(ann: Actor, cem: Actor) -> None:
    participation_id = participations.add(ann, make.track("staff"))
    approved(cem, ann, "Counts", "administration", "1")
    declined = make.claim(ann, "Does not")
    review.decline(cem, [declined], "No.")

    found = credits.listing(ann, period=str(participation_id))

    assert found.periods == {str(participation_id): "Library Staff, since 2026"}
    assert titles(found) == ["Counts"]
    assert titles(credits.listing(ann, period="none")) == ["Does not"]


def test_a_credit_that_counts_on_two_open_tracks_is_found_under_both(ann: Actor, cem: Actor) -> None:
    both = [participations.add(ann, make.track("staff")), participations.add(ann, make.track("trustee"))]
    approved(cem, ann, "Counts twice until one is issued", "administration", "1")
    assert [len(credits.listing(ann, period=str(one)).listed) for one in both] == [1, 1]
    assert credits.listing(ann, period="none").listed == []


def test_a_period_that_ended_with_a_certificate_is_not_offered_before_it_binds_credits(ann: Actor) -> None:
    make.issued(ann, "staff", begins_on=date(2020, 5, 1))
    assert credits.listing(ann).periods == {}


def test_duplicates_are_marked_on_the_later_entry(ann: Actor) -> None:
    first, second = make.own_entry(ann), make.own_entry(ann, credits="1")
    marked = {one.row.claim_id: one.duplicate for one in credits.listing(ann).listed}
    assert marked[first] is None
    assert marked[second] is not None
    assert marked[second].claim_id == first


def test_a_coordinator_sees_anybodys_list_and_nobody_else_does(ann: Actor, cem: Actor) -> None:
    make.claim(ann)
    assert titles(credits.listing(cem, person_id=ann.person_id)) == ["Open Meetings"]
    with pytest.raises(NotFound):
        credits.listing(make.person("Dia Dunn"), person_id=ann.person_id)
    with pytest.raises(NotFound):
        credits.listing(cem, person_id=999)


def test_one_entry_is_shown_to_its_owner_and_to_coordinators(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    mine, hers = credits.entry(ann, claim_id), credits.entry(cem, claim_id)
    assert (mine.is_own, hers.is_own, hers.owner) == (True, False, "Ann Ames")
    for foreign_or_missing in (claim_id, 999):
        with pytest.raises(NotFound) as refused:
            credits.entry(make.person(f"Dia Dunn{foreign_or_missing}"), foreign_or_missing)
        assert str(refused.value) == str(NotFound())
