"""The demo's calendar: real sample events and a made-up year around them, the same for the same day."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlmodel import Session

from models.events import Event, EventCreditLine, EventKind
from models.programs.files import FOLDER
from models.times import from_local
from services import clock, programs

DEMO_FILES = FOLDER / "demo"
PAST_DAYS, COMING_DAYS = 364, 91


@dataclass(frozen=True)
class Topic:
    title: str
    lines: tuple[tuple[int, Decimal], ...]
    hours: Decimal
    sponsor: str
    presenter: str
    online: bool
    location: str
    description: str


def write_year(session: Session) -> list[Event]:
    """Sponsored events for every working week from a year ago to three months ahead; returns them in order."""
    topics = read_topics()
    dice = random.Random(2026)  # noqa: S311 -- invented data, the same each time
    today = programs.current().today()
    written = []
    for number, day in enumerate(_days(today, dice)):
        topic = topics[(number * 7 + number // len(topics)) % len(topics)]
        written.append(_write(session, topic, _begin(day, dice), number))
    session.flush()
    for event, topic in written:
        for category_id, credits in topic.lines:
            session.add(EventCreditLine(event_id=event.id or 0, category_id=category_id, credits=credits))
    session.flush()
    return [event for event, _ in written]


def read_topics() -> list[Topic]:
    """The invented topics; `category` may name several lines as `NAME:CREDITS;NAME:CREDITS`."""
    names = {category.name: category.id or 0 for category in programs.current().categories.values()}
    with (DEMO_FILES / "topics.csv").open(encoding="utf-8", newline="") as file:
        return [
            Topic(
                row["title"],
                tuple(_lines(row["category"], row["credits"], names)),
                Decimal(row["hours"]),
                row["sponsor"],
                row["presenter"],
                row["online"] == "yes",
                row["location"],
                row["description"],
            )
            for row in csv.DictReader(file)
        ]


def _lines(category: str, credits: str, names: dict[str, int]) -> Iterator[tuple[int, Decimal]]:
    for part in category.split(";"):
        name, _, value = part.strip().partition(":")
        yield names[name.strip()], Decimal(value or credits)


def _days(today: date, dice: random.Random) -> list[date]:
    """Every working day one event, some days two, few in high summer; yesterday and today always one."""
    days = []
    for offset in range(-PAST_DAYS, COMING_DAYS):
        day = today + timedelta(days=offset)
        if day.weekday() >= 5 and offset not in {-1, 0}:  # noqa: PLR2004 -- Saturday and Sunday
            continue
        chance = 0.45 if day.month in {7, 8, 12} else 0.85
        days += [day] * (int(dice.random() < chance or offset in {-1, 0}) + int(dice.random() < chance / 4))
    return days


def _begin(day: date, dice: random.Random) -> datetime:
    clock_time = dice.choice((time(9), time(10), time(11), time(13), time(14), time(15, 30)))
    return from_local(day, clock_time, programs.current().time_zone)


def _write(session: Session, topic: Topic, begins: datetime, number: int) -> tuple[Event, Topic]:
    event = Event(
        kind=EventKind.SPONSORED,
        title=topic.title,
        begins_at=begins,
        ends_at=begins + timedelta(minutes=int(topic.hours * 60)),
        time_zone=programs.current().time_zone,
        sponsor=topic.sponsor,
        presenter=topic.presenter,
        description=topic.description,
        location="" if topic.online else topic.location,
        online=topic.online,
        source_key=f"demo {number}",
        created_at=min(begins, clock.now()) - timedelta(days=30),
    )
    session.add(event)
    return event, topic
