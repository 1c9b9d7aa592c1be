"""What somebody types for an event of the calendar, read and checked field by field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from models import texts
from models.base import HALF
from models.entries import LONGEST_TEXT, LONGEST_TITLE, MOST_CREDITS, leads_to_the_web, read_moment
from models.errors import Problems
from models.events import EventType, RegistrationMode
from models.times import is_zone

MOST_SEATS = 10_000
MOST_QUESTIONS = 10
Choice = TypeVar("Choice", EventType, RegistrationMode)
CREDITS = "credits_"
"""The field of a category's credits is this and its key."""


@dataclass(frozen=True)
class CalendarEntry:
    """A checked event; moments in UTC, credits by the key of the category, questions as the event keeps them."""

    type: EventType
    title: str
    begins_at: datetime
    ends_at: datetime
    time_zone: str
    sponsor: str
    presenter: str
    description: str
    location: str
    online: bool
    link: str
    meeting_link: str
    registration: RegistrationMode
    registration_link: str
    registration_closes_at: datetime | None
    capacity: int | None
    questions: list[dict[str, object]] = field(default_factory=list)
    credits: dict[str, Decimal] = field(default_factory=dict)


def read_calendar_entry(
    values: Mapping[str, object], *, categories: Mapping[str, str], smallest: Decimal = HALF
) -> CalendarEntry:
    """The entry, or Problems with a sentence for each field that is wrong.

    Keys: type, title, begin_date, begin_time, end_date, end_time, time_zone, sponsor, presenter, description, location,
    online, link, meeting_link, registration, registration_link, closes_date, closes_time, capacity, questions (a line
    each, required with an asterisk at its end), and credits_KEY for each category's key. `categories`: keys to names.
    """
    typed = {name: texts.typed(value) for name, value in values.items()}
    problems = {name: sentence for name, sentence in REQUIRED.items() if not typed.get(name)}
    zone = typed.get("time_zone", "")
    if zone and not is_zone(zone):
        problems["time_zone"] = f"{zone} is not a time zone such as America/Denver."
    begins, ends, closes = _times(typed, zone, problems)
    _check_texts(typed, problems)
    mode = _choice(RegistrationMode, typed.get("registration", ""), "registration", problems)
    if mode == RegistrationMode.ELSEWHERE and not typed.get("registration_link"):
        problems["registration_link"] = "Enter the address where one registers."
    type_ = _choice(EventType, typed.get("type", ""), "type", problems)
    capacity = _capacity(typed.get("capacity", ""), problems)
    questions = _questions(typed.get("questions", ""), problems)
    credits = _credit_lines(typed, categories, smallest, problems)
    if problems or begins is None or ends is None or mode is None or type_ is None:
        raise Problems(problems)
    words = {name: typed.get(name, "") for name in ("title", "sponsor", "presenter", "description", "location", *LINKS)}
    return CalendarEntry(
        type=type_,
        begins_at=begins,
        ends_at=ends,
        time_zone=zone,
        online=bool(values.get("online")),
        registration=mode,
        registration_closes_at=closes,
        capacity=capacity,
        questions=questions,
        credits=credits,
        **words,
    )


def keep_keys(before: Sequence[Mapping[str, object]], now: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The questions of now, with the keys that those of before had: answers stay with what was asked."""
    known = {one["label"]: one["key"] for one in before}
    taken = {*known.values()}
    free = (key for number in range(1, 10_000) if (key := f"answer_{number}") not in taken)
    return [{**one, "key": known.pop(one["label"], None) or next(free)} for one in now]


REQUIRED = {
    "title": "Enter the title of the event.",
    "begin_date": "Enter the day it begins.",
    "begin_time": "Enter the time it begins.",
    "end_date": "Enter the day it ends.",
    "end_time": "Enter the time it ends.",
    "time_zone": "Enter the time zone, such as America/Denver.",
}
LINKS = ("link", "meeting_link", "registration_link")


def _times(
    typed: Mapping[str, str], zone: str, problems: dict[str, str]
) -> tuple[datetime | None, datetime | None, datetime | None]:
    if not is_zone(zone):
        return None, None, None
    begins, ends = (read_moment(typed, which, zone, problems) for which in ("begin", "end"))
    if begins and ends and ends <= begins:
        problems["ends"] = "The event ends before it begins. Check the End Date and Time."
    closes = None
    if typed.get("closes_date") or typed.get("closes_time"):
        for name, sentence in (("closes_date", "Enter the day, too."), ("closes_time", "Enter the time, too.")):
            if not typed.get(name):
                problems[name] = sentence
        closes = read_moment(typed, "closes", zone, problems)
        if closes and ends and closes > ends:
            problems["closes_date"] = "Registration closes before the event ends."
    return begins, ends, closes


def _check_texts(typed: Mapping[str, str], problems: dict[str, str]) -> None:
    for name in ("title", "sponsor", "presenter", "location"):
        if len(typed.get(name, "")) > LONGEST_TITLE:
            problems[name] = f"At most {LONGEST_TITLE} characters, please; the description takes more."
    if len(typed.get("description", "")) > LONGEST_TEXT:
        problems["description"] = f"At most {LONGEST_TEXT} characters, please."
    for name in LINKS:
        link = typed.get(name, "")
        if link and (not leads_to_the_web(link) or len(link) > LONGEST_TEXT):
            problems[name] = "A link begins with https://"


def _choice(kind: type[Choice], text: str, name: str, problems: dict[str, str]) -> Choice | None:
    try:
        return kind(text)
    except ValueError:
        problems[name] = "Choose one of the list."
        return None


def _capacity(text: str, problems: dict[str, str]) -> int | None:
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) <= MOST_SEATS:
        problems["capacity"] = f"Seats are a whole number from 1 to {MOST_SEATS}; leave it empty for no limit."
        return None
    return int(text)


def _questions(text: str, problems: dict[str, str]) -> list[dict[str, object]]:
    lines = [line.strip() for line in text.splitlines() if line.strip(" *")]
    if len(lines) > MOST_QUESTIONS or any(len(line) > LONGEST_TITLE for line in lines):
        problems["questions"] = f"At most {MOST_QUESTIONS} questions of at most {LONGEST_TITLE} characters, please."
    return [
        {"key": f"answer_{place}", "label": line.rstrip("* "), "required": line.endswith("*")}
        for place, line in enumerate(lines, start=1)
    ]


def _credit_lines(
    typed: Mapping[str, str], categories: Mapping[str, str], smallest: Decimal, problems: dict[str, str]
) -> dict[str, Decimal]:
    lines = {}
    for key in categories:
        text = typed.get(CREDITS + key, "").replace(",", ".")
        if not text:
            continue
        if not re.fullmatch(r"\d{0,4}\.?\d{0,4}", text) or text == ".":
            problems[CREDITS + key] = "Credits are a number, for example 3 or 3.5."
            continue
        value = Decimal(text)
        if value and (not smallest <= value <= MOST_CREDITS or value % HALF):
            problems[CREDITS + key] = "Credits come in steps of .5, for example 3 or 3.5."
        elif value:
            lines[key] = value
    return lines
