"""Letters about a seat: confirmed, waiting, moved up, given back, reminded; each with the calendar entry."""

from sqlmodel import Session

from models.events import Event
from models.registrations import Registration, RegistrationState
from models.times import shown_span
from services import event_calendar, installation, letters


def confirmed(session: Session, row: Registration, event: Event, *, by: str | None = None) -> None:
    """To who registered, or was registered by somebody."""
    waiting = row.state == RegistrationState.WAITING
    told = {**_facts(event), "by": f"{by} registered you." if by else "Thank you for registering."}
    kind = "waiting list" if waiting else "registered"
    letters.write(session, row.person_id, kind, told, at_once=True, calendar="" if waiting else _entry(event))


def moved_up(session: Session, row: Registration, event: Event) -> None:
    letters.write(session, row.person_id, "moved up", _facts(event), at_once=True, calendar=_entry(event))


def cancelled(session: Session, row: Registration, event: Event) -> None:
    """The seat was given back; the entry goes from the calendar."""
    entry = event_calendar.entry(event, base_url(), withdrawn=True)
    letters.write(session, row.person_id, "registration cancelled", _facts(event), at_once=True, calendar=entry)


def event_cancelled(session: Session, row: Registration, event: Event) -> None:
    told = {**_facts(event), "reason": event.cancel_reason}
    letters.write(session, row.person_id, "event cancelled", told, at_once=True, calendar=_entry(event))


def event_changed(session: Session, row: Registration, event: Event) -> None:
    """Time or place is another one."""
    letters.write(session, row.person_id, "event changed", _facts(event), calendar=_entry(event))


def reminded(session: Session, row: Registration, event: Event) -> None:
    key = f"event:{row.id}:{event.begins_at.isoformat()}"
    told, entry = _facts(event), _entry(event)
    letters.write(session, row.person_id, "event reminder", told, key=key, at_once=True, calendar=entry)


def credited(session: Session, row: Registration, event: Event, credits: str) -> None:
    letters.write(session, row.person_id, "attendance credited", {"title": event.title, "credits": credits})


def corrected(session: Session, row: Registration, event: Event, *, said: str, reason: str) -> None:
    told = {"title": event.title, "said": said, "reason": reason}
    letters.write(session, row.person_id, "attendance corrected", told)


def base_url() -> str:
    return installation.settings().base_url.rstrip("/")


def _facts(event: Event) -> dict[str, str]:
    online = f"Online: {event.meeting_link}" if event.meeting_link else "Online"
    return {
        "title": event.title,
        "when": shown_span(event.begins_at, event.ends_at, event.time_zone),
        "where": event.location if not event.online else online,
        "link": f"{base_url()}/events/{event.id}",
    }


def _entry(event: Event) -> str:
    return event_calendar.entry(event, base_url(), with_meeting=True)
