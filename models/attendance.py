"""How much credit attendance gives."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from models.base import HALF


@dataclass(frozen=True)
class AttendanceRule:
    """The program's: whether part of an event gives part of its credit, the smallest credit, and presenters' factor."""

    partial: bool = True
    smallest: Decimal = HALF
    presenting_factor: int = 0


def credits_for(
    credits: Decimal, event_minutes: int, minutes: int, rule: AttendanceRule, *, presenter: bool = False
) -> Decimal:
    """What of a line's credits so many minutes give, in steps of .5 rounded down; 0 below the smallest credit.

    A presenter gets the factor of the whole, where the program has one.
    """
    if presenter and rule.presenting_factor:
        return credits * rule.presenting_factor
    if minutes >= event_minutes:
        return credits
    if not rule.partial or event_minutes <= 0:
        return Decimal(0)
    steps = (credits * minutes / event_minutes / HALF).to_integral_value(ROUND_FLOOR)
    return steps * HALF if steps * HALF >= rule.smallest else Decimal(0)
