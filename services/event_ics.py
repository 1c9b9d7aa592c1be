"""Events of an iCalendar file; one that recurs comes as its single dates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from models.entries import leads_to_the_web
from models.file_events import FileEvent, line, lines
from models.times import ONE_DAY, from_local, from_wall, is_zone, local_time
from services import clock, event_calendar, installation, programs
from services.csv_rows import BadFile

BACK, AHEAD = timedelta(days=365), timedelta(days=365)
MOST_DATES = 120
MOST_STEPS = 20_000
PLAIN_RULE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
SHORTEST = timedelta(minutes=15)
"""How long something is that has only a begin, such as a deadline."""
FAULTS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, OSError)
"""What the library raises for files that are none."""


def entries(file: str, text: str) -> Iterator[FileEvent]:
    """Raises BadFile with one sentence that names the event."""
    try:
        parts = Calendar.from_ical(text).walk("VEVENT")
    except FAULTS as error:
        raise BadFile(f"{file} is not an iCalendar file that can be read.") from error
    single = {_key(part) for part in parts if "recurrence-id" in part}
    for number, part in enumerate(parts, start=1):
        title = line(part.get("summary", ""))
        where = f"{file}, event {number}, “{title}”" if title else f"{file}, event {number}"
        if not str(part.get("uid", "")).strip() or not title:
            raise BadFile(f"{where}: it has no {'UID' if title else 'SUMMARY'}.")
        try:
            found = list(_dates(part, title))
        except BadFile as refusal:
            raise BadFile(f"{where}: {refusal}") from refusal
        except FAULTS as error:
            why = str(error) if str(error).endswith("the clocks go forward.") else "its begin or end cannot be read."
            raise BadFile(f"{where}: {why}") from error
        for one in found:
            if one.problem:
                raise BadFile(f"{where}: {one.problem}.")
            if one.key not in single or "recurrence-id" in part:
                yield one


def _dates(part: Any, title: str) -> Iterator[FileEvent]:
    begins, zone = _begin(part)
    length = _length(part, zone)
    if not ("rrule" in part or "rdate" in part):
        at = _moment(part["dtstart"].dt, zone)
        yield _event(part, title, _key(part), zone=zone, begins=at, length=length)
        return
    for wall in _walls(part, begins, zone):
        key = f"{_name(part)} {wall:%Y%m%dT%H%M%S}"
        yield _event(part, title, key, zone=zone, begins=from_wall(wall, zone), length=length)


def _event(part: Any, title: str, key: str, *, zone: str, begins: datetime, length: timedelta) -> FileEvent:
    link, place = line(part.get("url", "")), line(part.get("location", ""))
    own = event_calendar.number_of(str(part["uid"]), installation.settings().base_url) is not None
    return FileEvent(
        key=key,
        title=title,
        begins_at=begins.replace(second=0, microsecond=0),
        ends_at=(begins + length).replace(second=0, microsecond=0),
        time_zone=programs.current().time_zone if zone == "UTC" else zone,
        # An entry of ours may come from somebody's letter, with the link to the meeting, or withdrawn for her alone.
        description=lines(part["description"]) if "description" in part and not own else None,
        location=place if "location" in part and not own else None,
        online=(leads_to_the_web(place) or None) if not own else None,
        link=link if leads_to_the_web(link) and not own else None,
        cancelled=str(part.get("status", "")).upper() == "CANCELLED" and not own,
        series=_name(part) if "rrule" in part or "rdate" in part or "recurrence-id" in part else "",
    )


def _name(part: Any) -> str:
    return f"ics {part['uid']}"


def _key(part: Any) -> str:
    """One date of an event that recurs is told by the time at which it would have been."""
    if "recurrence-id" not in part:
        return _name(part)
    try:
        _, zone = _begin(part)
        return f"{_name(part)} {_wall(part['recurrence-id'].dt, zone):%Y%m%dT%H%M%S}"
    except FAULTS:
        return _name(part)


def _begin(part: Any) -> tuple[datetime, str]:
    """On the wall, and its zone; whole days and floating times are those of the program."""
    value, name = part["dtstart"].dt, str(part["dtstart"].params.get("TZID", ""))
    zone = name if name and is_zone(name) else programs.current().time_zone
    if isinstance(value, datetime) and value.tzinfo is not None and not name:
        zone = "UTC"
    return _wall(value, zone), zone


def _length(part: Any, zone: str) -> timedelta:
    if "duration" in part:
        return timedelta(seconds=part["duration"].dt.total_seconds())
    if "dtend" in part:
        return _moment(part["dtend"].dt, zone) - _moment(part["dtstart"].dt, zone)
    return SHORTEST if isinstance(part["dtstart"].dt, datetime) else ONE_DAY


def _walls(part: Any, first: datetime, zone: str) -> list[datetime]:
    """When it recurs, from a year ago to a year ahead. Raises BadFile for rules that no calendar of events needs."""
    now = _wall(clock.now(), zone)
    since, until = now - BACK, now + AHEAD
    found = {first} | {_wall(_first_of(one.dt), zone) for one in _listed(part, "rdate")}
    for rule in part["rrule"] if isinstance(part.get("rrule"), list) else [part.get("rrule")]:
        found |= set(_by_rule(rule, first, zone, until)) if rule else set()
    found -= {_wall(one.dt, zone) for one in _listed(part, "exdate")}
    kept = sorted(one for one in found if since <= one <= until)
    if len(kept) > MOST_DATES:
        raise BadFile(f"it recurs more than {MOST_DATES} times in two years.")
    return kept


def _by_rule(rule: Any, first: datetime, zone: str, until: datetime) -> Iterator[datetime]:
    names = {str(name).upper(): value for name, value in rule.items()}
    if set(names) - PLAIN_RULE or str(names["FREQ"][0]).upper() not in FREQUENCIES:
        raise BadFile("it recurs in a way that is not read here. Export its days one by one.")
    last = min([until, *(_last_of(one, zone) for one in names.get("UNTIL", []))])
    count = int(names["COUNT"][0]) if "COUNT" in names else MOST_STEPS
    told = rule.copy()
    for name in ("COUNT", "UNTIL"):
        told.pop(name, None)
    text = f"{told.to_ical().decode()};UNTIL={last:%Y%m%dT%H%M%S}"
    return islice(rrulestr(text, dtstart=first), min(count, MOST_STEPS))


def _listed(part: Any, name: str) -> list[Any]:
    found = part.get(name, [])
    return [one for group in (found if isinstance(found, list) else [found]) for one in group.dts]


def _first_of(value: Any) -> Any:
    """A period begins at its first moment."""
    return value[0] if isinstance(value, tuple) else value


def _last_of(value: Any, zone: str) -> datetime:
    """Until a day means until its end."""
    wall = _wall(value, zone)
    return wall if isinstance(value, datetime) else wall + timedelta(hours=23, minutes=59)


def _wall(value: date | datetime, zone: str) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return local_time(value, zone).replace(tzinfo=None) if value.tzinfo is not None else value


def _moment(value: date | datetime, zone: str) -> datetime:
    if not isinstance(value, datetime):
        return from_local(value, time(), zone)
    if value.tzinfo is None or str(value.tzinfo) == zone:
        return from_local(value.date(), value.time(), zone)
    return value.astimezone(UTC)
