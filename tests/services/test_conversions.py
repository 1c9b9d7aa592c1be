"""College coursework and presenting: credits are computed, shown as computed, and a topic counts so often."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.conversions import Conversion, in_words, most_in_a_period
from models.errors import Problems
from models.times import years_after
from services import credits, independent_events, queue, review
from services.access import Actor
from services.queue import QueueFilter
from tests import certified, make
from tests.handed_in import diploma
from tests.services.test_review_races import race


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def college(person: Actor, **changed: object) -> dict[str, object]:
    """A semester's course of three college credits, with its transcript."""
    told = {"conversion": "SEMESTER", "quantity": "3", "credits": "", "transcript": diploma(person, "transcript")}
    return make.entry("Cataloging 101", **told | changed)


def presented(title: str = "Budgets in Small Places", **changed: object) -> dict[str, object]:
    return make.entry(
        title, **{"conversion": "PRESENTING", "quantity": "1.5", "topic": "Budgets", "credits": ""} | changed
    )


@pytest.mark.parametrize(
    ("kind", "quantity", "words"),
    [
        ("SEMESTER", "3", "12 credits = 3 semester credits × 4"),
        ("QUARTER", "1", "2 credits = 1 quarter credit × 2"),
        ("PRESENTING", "1.5", "3 credits = 1.5 hours presented × 2"),
    ],
)
def test_the_credits_are_computed_and_the_coordinator_and_the_owner_see_how(
    ann: Actor, kind: str, quantity: str, words: str
) -> None:
    claim_id = independent_events.save(ann, college(ann, conversion=kind, quantity=quantity, topic="Budgets"))
    (how,) = certified.rows(Conversion)
    assert in_words(how) == words
    assert make.credits_of(claim_id)[0].credits == how.credits
    assert credits.entry(ann, claim_id).conversion == how
    assert queue.page(make.coordinator(), QueueFilter()).entries[0].computed == words


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"quantity": ""}, "quantity"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "1.3"}, "quantity"),
        ({"quantity": "NaN"}, "quantity"),
        ({"quantity": "999"}, "quantity"),
        ({"transcript": ""}, "transcript"),
        ({"transcript": "999999"}, "transcript"),
        ({"transcript": "99999999999"}, "transcript"),
        ({"conversion": "GUESSED"}, "conversion"),
        ({"conversion": "PRESENTING", "topic": " "}, "topic"),
    ],
)
def test_what_is_missing_is_said_at_its_field(ann: Actor, changed: dict[str, str], field: str) -> None:
    with pytest.raises(Problems) as refused:
        independent_events.save(ann, college(ann, **changed) | ({"credits": "1"} if "conversion" in changed else {}))
    assert list(refused.value.by_field) == [field]


def test_somebody_elses_transcript_and_a_diploma_are_none(ann: Actor) -> None:
    for file in (diploma(make.person("Bob Bell"), "transcript"), diploma(ann)):
        with pytest.raises(Problems, match="Choose the file with your transcript"):
            independent_events.save(ann, college(ann, transcript=file))


def test_a_topic_counts_twice_in_four_years_whatever_its_spelling(ann: Actor) -> None:
    cem = make.coordinator()
    first = independent_events.save(ann, presented("Budgets I", begin_date="2023-03-01", end_date="2023-03-01"))
    independent_events.save(ann, presented("Budgets II", topic="  BUDGETS! "), different=True)
    with pytest.raises(Problems) as refused:
        independent_events.save(ann, presented("Budgets III", topic="budgets"), different=True)
    assert refused.value.by_field["topic"] == (
        "A topic counts twice in 4 years, and you presented it before: "
        "“Budgets I”, Wed, Mar 1, 2023; “Budgets II”, Fri, Nov 20, 2026."
    )
    assert independent_events.save(ann, presented("Story Hours", topic="Story Hours"), different=True)
    review.decline(cem, [first], "It was not held.")
    assert independent_events.save(ann, presented("Budgets III"), different=True)


def test_of_sixteen_at_once_two_count(ann: Actor) -> None:
    every = [partial(independent_events.save, ann, presented(f"Budgets {turn}"), different=True) for turn in range(16)]
    answers = race(*every)
    assert sum("A topic counts twice" not in str(answer) for answer in answers) == 2
    assert len(certified.rows(Conversion)) == 2


def test_corrected_by_the_coordinator_the_computation_stays_while_it_is_right(ann: Actor) -> None:
    cem, claim_id = make.coordinator(), independent_events.save(ann, college(ann))
    values = make.entry("Cataloging 102", credits="12", reason="The title was wrong.")
    independent_events.correct_for(cem, claim_id, values)
    assert len(certified.rows(Conversion)) == 1
    independent_events.correct_for(cem, claim_id, values | {"credits": "8"})
    assert certified.rows(Conversion) == []


def test_changed_by_its_owner_to_what_was_attended_it_is_gone(ann: Actor) -> None:
    claim_id = independent_events.save(ann, college(ann))
    independent_events.change(ann, claim_id, make.entry("Cataloging 101", credits="12", conversion="ATTENDED"))
    assert certified.rows(Conversion) == []
    independent_events.change(ann, claim_id, college(ann, quantity="2"))
    assert make.credits_of(claim_id)[0].credits == Decimal(8)


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 12, 31)), max_size=8), st.dates(date(2000, 1, 1), date(2030, 12, 31))
)
def test_the_fullest_period_is_found(ends: list[date], new: date) -> None:
    found = most_in_a_period(ends, new, 4)
    every = [new - timedelta(days=back) for back in range(1461)]
    slow = max(sum(first <= day < years_after(first, 4) for day in [*ends, new]) for first in every
               if first <= new < years_after(first, 4))  # fmt: skip
    assert found == slow
