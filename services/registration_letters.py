"""Letters about a seat: confirmed, waiting, moved up, given back, reminded; each with the calendar entry."""

from sqlmodel import Session

from models.events import Event
from models.registrations import SEATED, Registration
from models.times import shown_span
from services import event_calendar, installation, letters


def confirmed(session: Session, row: Registration, event: Event, *, by: str | None = None) -> None:
    """To who registered, or was registered by somebody."""
    told = {**_facts(row, event), "by": f"{by} registered you." if by else "Thank you for registering."}
    kind = "registered" if _seated(row) else "waiting list"
    letters.write(session, row.person_id, kind, told, at_once=True, calendar=_entry(row, event))


def moved_up(session: Session, row: Registration, event: Event) -> None:
    letters.write(session, row.person_id, "moved up", _facts(row, event), at_once=True, calendar=_entry(row, event))


def cancelled(session: Session, row: Registration, event: Event) -> None:
    """The seat was given back; the entry goes from the calendar."""
    entry = event_calendar.entry(event, base_url(), withdrawn=True)
    letters.write(session, row.person_id, "registration cancelled", _facts(row, event), at_once=True, calendar=entry)


def event_cancelled(session: Session, row: Registration, event: Event) -> None:
    """Who waits may have put it into her calendar, too: it goes from there."""
    told, entry = {**_facts(row, event), "reason": event.cancel_reason}, event_calendar.entry(event, base_url())
    letters.write(session, row.person_id, "event cancelled", told, at_once=True, calendar=entry)


def event_changed(session: Session, row: Registration, event: Event) -> None:
    """Time or place is another one."""
    letters.write(
        session, row.person_id, "event changed", _facts(row, event), at_once=True, calendar=_entry(row, event)
    )


def reminded(session: Session, row: Registration, event: Event) -> None:
    key = f"event:{row.id}:{event.begins_at.isoformat()}"
    told, entry = _facts(row, event), _entry(row, event)
    letters.write(session, row.person_id, "event reminder", told, key=key, at_once=True, calendar=entry)


def credited(session: Session, row: Registration, event: Event, credits: str) -> None:
    letters.write(session, row.person_id, "attendance credited", {"title": event.title, "credits": credits})


def corrected(session: Session, row: Registration, event: Event, *, said: str, reason: str) -> None:
    told = {"title": event.title, "said": said, "reason": reason}
    letters.write(session, row.person_id, "attendance corrected", told)


def base_url() -> str:
    return installation.settings().base_url.rstrip("/")


def _facts(row: Registration, event: Event) -> dict[str, str]:
    meeting = event.meeting_link if _seated(row) else ""
    online = f"Online: {meeting}" if meeting else "Online" if event.online else ""
    return {
        "title": event.title,
        "when": shown_span(event.begins_at, event.ends_at, event.time_zone),
        "where": "\n".join(part for part in (event.location, online) if part),
        "link": f"{base_url()}/events/{event.id}",
    }


def _entry(row: Registration, event: Event) -> str:
    """Nothing for who waits: it is not in her calendar before she has a seat."""
    return event_calendar.entry(event, base_url(), with_meeting=True) if _seated(row) else ""


def _seated(row: Registration) -> bool:
    """Who has a seat gets the link to the meeting; who waits, or gave hers back, does not."""
    return row.state in SEATED
