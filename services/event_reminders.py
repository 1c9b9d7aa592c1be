"""Reminders before an event, to those who have a seat; each once for each time of the event."""

from datetime import timedelta

from sqlmodel import col, select

from models.events import Event, EventState
from models.registrations import Registration, RegistrationState
from services import clock, db, programs, registration_letters

BATCH = 200


def remind() -> int:
    """Writes to those whose event begins within the program's hours; returns to how many."""
    hours = int(programs.current().settings["event_reminder_hours"])
    told = 0
    while hours:
        now = clock.now()
        due = (
            select(Registration, Event)
            .join(Event, col(Event.id) == Registration.event_id)
            .where(Registration.state == RegistrationState.REGISTERED, col(Registration.reminded_at).is_(None))
            .where(Event.state == EventState.PUBLISHED)
            .where(col(Event.begins_at) > now, col(Event.begins_at) <= now + timedelta(hours=hours))
            .order_by(col(Registration.id))
            .limit(BATCH)
        )
        with db.writing() as session:
            rows = session.exec(due.with_for_update(of=Registration)).all()
            for row, event in rows:
                row.reminded_at = now
                registration_letters.reminded(session, row, event)
                session.add(row)
        told += len(rows)
        if len(rows) < BATCH:
            break
    return told
