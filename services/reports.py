"""A year of the program in numbers: credits, events, certificates, and who comes due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from models.certificates import Certificate, CertificateStatus
from models.credits import Credit, CreditStatus
from models.entries import FIRST_YEAR, LAST_YEAR
from models.events import Event, EventCreditLine, EventKind, EventState, RegistrationMode
from models.participations import Participation, ParticipationStatus
from models.times import day_begins, local_day
from services import clock, db, programs
from services.access import Actor, require_coordinator
from services.event_numbers import EventNumbers, numbers_of

HORIZONS = (("overdue", -1), ("within 30 days", 30), ("within 90 days", 90), ("within a year", 365))
MOST = 5000


@dataclass(frozen=True)
class Report:
    """`credits`: approved ones by category, twelve months each, by the day the event ended; `certificates`: issued in
    the year by track; `due`: people with open tracks by how soon they come due, by track, as of today."""

    year: int
    credits: dict[str, list[Decimal]]
    events: list[EventNumbers]
    certificates: dict[str, int]
    due: dict[str, list[int]]


def years(actor: Actor) -> list[int]:
    """Those with events, the newest first; never empty. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    today = programs.current().today()
    with db.reading() as session:
        first = session.exec(select(func.min(Event.ends_at))).first()
    begin = max(FIRST_YEAR, datetime.fromisoformat(str(first)).year) if first else today.year
    return list(range(today.year, min(begin, today.year) - 1, -1))


def of_year(actor: Actor, year: int) -> Report:
    """Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    with db.reading() as session:
        ended, zones = _ended(session, year)
        return Report(
            year, _credits(session, ended, zones), _events(session, year), _certificates(session, year), _due(session)
        )


def _ended(session: Session, year: int) -> tuple[list[tuple[int, int, Decimal]], dict[int, date]]:
    """Approved credits by event and category, of events that ended in that year; and the days they ended."""
    since, until = _span(year)
    rows = session.execute(
        sa.select(
            col(Event.id),
            col(Event.ends_at),
            col(Event.time_zone),
            col(EventCreditLine.category_id),
            func.sum(Credit.credits),
        )
        .join(EventCreditLine, col(EventCreditLine.event_id) == Event.id)
        .join(Credit, col(Credit.line_id) == EventCreditLine.id)
        .where(col(Credit.status) == CreditStatus.APPROVED, col(Event.ends_at) >= since, col(Event.ends_at) < until)
        .group_by(col(Event.id), col(Event.ends_at), col(Event.time_zone), col(EventCreditLine.category_id))
    ).all()
    days = {event_id or 0: local_day(ends_at, zone) for event_id, ends_at, zone, _, _ in rows}
    fit = [(event_id or 0, category, Decimal(value)) for event_id, _, _, category, value in rows]
    return [one for one in fit if days[one[0]].year == year], days


def _credits(
    session: Session, ended: Iterable[tuple[int, int, Decimal]], days: dict[int, date]
) -> dict[str, list[Decimal]]:
    categories = programs.current().categories
    months = {category_id: [Decimal(0)] * 12 for category_id in categories}
    for event_id, category_id, value in ended:
        months[category_id][days[event_id].month - 1] += value
    return {categories[category_id].name: values for category_id, values in months.items()}


def _events(session: Session, year: int) -> list[EventNumbers]:
    since, until = _span(year)
    events = [
        one
        for one in session.exec(
            select(Event)
            .where(Event.kind == EventKind.SPONSORED, Event.state == EventState.PUBLISHED)
            .where(Event.registration == RegistrationMode.HERE)
            .where(col(Event.ends_at) >= since, col(Event.ends_at) < min(until, clock.now()))
            .order_by(col(Event.begins_at).desc(), col(Event.id))
            .limit(MOST)
        )
        if one.ended_on.year == year
    ]
    return numbers_of(session, events)


def _certificates(session: Session, year: int) -> dict[str, int]:
    program = programs.current()
    found = {track.name: 0 for track in program.tracks.values()}
    rows = session.exec(
        select(Certificate.track_version_id, func.count())
        .where(col(Certificate.issued_on) >= date(year, 1, 1), col(Certificate.issued_on) <= date(year, 12, 31))
        .where(Certificate.status == CertificateStatus.VALID)
        .group_by(col(Certificate.track_version_id))
    )
    for version_id, count in rows:
        found[program.versions[version_id].track_name] += count
    return found


def _due(session: Session) -> dict[str, list[int]]:
    """Each person once for a track, in the nearest of the horizons."""
    program, today = programs.current(), programs.current().today()
    found = {track.name: [0] * len(HORIZONS) for track in program.tracks.values()}
    rows = session.execute(
        sa.select(col(Participation.track_version_id), col(Participation.due_on), func.count())
        .where(col(Participation.status) == ParticipationStatus.IN_PROGRESS, col(Participation.due_on).is_not(None))
        .where(col(Participation.due_on) <= today + timedelta(days=HORIZONS[-1][1]))
        .group_by(col(Participation.track_version_id), col(Participation.due_on))
    )
    for version_id, due_on, count in rows:
        left = (due_on - today).days
        place = next(place for place, (_, days) in enumerate(HORIZONS) if left <= days)
        found[program.versions[version_id].track_name][place] += count
    return found


def _span(year: int) -> tuple[datetime, datetime]:
    """A year begins somewhere on earth half a day before or after it does in UTC."""
    since = day_begins(date(year, 1, 1), "UTC") - timedelta(days=1)
    return since, day_begins(date(year, 12, 31), "UTC").astimezone(UTC) + timedelta(days=2)
