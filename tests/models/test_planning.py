"""The pace that is left: enough for every day until the due day, and never far too much."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.planning import forecast, pace

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("missing", "due", "a_month"),
    [("24", date(2027, 11, 23), "2.5"), ("22", date(2027, 11, 23), "2"), ("3", date(2026, 11, 30), "3"),
     ("0.5", date(2030, 11, 23), "0.5"), ("1", DAY, "1")],
)  # fmt: skip
def test_so_much_a_month(missing: str, due: date, a_month: str) -> None:
    found = pace(Decimal(missing), DAY, due)
    assert found is not None
    assert found.a_month == Decimal(a_month)


def test_nothing_is_left_to_plan() -> None:
    assert pace(Decimal(0), DAY, date(2027, 1, 1)) is None
    assert pace(Decimal(5), DAY, date(2026, 11, 22)) is None


@given(st.integers(1, 400), st.integers(0, 12_000))
def test_at_this_pace_all_is_earned_in_time_and_a_step_less_would_not_do(halves: int, days: int) -> None:
    missing = Decimal(halves) / 2
    found = pace(missing, DAY, DAY + timedelta(days=days))
    assert found is not None
    assert found.a_month * found.months >= missing > (found.a_month - Decimal("0.5")) * found.months


def test_the_day_at_the_pace_of_a_year() -> None:
    assert forecast(Decimal(10), Decimal(20), DAY) == DAY + timedelta(days=183)
    assert forecast(Decimal(0), Decimal(0), DAY) == DAY
    assert forecast(Decimal(10), Decimal(0), DAY) is None
    assert forecast(Decimal(60), Decimal("0.5"), DAY) is None  # in 120 years


@given(st.integers(1, 400), st.integers(1, 400))
def test_by_that_day_the_pace_has_brought_enough_and_the_day_before_it_had_not(missing: int, a_year: int) -> None:
    if day := forecast(Decimal(missing) / 2, Decimal(a_year) / 2, DAY):
        days = (day - DAY).days
        assert a_year * days >= missing * 365 > a_year * (days - 1)
