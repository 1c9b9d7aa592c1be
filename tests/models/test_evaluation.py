"""What a record is worth against Montana's tracks, and why a credit does not count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from models.evaluation import Record, evaluate
from tests.models.records import TODAY, credit, montana, rules


def test_thirty_in_administration_and_thirty_of_anything_make_a_library_administrator() -> None:
    record = Record([credit(1, "administration", "30"), credit(2, "technology", "12"), credit(3, "collections", "18")])

    evaluation = evaluate(montana("administrator"), record, TODAY)

    assert evaluation.is_met
    assert (evaluation.needed, evaluation.earned, evaluation.missing) == (60, 60, 0)
    assert evaluation.credits[1].where == {"Library Administration": 30}
    assert evaluation.credits[2].where == {"Any category": 12}


def test_sixty_credits_without_administration_are_not_enough_at_first_but_renew() -> None:
    record = Record([credit(1, "technology", "60")])
    first = evaluate(montana("administrator"), record, TODAY)
    assert [(met.requirement.key, met.earned, met.missing) for met in first.requirements] == [
        ("administration", 0, 30),
        ("any", 30, 0),
    ]
    assert not first.is_met
    assert evaluate(montana("administrator", renewal=True), record, TODAY).is_met


def test_staff_need_five_in_each_category_and_the_rest_may_be_anything() -> None:
    keys = ["administration", "public_services", "collections", "technology"]
    record = Record([*(credit(id, key, "5") for id, key in enumerate(keys)), credit(9, "technology", "40")])
    assert evaluate(montana("staff"), record, TODAY).is_met
    without_one = Record([one for one in record.credits if one.category != "collections"])
    evaluation = evaluate(montana("staff"), without_one, TODAY)
    assert [met.requirement.key for met in evaluation.requirements if not met.is_met] == ["collections"]
    assert evaluation.missing == 5


def test_one_credit_may_count_in_two_places_but_only_once_in_all() -> None:
    evaluation = evaluate(montana("trustee"), Record([credit(1, "administration", "12.5")]), TODAY)
    assert evaluation.credits[1].where == {
        "Library Administration": 10,
        "Any category": Decimal("2.5"),
    }
    assert (evaluation.earned, evaluation.missing) == (Decimal("12.5"), Decimal("2.5"))


def test_pending_credits_stand_apart_and_let_a_track_be_submitted_but_not_met() -> None:
    record = Record([credit(1, "administration", "10"), credit(2, "technology", "5", status="PENDING")])
    evaluation = evaluate(montana("trustee"), record, TODAY)
    assert (evaluation.earned, evaluation.pending, evaluation.missing) == (10, 5, 0)
    assert evaluation.can_be_submitted
    assert not evaluation.is_met


def test_pending_only_fills_what_approved_leaves_open() -> None:
    record = Record([credit(1, "technology", "5", status="PENDING"), credit(2, "technology", "5")])
    evaluation = evaluate(montana("trustee"), record, TODAY)
    assert (evaluation.earned, evaluation.pending) == (5, 0)
    assert evaluation.credits[2].where == {"Any category": 5}
    assert evaluation.credits[1].where == {}


def test_two_of_three_categories_together_as_in_wisconsin() -> None:
    """70 hours from A and B in whatever shares, 30 more from anywhere: at most 30 of C can count."""
    wisconsin = rules(ab=("70", "a b"), any=("30", ""))
    balanced = Record([credit(1, "a", "45"), credit(2, "b", "25"), credit(3, "c", "30")])
    much_c = Record([credit(1, "a", "45"), credit(2, "c", "60")])
    assert evaluate(wisconsin, balanced, TODAY).is_met
    evaluation = evaluate(wisconsin, much_c, TODAY)
    assert [(met.requirement.key, met.earned) for met in evaluation.requirements] == [("ab", 45), ("any", 30)]
    assert evaluation.credits[2].why_not == "30 of it is more than the track needs."


def test_a_credit_gives_way_where_another_can_count_nowhere_else() -> None:
    """`any` comes first and takes A; B fits only there, so A moves to the requirement of its own."""
    record = Record([credit(1, "a", "2"), credit(2, "b", "2")])
    evaluation = evaluate(rules(any=("2", ""), own=("2", "a")), record, TODAY)
    assert evaluation.is_met
    assert evaluation.credits[1].where == {"own": 2}
    assert evaluation.credits[2].where == {"any": 2}


def test_it_gives_way_to_a_pending_credit_too_and_both_lists_say_the_same() -> None:
    record = Record([credit(1, "a", "2"), credit(2, "b", "2", status="PENDING")])
    evaluation = evaluate(rules(any=("2", ""), own=("2", "a")), record, TODAY)
    assert evaluation.can_be_submitted
    assert [counted.where for counted in evaluation.credits.values()] == [{"own": 2}, {"any": 2}]


@pytest.mark.parametrize(("first_day", "first_id"), [(TODAY - timedelta(days=9), 2), (TODAY - timedelta(days=8), 1)])
def test_the_earlier_event_counts_first_and_on_the_same_day_the_lower_id(first_day: date, first_id: int) -> None:
    later = credit(1, "technology", "5", day=TODAY - timedelta(days=8))
    earlier = credit(2, "technology", "5", day=first_day)
    evaluation = evaluate(rules(technology=("5", "technology")), Record([later, earlier]), TODAY)
    counting = [id for id, counted in evaluation.credits.items() if counted.where]
    assert counting == [first_id]


def test_what_is_left_over_says_so() -> None:
    record = Record([credit(1, "a", "4"), credit(2, "a", "3.5"), credit(3, "a", "1"), credit(4, "b", "1")])
    evaluation = evaluate(rules(a=("5", "a")), record, TODAY)
    complete = "Nothing that it could count for is missing: those requirements are complete."
    assert [evaluation.credits[id].why_not for id in (1, 2, 3)] == [
        "",
        "2.5 of it is more than the track needs.",
        complete,
    ]
    assert evaluation.credits[2].where == {"a": 1}


def test_a_category_that_the_track_never_asks_for_is_not_called_complete() -> None:
    evaluation = evaluate(rules(a=("5", "a")), Record([credit(1, "b", "1")]), TODAY)
    assert evaluation.credits[1].where == {}
    assert evaluation.credits[1].why_not
    assert "complete" not in evaluation.credits[1].why_not


def test_a_credit_counts_through_its_expiration_date_and_not_a_day_longer() -> None:
    record = Record([credit(1, "technology", "5", day=date(2022, 11, 23))])
    track = montana("trustee")
    assert evaluate(track, record, date(2026, 11, 23)).earned == 5
    expired = evaluate(track, record, date(2026, 11, 24))
    assert expired.earned == 0
    assert expired.credits[1].why_not == "It expired on Mon, Nov 23, 2026."


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("DECLINED", "Declined, so it does not count."), ("WITHDRAWN", "Withdrawn, so it does not count.")],
)
def test_declined_and_withdrawn_credits_do_not_count(status: str, sentence: str) -> None:
    evaluation = evaluate(montana("staff"), Record([credit(1, "technology", "5", status=status)]), TODAY)
    assert (evaluation.earned, evaluation.pending) == (0, 0)
    assert evaluation.credits[1].why_not == sentence


def test_what_ended_before_the_last_submission_belongs_to_the_period_before() -> None:
    submitted = datetime(2026, 6, 1, 18, 0, tzinfo=UTC)
    used = replace(credit(1, "technology", "5"), ended_at=submitted)
    fresh = replace(credit(2, "technology", "5"), ended_at=submitted + timedelta(seconds=1))
    evaluation = evaluate(montana("trustee"), Record([used, fresh], counts_after=submitted), TODAY)
    assert evaluation.earned == 5
    assert evaluation.credits[1].why_not.startswith("It belongs to the period before")
    assert evaluation.credits[2].why_not == ""


def test_an_empty_record_misses_everything() -> None:
    evaluation = evaluate(montana("administrator"), Record([]), TODAY)
    assert (evaluation.earned, evaluation.pending, evaluation.missing) == (0, 0, 60)
    assert not evaluation.can_be_submitted


def test_a_version_without_requirements_cannot_be_submitted() -> None:
    """Montana's frame of 2026 has no numbers yet: nobody may be certified by it."""
    evaluation = evaluate(rules(), Record([credit(1, "technology", "60")]), TODAY)
    assert not evaluation.can_be_submitted
    assert not evaluation.is_met


def test_each_version_keeps_its_own_numbers() -> None:
    """30 in administration and 30 of technology: enough in 2023, not by the manual of 2009."""
    record = Record([credit(1, "administration", "30"), credit(2, "technology", "30")])
    assert evaluate(montana("administrator"), record, TODAY).is_met
    before = evaluate(montana("administrator", version="2009"), record, TODAY)
    assert [(met.requirement.key, met.missing) for met in before.requirements if not met.is_met] == [
        ("public_services", 10),
        ("collections", 10),
    ]


def test_of_a_submitted_record_only_what_is_on_its_list_and_confirmed_counts() -> None:
    """The first is listed and confirmed, the second not confirmed, the third was claimed after the submission."""
    three = [credit(id, "administration", "10") for id in (1, 2, 3)]
    record = Record(three, submitted=frozenset({1, 2}), not_confirmed={2: ""})
    evaluation = evaluate(montana("trustee"), record, TODAY)
    assert (evaluation.earned, evaluation.missing) == (10, 5)
    assert [evaluation.credits[id].why_not for id in (1, 2, 3)] == [
        "",
        "The supervisor did not confirm it.",
        "It is not on the list that was submitted.",
    ]


def test_what_counted_for_a_certificate_does_not_count_again() -> None:
    bound = replace(credit(1, "administration", "15"), bound_to="MT-2026-000123")
    evaluation = evaluate(montana("trustee"), Record([bound]), TODAY)
    assert evaluation.earned == 0
    assert evaluation.credits[1].why_not == "It counted for the certificate MT-2026-000123 and does not count again."
