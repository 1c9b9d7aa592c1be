"""How much credit attendance gives: the whole, a part in steps of .5, or nothing, by the program's rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.attendance import AttendanceRule, credits_for

HALVES = st.integers(1, 80).map(lambda halves: Decimal(halves) / 2)
MONTANA = AttendanceRule(presenting_factor=2)


@pytest.mark.parametrize(
    ("credits", "length", "minutes", "worth"),
    [
        ("2", 120, 120, "2"),
        ("2", 120, 500, "2"),
        ("2", 120, 119, "1.5"),
        ("2", 120, 60, "1"),
        ("2", 120, 29, "0"),
        ("2", 120, 30, "0.5"),
        ("1", 45, 44, "0.5"),
        ("0.5", 30, 29, "0"),
        ("4", 0, 0, "4"),
    ],
)
def test_a_part_of_the_time_gives_that_part_of_the_credit_rounded_down(
    credits: str, length: int, minutes: int, worth: str
) -> None:
    assert credits_for(Decimal(credits), length, minutes, MONTANA) == Decimal(worth)


def test_a_program_may_give_all_or_nothing_or_ask_for_a_whole_credit() -> None:
    strict = AttendanceRule(partial=False)
    assert [credits_for(Decimal(2), 120, minutes, strict) for minutes in (119, 120)] == [0, 2]
    whole = AttendanceRule(smallest=Decimal(1))
    assert [credits_for(Decimal(2), 120, minutes, whole) for minutes in (59, 60)] == [0, 1]


def test_a_presenter_gets_the_factor_of_the_whole_where_the_program_has_one() -> None:
    assert credits_for(Decimal(4), 240, 10, MONTANA, presenter=True) == 8
    assert credits_for(Decimal(4), 240, 240, AttendanceRule(), presenter=True) == 4


@given(credits=HALVES, length=st.integers(1, 20_000), minutes=st.integers(0, 20_000))
def test_it_is_never_more_than_the_whole_nor_more_than_the_time_and_never_falls_with_it(
    credits: Decimal, length: int, minutes: int
) -> None:
    worth = credits_for(credits, length, minutes, MONTANA)
    assert 0 <= worth <= credits
    assert worth % Decimal("0.5") == 0
    assert minutes >= length or worth * length <= credits * minutes
    assert worth <= credits_for(credits, length, minutes + 1, MONTANA)
