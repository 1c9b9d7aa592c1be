"""One's own calendar under a secret address: registrations and due days. Whoever has the address reads it, until it
is ended or replaced."""

from datetime import date, timedelta

from icalendar import Event as CalendarEvent
from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session, col, select

from models.errors import NotFound
from models.events import Event, EventState
from models.evidence import EvidenceRequest
from models.participations import OPEN, Participation
from models.people import Person
from models.registrations import CalendarFeed, Registration, RegistrationState
from services import audit, clock, db, event_calendar, installation, programs
from services.access import Actor
from services.letter_wishes import DEMO_KEY

SALT = "a calendar of one's own"
BACK = timedelta(days=365)


def address(actor: Actor) -> str:
    """The secret address; empty while there is none."""
    with db.reading() as session:
        feed = session.get(CalendarFeed, actor.person_id)
    return _address(feed) if feed and feed.ended_at is None else ""


def make(actor: Actor) -> str:
    """A new address; the one before leads nowhere from now on."""
    with db.writing() as session:
        session.get(Person, actor.person_id, with_for_update=True)
        feed = session.get(CalendarFeed, actor.person_id)
        if feed is None:
            feed = CalendarFeed(person_id=actor.person_id, number=0, made_at=clock.now())
        feed.number, feed.made_at, feed.ended_at = feed.number + 1, clock.now(), None
        session.add(feed)
        audit.record(session, actor.person_id, "person:calendar_made", actor.person_id, person_id=actor.person_id)
        return _address(feed)


def end(actor: Actor) -> None:
    """The address leads nowhere from now on. Raises NotFound when there is none."""
    with db.writing() as session:
        feed = session.get(CalendarFeed, actor.person_id, with_for_update=True)
        if feed is None or feed.ended_at is not None:
            raise NotFound
        feed.ended_at = clock.now()
        audit.record(session, actor.person_id, "person:calendar_ended", actor.person_id, person_id=actor.person_id)


def file(token: str) -> bytes:
    """The calendar behind the address. Raises NotFound, for one that ended or a closed record, too."""
    base_url = installation.settings().base_url
    with db.reading() as session:
        person = _behind(session, token)
        rows = session.exec(
            select(Registration, Event)
            .join(Event, col(Event.id) == Registration.event_id)
            .where(Registration.person_id == person.id, Registration.state != RegistrationState.CANCELLED)
            .where(Event.state != EventState.DRAFT, col(Event.ends_at) > clock.now() - BACK)
            .order_by(col(Event.begins_at), col(Event.id))
        ).all()
        days = _due_days(session, person.id or 0, base_url)
    parts = [_seat(row, event, base_url) for row, event in rows] + days
    name = f"{programs.current().name}: {person.name}"
    return event_calendar.written(parts, {event.time_zone for _, event in rows}, name=name)


def _seat(row: Registration, event: Event, base_url: str) -> CalendarEvent:
    waiting = row.state == RegistrationState.WAITING
    part = event_calendar.calendar_event(event, base_url, with_meeting=not waiting)
    if waiting and event.state == EventState.PUBLISHED:
        part["status"] = "TENTATIVE"
        part["summary"] = f"Waiting list: {event.title}"
    return part


def _due_days(session: Session, person_id: int, base_url: str) -> list[CalendarEvent]:
    program, parts = programs.current(), []
    tracks = select(Participation).where(
        Participation.person_id == person_id,
        col(Participation.status).in_(OPEN),
        col(Participation.due_on).is_not(None),
    )
    for one in session.exec(tracks.order_by(col(Participation.id))):
        name = program.versions[one.track_version_id].track_name
        path = f"/ce/tracks/{one.id}"
        assert one.due_on is not None  # noqa: S101 -- the query asks for it
        parts.append(_whole_day(f"due-{one.id}", f"Certification due: {name}", one.due_on, base_url, path))
    asked = select(EvidenceRequest).where(
        EvidenceRequest.person_id == person_id, col(EvidenceRequest.decided_at).is_(None)
    )
    for request in session.exec(asked.order_by(col(EvidenceRequest.id))):
        path = f"/ce/evidence/{request.id}"
        parts.append(_whole_day(f"evidence-{request.id}", "Evidence due", request.due_on, base_url, path))
    return parts


def _whole_day(name: str, summary: str, day: date, base_url: str, path: str) -> CalendarEvent:
    """The later the day, the greater its SEQUENCE: an extension moves the entry in calendars that have it."""
    part = CalendarEvent()
    part.add("uid", event_calendar.uid(name, base_url))
    part.add("dtstamp", clock.now())
    part.add("sequence", (day - FIRST).days)
    part.add("dtstart", day)
    part.add("dtend", day + timedelta(days=1))
    part.add("summary", summary)
    part.add("transp", "TRANSPARENT")
    part.add("url", f"{base_url.rstrip('/')}{path}")
    return part


def _behind(session: Session, token: str) -> Person:
    try:
        person_id, number = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    feed, person = session.get(CalendarFeed, person_id), session.get(Person, person_id)
    if feed is None or person is None or feed.number != number:
        raise NotFound
    if feed.ended_at is not None or person.deactivated_at is not None:
        raise NotFound
    return person


def _address(feed: CalendarFeed) -> str:
    token = _serializer().dumps([feed.person_id, feed.number])
    return f"{installation.settings().base_url.rstrip('/')}/calendar/{token}.ics"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(installation.settings().secret_key or DEMO_KEY, salt=SALT)


FIRST = date(2020, 1, 1)
