"""Moments and days: aware UTC inside, local days and words outside."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta


def shown(moment: datetime, zone: str) -> str:
    """`Thu, Sep 17, 2026, 10:00 AM` in that zone."""
    local = local_time(moment, zone)
    return f"{shown_day(local.date())}, {shown_clock(local)}"


def shown_day(day: date) -> str:
    """`Thu, Sep 17, 2026`."""
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def written_day(day: date) -> str:
    """`September 17, 2026`, as a document says it."""
    return f"{_LONG_MONTHS[day.month - 1]} {day.day}, {day.year}"


def shown_month(day: date) -> str:
    """`September 2026`."""
    return f"{_LONG_MONTHS[day.month - 1]} {day.year}"


def shown_clock(local: datetime) -> str:
    """`10:00 AM`."""
    return f"{(local.hour - 1) % 12 + 1}:{local.minute:02d} {'AM' if local.hour < NOON else 'PM'}"


def shown_span(begins: datetime, ends: datetime, zone: str) -> str:
    """Begin and end in words; the day is named once where both lie on it."""
    first, last = local_time(begins, zone), local_time(ends, zone)
    if first.date() == last.date():
        return f"{shown(begins, zone)} to {shown_clock(last)}"
    return f"{shown(begins, zone)} to {shown(ends, zone)}"


def shown_since(moment: datetime, now: datetime) -> str:
    """How long ago, in words: `just now`, `3 hours`, `2 days`."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return JUST_NOW
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    raise AssertionError("unreachable")


def shown_ago(moment: datetime, now: datetime) -> str:
    """`just now`, `3 hours ago`."""
    since = shown_since(moment, now)
    return since if since == JUST_NOW else f"{since} ago"


def local_time(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(_zone(zone))


def local_day(moment: datetime, zone: str) -> date:
    return local_time(moment, zone).date()


def from_local(day: date, clock: time, zone: str) -> datetime:
    """The UTC moment of a wall-clock time; of an hour that comes twice, the first.

    Raises ValueError for a time that the clocks skip in spring, and at the end of the calendar.
    """
    local = datetime.combine(day, clock, tzinfo=_zone(zone))
    try:
        moment = local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{shown_day(day)} is out of the calendar.") from error
    if moment.astimezone(_zone(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"{shown_clock(local)} does not exist on {shown_day(day)}: the clocks go forward.")
    return moment


def from_wall(wall: datetime, zone: str) -> datetime:
    """The UTC moment of a wall-clock time without a zone; an hour that the clocks skip is the next one."""
    try:
        return from_local(wall.date(), wall.time(), zone)
    except ValueError:
        later = wall + timedelta(hours=1)
        return from_local(later.date(), later.time(), zone)


def day_begins(day: date, zone: str) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(), tzinfo=_zone(zone)).astimezone(UTC)


def years_after(anchor: date, years: int) -> date:
    """The same day years later, 28 February where 29 does not exist. Never chain: keep the anchor."""
    return anchor + relativedelta(years=years)


def day_of_iso(text: str) -> date | None:
    """`2026-11-23`, as forms and addresses have it; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_zone(name: str) -> bool:
    try:
        _zone(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


ONE_DAY = timedelta(days=1)
NOON = 12
JUST_NOW = "just now"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
