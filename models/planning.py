"""Planning: at what pace the rest of a track is to be earned."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from models.base import HALF

DAYS_OF_A_MONTH = Decimal("30.44")


@dataclass(frozen=True)
class Pace:
    """`a_month`: credits, rounded up to half ones; `months`: whole ones that are left, at least one."""

    missing: Decimal
    months: int
    a_month: Decimal


def pace(missing: Decimal, today: date, due_on: date) -> Pace | None:
    """What is to be earned each month to be done on the due day; None when nothing is missing, or the day is over."""
    left = (due_on - today).days
    if missing <= 0 or left < 0:
        return None
    months = max(1, int(Decimal(left) / DAYS_OF_A_MONTH))
    steps = (missing / months / HALF).to_integral_value(ROUND_CEILING)
    return Pace(missing, months, steps * HALF)


def forecast(missing: Decimal, earned_in_a_year: Decimal, today: date) -> date | None:
    """The day on which nothing is missing any more, at the pace of the last year; None without a pace, or so slow.

    Today when nothing is missing.
    """
    if missing <= 0:
        return today
    if earned_in_a_year <= 0:
        return None
    days = int((missing * 365 / earned_in_a_year).to_integral_value(ROUND_CEILING))
    return today + timedelta(days=days) if days <= LONGEST else None


LONGEST = 20 * 366
