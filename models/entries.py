"""What a person types for an independent event, read and checked field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from models import texts
from models.base import HALF
from models.conversions import Computed
from models.credits import counted_credits, shown_credits
from models.errors import Problems
from models.times import from_local

LONGEST_TITLE = 200
LONGEST_TEXT = 4000
MOST_CREDITS = Decimal(200)
FIRST_YEAR, LAST_YEAR = 1990, 2099


@dataclass(frozen=True)
class EventEntry:
    """A checked independent event with its one credit line; moments in UTC."""

    title: str
    begins_at: datetime
    ends_at: datetime
    time_zone: str
    sponsor: str
    presenter: str
    category: str
    credits: Decimal
    description: str = ""
    location: str = ""
    link: str = ""
    email_on_assigned: bool = False
    computed: Computed | None = None

    @property
    def remark(self) -> str:
        """A sentence when it gives more credit than it is long; empty otherwise, and for credits that are computed."""
        hours = Decimal((self.ends_at - self.begins_at).total_seconds()) / 3600
        if self.credits <= hours or self.computed:
            return ""
        return (
            f"{counted_credits(self.credits).capitalize()} is more than the event is long "
            f"({shown_credits(hours)} hour{'' if hours == 1 else 's'}). Save it if that is right."
        )


def read_entry(
    values: Mapping[str, object], *, zone: str, now: datetime, categories: Mapping[str, str], smallest: Decimal = HALF
) -> EventEntry:
    """The entry, or Problems with a sentence for each field that is wrong.

    Keys: title, begin_date, begin_time, end_date, end_time, sponsor, presenter, category, credits, description,
    location, link, email. Dates and times are local in `zone`; `categories` maps keys to names.
    """
    typed = {name: texts.typed(value) for name, value in values.items()}
    problems: dict[str, str] = {}
    for name, sentence in REQUIRED.items():
        if not typed.get(name):
            problems[name] = sentence
    begins = read_moment(typed, "begin", zone, problems)
    ends = read_moment(typed, "end", zone, problems)
    if begins and ends:
        _check_order(begins, ends, now, problems)
    credits = _credits(typed.get("credits", ""), smallest, problems)
    if typed.get("category") and typed["category"] not in categories:
        problems["category"] = "Choose a category from the list."
    _check_lengths(typed, problems)
    if problems or begins is None or ends is None or credits is None:
        raise Problems(dict(sorted(problems.items(), key=lambda item: ORDER.index(item[0]))))
    return EventEntry(
        typed["title"],
        begins,
        ends,
        zone,
        typed["sponsor"],
        typed["presenter"],
        typed["category"],
        credits,
        typed.get("description", ""),
        typed.get("location", ""),
        typed.get("link", ""),
        bool(values.get("email")),
    )


REQUIRED = {
    "title": "Enter the title of the event.",
    "begin_date": "Enter the day it began.",
    "begin_time": "Enter the time it began.",
    "end_date": "Enter the day it ended.",
    "end_time": "Enter the time it ended.",
    "sponsor": "Enter who offered it.",
    "presenter": "Enter who trained or presented.",
    "category": "Choose the category that fits best.",
    "credits": "Enter the credit value, for example 1.5.",
}
ORDER = (
    "title",
    "begin_date",
    "begin_time",
    "begins",
    "end_date",
    "end_time",
    "ends",
    "sponsor",
    "presenter",
    "category",
    "credits",
    "description",
    "location",
    "link",
)


def read_moment(typed: Mapping[str, str], which: str, zone: str, problems: dict[str, str]) -> datetime | None:
    """The moment of `{which}_date` and `{which}_time`, both ISO and local; None when empty, or wrong, which is told."""
    day = _parsed(date, typed, f"{which}_date", "Enter a date such as 09/17/2026.", problems)
    clock = _parsed(time, typed, f"{which}_time", "Enter a time such as 10:00 AM.", problems)
    if not isinstance(day, date) or not isinstance(clock, time):
        return None
    if not is_sane(day):
        problems[f"{which}_date"] = "Check the year."
        return None
    try:
        return from_local(day, clock.replace(tzinfo=None), zone)
    except ValueError as error:
        problems[f"{which}_time"] = str(error)
        return None


def is_sane(day: date) -> bool:
    """Not a slip of the finger: from the program's own first year on, and in this century."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _parsed(
    kind: type[date] | type[time], typed: Mapping[str, str], name: str, sentence: str, problems: dict[str, str]
) -> date | time | None:
    text = typed.get(name, "")
    if not text:
        return None
    try:
        return kind.fromisoformat(text)
    except ValueError:
        problems[name] = sentence
        return None


def _check_order(begins: datetime, ends: datetime, now: datetime, problems: dict[str, str]) -> None:
    if ends <= begins:
        problems["ends"] = "The event ends before it begins. Check the End Date and Time."
    elif ends > now:
        problems["ends"] = "The event has not ended yet. Credits cannot be claimed in advance."


def _credits(text: str, smallest: Decimal, problems: dict[str, str]) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        problems["credits"] = "Credit Value is a number, for example 3 or 3.5."
        return None
    if not value.is_finite() or not smallest <= value <= MOST_CREDITS:
        problems["credits"] = f"Credit Value lies between {shown_credits(smallest)} and {shown_credits(MOST_CREDITS)}."
        return None
    if value % HALF:
        problems["credits"] = "Credit Value must be a multiple of .5, for example 3 or 3.5."
        return None
    return value


def _check_lengths(typed: Mapping[str, str], problems: dict[str, str]) -> None:
    for name in ("title", "sponsor", "presenter", "location", "link"):
        if len(typed.get(name, "")) > LONGEST_TITLE:
            problems[name] = f"At most {LONGEST_TITLE} characters, please; the description takes more."
    if len(typed.get("description", "")) > LONGEST_TEXT:
        problems["description"] = f"At most {LONGEST_TEXT} characters, please."
    if (link := typed.get("link")) and not leads_to_the_web(link):
        problems["link"] = "A link begins with https://"


def leads_to_the_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
