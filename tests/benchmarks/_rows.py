"""The rows of a benchmark's database, by plain INSERTs into the migrated tables; the same each time."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

Topic = tuple[str, str, str]
"""Title, sponsor, presenter."""

LIBRARIES = 90
EVENTS = 1600
IN_WINDOW = 400
"""The newest EVENTS that ended within the past year; the others go back three years more."""
STATUSES = ("APPROVED",) * 17 + ("PENDING", "PENDING", "DECLINED")
REASONS = {"DECLINED": "It is not about library work."}


@dataclass(frozen=True)
class World:
    """How many people, what each has in her list, and what of hers waits for the coordinator besides."""

    people: int = 20
    credits_each: int = 200
    pending_each: int = 0

    def event_of(self, person: int, number: int) -> int:
        """Her credits are spread over all four years, and no event is hers twice."""
        stride = EVENTS // (self.credits_each + self.pending_each)
        return 1 + (number * stride + person) % EVENTS


def write_people(connection: sqlite3.Connection, wanted: World, now: datetime, coordinators: Sequence[int]) -> None:
    """Each works at one of the libraries; the coordinators have their role."""
    everybody = range(1, wanted.people + 1)
    towns = [(number, f"Library of Town {number}", f"Town {number}", "public") for number in range(1, LIBRARIES + 1)]
    insert(connection, "library", "id name city kind", towns)
    people = [(one, f"First{one}", f"Last{one}", f"person{one}@example.org", "", moment(now)) for one in everybody]
    insert(connection, "person", "id first_name last_name email phone created_at", people)
    positions = [(one, 1 + one % LIBRARIES, "staff", "Librarian", "2015-01-01") for one in everybody]
    insert(connection, "position", "person_id library_id kind title begins_on", positions)
    grants = [(one, "coordinator", moment(now)) for one in coordinators]
    insert(connection, "role_grant", "person_id role granted_at", grants)


def write_events(
    connection: sqlite3.Connection, topics: Sequence[Topic], categories: Sequence[int], now: datetime
) -> None:
    """EVENTS past ones and a hundred that come, an hour and a half long, with one credit line each."""

    numbers = range(1, EVENTS + 101)
    events = []
    for number in numbers:
        ends = now + timedelta(days=number - EVENTS) if number > EVENTS else ended(number, now)
        title, sponsor, presenter = topics[number % len(topics)]
        events.append(event_row(number, (f"{title} ({number})", sponsor, presenter), ends))
    insert(connection, "event", EVENT, events)
    lines = [(number, number, categories[number % len(categories)], 2 + number % 3) for number in numbers]
    insert(connection, "event_credit_line", LINE, lines)


def write_history(connection: sqlite3.Connection, wanted: World, now: datetime) -> None:
    """What everybody has claimed before; mostly approved, all of it where others wait in numbers."""

    def status(number: int) -> str:
        return "APPROVED" if wanted.pending_each else STATUSES[number % len(STATUSES)]

    _write_claims(connection, (
        (one, event_id, event_id, 2 + event_id % 3, status(number), ended(event_id, now) + timedelta(hours=20))
        for one in range(1, wanted.people + 1)
        for number in range(wanted.credits_each)
        for event_id in (wanted.event_of(one, number),)
    ), 1)  # fmt: skip


def write_waiting(connection: sqlite3.Connection, wanted: World, categories: Sequence[int], now: datetime) -> None:
    """Three of ten that wait are independent events of the person's own; they came in over the last two months."""
    claims: list[Claimed] = []
    events: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    for one in range(1, wanted.people + 1):
        for number in range(wanted.pending_each):
            since = now - timedelta(minutes=(one * 7919 + number * 104729) % 86_400)
            event_id = wanted.event_of(one, wanted.credits_each + number)
            if number % 10 < 3:
                event_id = EVENTS + 1001 + len(events)
                topic = (f"Independent Study {number} by Person {one}", "A college", "A teacher")
                events.append(event_row(event_id, topic, since - timedelta(days=3), owner_id=one))
                lines.append((event_id, event_id, categories[event_id % len(categories)], 2 + event_id % 3))
            claims.append((one, event_id, event_id, 2 + event_id % 3, "PENDING", since))
    insert(connection, "event", EVENT, events)
    insert(connection, "event_credit_line", LINE, lines)
    _write_claims(connection, claims, 1 + wanted.people * wanted.credits_each)


Claimed = tuple[int, int, int, int, str, datetime]
"""Person, event, line, half-credits, status, moment."""


def _write_claims(connection: sqlite3.Connection, claims: Iterable[Claimed], first_id: int) -> None:
    """A claim and its credit with the same id."""
    listed = list(claims)
    insert(connection, "claim",
           "id person_id event_id claimed_at waiting_since email_on_assigned entered_reason note duplicate_why",
           ((id_, person, event, moment(at), moment(at), 0, "", "", "")
            for id_, (person, event, _, _, _, at) in enumerate(listed, first_id)))  # fmt: skip
    insert(connection, "credit",
           "id person_id line_id claim_id credits status source created_at decided_at decided_by_id reason",
           ((id_, person, line, id_, halves, status, "claim", moment(at), *_decision(status, at))
            for id_, (person, _, line, halves, status, at) in enumerate(listed, first_id)))  # fmt: skip


def _decision(status: str, at: datetime) -> tuple[str | None, int | None, str]:
    return (None, None, "") if status == "PENDING" else (moment(at), 2, REASONS.get(status, ""))


EVENT = ("id kind title begins_at ends_at time_zone sponsor presenter description location online link owner_id "
         "created_at")  # fmt: skip


LINE = "id event_id category_id credits"


def event_row(id_: int, topic: Topic, ends: datetime, owner_id: int | None = None) -> tuple[object, ...]:
    """An hour and a half, online; independent if it has an owner."""
    kind, begins = "independent" if owner_id else "sponsored", moment(ends - timedelta(minutes=90))
    title, sponsor, presenter = topic
    return (id_, kind, title, begins, moment(ends), "America/Denver", sponsor, presenter, "", "", 1, "", owner_id,
            begins)  # fmt: skip


def ended(number: int, now: datetime) -> datetime:
    """When the number-newest past event ended: IN_WINDOW in the last year, the others in the three before."""
    if number <= IN_WINDOW:
        return now - timedelta(days=364 * number / IN_WINDOW)
    return now - timedelta(days=366 + 1090 * (number - IN_WINDOW) / (EVENTS - IN_WINDOW))


def moment(at: datetime) -> str:
    """As models.base.Moment writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    names = columns.split()
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 -- names from this file
    connection.executemany(statement, rows)
