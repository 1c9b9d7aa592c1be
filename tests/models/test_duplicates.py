"""Which claims look like a second entry of the same thing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.duplicates import Attended, find_duplicates, mark_duplicates

TEN = datetime(2026, 9, 17, 16, 0, tzinfo=UTC)


def attended(
    claim_id: int,
    title: str = "Open Meetings",
    *,
    event_id: int | None = None,
    begins: datetime = TEN,
    hours: float = 1,
) -> Attended:
    """A claim of an event that began at ten in the morning in Denver, unless said otherwise."""
    return Attended(claim_id, event_id, title, begins, begins + timedelta(hours=hours), begins.date())


def whys(one: Attended, *others: Attended) -> list[str]:
    return [likeness.why for likeness in find_duplicates(one, others)]


def test_the_same_event_is_a_duplicate_whatever_it_is_called() -> None:
    first, again = attended(1, "Open Meetings", event_id=7), attended(2, "Meetings", event_id=7)
    assert whys(again, first) == ["The same event, “Open Meetings”, is in the list already."]


@pytest.mark.parametrize(
    "title",
    [
        "open meetings & public records",
        "Open Meetings and Public Records",
        "Public Records & Open Meetings",
        "Open Meetings: Public Records!",
        "Open Meetngs & Public Record",
        "Öpen Méetings & Públic Records",
        "  Open   Meetings  &  Public  Records ",
    ],
)
def test_almost_the_same_title_within_a_day_is_a_duplicate(title: str) -> None:
    known = attended(1, "Open Meetings & Public Records")
    typed = attended(2, title, begins=TEN + timedelta(days=1))
    assert whys(typed, known) == [
        "“Open Meetings & Public Records” on Thu, Sep 17, 2026 has almost the same title and day."
    ]


def test_the_parts_of_a_series_on_one_day_are_different_events() -> None:
    first = attended(1, "Cataloging Local History Collections, Part 1")
    second = attended(2, "Cataloging Local History Collections, Part 2", begins=TEN + timedelta(hours=2))
    assert whys(second, first) == []


def test_the_same_title_two_days_later_is_another_meeting() -> None:
    assert whys(attended(2, begins=TEN + timedelta(days=2)), attended(1)) == []


def test_other_titles_on_the_same_day_are_other_events() -> None:
    assert whys(attended(2, "Story Hours", begins=TEN + timedelta(hours=2)), attended(1, "Weeding")) == []


def test_nobody_is_in_two_places_at_once() -> None:
    weeding = attended(1, "Weeding")
    assert whys(attended(2, "Story Hours", begins=TEN + timedelta(minutes=59)), weeding) == [
        "“Weeding” on Thu, Sep 17, 2026 was held at the same time."
    ]
    assert whys(attended(3, "Story Hours", begins=TEN + timedelta(minutes=60)), weeding) == []


def test_a_course_that_is_open_for_weeks_overlaps_with_nothing() -> None:
    course, webinar = attended(1, "Cataloging Online", hours=24 * 21), attended(2, "Weeding", begins=TEN)
    assert whys(webinar, course) == []
    assert whys(course, webinar) == []


def test_a_claim_is_no_duplicate_of_itself() -> None:
    assert whys(attended(1), attended(1)) == []


def test_of_two_alike_the_later_entry_is_marked_and_names_the_earlier() -> None:
    marked = mark_duplicates([attended(4, "Open meetings"), attended(9, "Open Meetings")])
    assert {claim_id: likeness.claim_id for claim_id, likeness in marked.items()} == {9: 4}
    assert marked[9].why == "“Open meetings” on Thu, Sep 17, 2026 has almost the same title and day."


def test_the_sentence_names_the_earlier_entry_even_if_its_event_was_the_later_one() -> None:
    entered_first = attended(4, "Open meetings", begins=TEN + timedelta(days=1))
    entered_second = attended(9, "Open Meetings!")
    marked = mark_duplicates([entered_first, entered_second])
    assert marked[9].claim_id == 4
    assert marked[9].why == "“Open meetings” on Fri, Sep 18, 2026 has almost the same title and day."


@pytest.mark.parametrize("title", ["…", "🎉", "???"])
def test_titles_without_a_letter_are_alike_only_if_they_are_the_same(title: str) -> None:
    assert whys(attended(2, title, begins=TEN + timedelta(hours=2)), attended(1, "!!")) == []


titles = st.sampled_from(["Open Meetings", "open meeting", "Weeding", "Story Hours", "Story Hour", "Budgets"])
claims = st.lists(
    st.tuples(titles, st.integers(0, 96), st.sampled_from([0.5, 2, 30]), st.sampled_from([None, None, 5])), max_size=9
).map(
    lambda facts: [
        attended(id, title, event_id=event_id, begins=TEN if event_id else TEN + timedelta(hours=hour), hours=length)
        for id, (title, hour, length, event_id) in enumerate(facts, 1)
    ]
)


@given(claims)
def test_marked_is_whoever_looks_like_something_entered_before(list_of_one: list[Attended]) -> None:
    """The quick way through the list finds what comparing every pair finds."""
    by_pairs = {
        one.claim_id
        for one in list_of_one
        if find_duplicates(one, [x for x in list_of_one if x.claim_id < one.claim_id])
    }
    marked = mark_duplicates(list_of_one)
    assert set(marked) == by_pairs
    by_id = {one.claim_id: one for one in list_of_one}
    for claim_id, likeness in marked.items():
        assert likeness.claim_id < claim_id
        assert likeness in find_duplicates(by_id[claim_id], [by_id[likeness.claim_id]])


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    a, b = attended(1, one), attended(2, other, begins=TEN + timedelta(hours=3))
    assert bool(whys(a, b)) == bool(whys(b, a))
