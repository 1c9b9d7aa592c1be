"""The audit lines as they are read: searched by the administrator, and of one record by whoever may open it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.audit import AuditLine
from models.certificates import Certificate
from models.errors import NotFound
from models.libraries import Library
from models.people import Person
from services import audit, db, event_history, programs
from services.access import Actor, load_claim, load_participation, require_administrator
from services.audit import Told
from services.event_access import load_event
from services.search import contains, words_of

PAGE = 60
MOST = 50_000
SUBJECTS = (
    "claim",
    "participation",
    "certificate",
    "person",
    "position",
    "library",
    "document",
    "letter",
    "session",
    "event",
    "registration",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class AuditFilter:
    """Days are the program's, both included; empty means all."""

    text: str = ""
    subject: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Line:
    id: int
    at: datetime
    who: str
    what: str
    about: str
    about_id: int | None
    action: str


def page(actor: Actor, wanted: AuditFilter, before: int | None = None) -> tuple[list[Line], bool]:
    """Sixty lines older than `before`, the newest first, and whether there are more. Raises NotFound."""
    require_administrator(actor)
    with db.reading() as session:
        found = list(_lines(session, wanted, before, PAGE + 1))
    return found[:PAGE], len(found) > PAGE


def export(actor: Actor, wanted: AuditFilter) -> bytes:
    """The same as CSV for Excel, at most 50,000 lines; the last row says so where there are more. Raises NotFound."""
    require_administrator(actor)
    zone = ZoneInfo(programs.current().time_zone)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Line", "When", "Who", "About", "What", "Deed"])
    number = 0
    with db.reading() as session:
        for line in _lines(session, wanted, None, MOST + 1):
            number += 1
            if number > MOST:
                rows.writerow(["", "", "", "", f"There are more than {MOST:,} lines: choose fewer days.", ""])
                break
            at = line.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
            rows.writerow([line.id, at, *map(_harmless, (line.who, line.about, line.what, line.action))])
    return out.getvalue().encode("utf-8-sig")


def of_record(actor: Actor, subject: str, subject_id: int) -> list[Told]:
    """The newest twenty lines about a claim, participation, certificate, library or event. Raises NotFound."""
    with db.reading() as session:
        _load(session, actor, subject, subject_id)
        if subject == "event":
            return event_history.of_event(session, subject_id)
        return audit.history_of(session, subject, subject_id)


def _load(session: Session, actor: Actor, subject: str, subject_id: int) -> None:
    if subject == "claim":
        load_claim(session, actor, subject_id)
    elif subject == "participation":
        load_participation(session, actor, subject_id)
    elif subject == "certificate":
        found = session.get(Certificate, subject_id)
        if found is None or (found.person_id != actor.person_id and not actor.is_coordinator):
            raise NotFound
    elif subject == "event":
        load_event(session, actor, subject_id)
    elif subject != "library" or not actor.is_administrator or session.get(Library, subject_id) is None:
        raise NotFound


def _lines(session: Session, wanted: AuditFilter, before: int | None, most: int) -> Iterator[Line]:
    who, about = aliased(Person), aliased(Person)
    query = (
        select(AuditLine, who, about)
        .outerjoin(who, col(AuditLine.actor_id) == who.id)
        .outerjoin(about, col(AuditLine.person_id) == about.id)
        .where(*_conditions(wanted, before, who, about))
        .order_by(col(AuditLine.id).desc())
        .limit(most)
    )
    for line, by, person in session.exec(query):
        told = audit.told(line, by)
        yield Line(
            line.id or 0, line.at, told.who, told.what, person.name if person else "", line.person_id, line.action
        )


def _conditions(wanted: AuditFilter, before: int | None, who: Any, about: Any) -> Iterator[ColumnElement[bool]]:
    if before is not None:
        yield col(AuditLine.id) < before
    if wanted.subject:
        yield col(AuditLine.subject) == wanted.subject
    zone = ZoneInfo(programs.current().time_zone)
    if wanted.begins:
        yield col(AuditLine.at) >= datetime.combine(wanted.begins, time(), zone)
    if wanted.ends:
        yield col(AuditLine.at) < datetime.combine(wanted.ends + timedelta(days=1), time(), zone)
    names = (who.first_name, who.last_name, about.first_name, about.last_name)
    for word in words_of(wanted.text):
        yield contains(word, *names, AuditLine.action, cast(AuditLine.details, String))


def _harmless(text: str) -> str:
    """A spreadsheet takes what begins like this for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def read_filter(values: dict[str, str]) -> AuditFilter:
    """From a form or an address; what is no day or no subject counts as empty."""
    subject = values.get("subject", "")
    return AuditFilter(
        values.get("text", "")[:100],
        subject if subject in SUBJECTS else "",
        _day(values.get("begins", "")),
        _day(values.get("ends", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
