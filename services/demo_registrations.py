"""In the demo: events to register for, one that is full, one whose attendance is open, and ones that are over."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models.claims import Claim
from models.credits import Credit, CreditSource, CreditStatus
from models.events import Event, EventPerson, EventRole, EventState, RegistrationMode
from models.people import Person
from models.registrations import Registration, RegistrationState
from services import clock
from services.demo_records import Records

OPEN_SEATS, FULL_SEATS, CAME = 20, 6, 14
QUESTIONS = [{"key": "answer_1", "label": "What do you hope to take home?", "required": False}]
DAYS_OVER = (12, 45)


def write_registrations(records: Records, chosen: dict[str, Person], others: list[Person]) -> None:
    """The participant is registered for one event and waits for another; nobody of the five was at what is over."""
    session, now = records.session, clock.now()
    coming = [event for event in records.calendar if event.begins_at > now + timedelta(days=2)]
    for event in coming[:24:3]:
        _open(event, OPEN_SEATS)
    _seat(session, coming[0], [*others[:7], chosen["participant"]])
    coming[0].questions = QUESTIONS
    _open(coming[1], FULL_SEATS)
    _seat(session, coming[1], [*others[:8], chosen["participant"]])
    session.add(EventPerson(event_id=coming[0].id or 0, person_id=others[0].id or 0, role=EventRole.TRAINER))
    session.add(
        EventPerson(event_id=coming[0].id or 0, person_id=chosen["coordinator"].id or 0, role=EventRole.CONTACT)
    )
    ended = [event for event in records.calendar if event.ends_at <= now and records.lines.get(event.id or 0)]
    _open(ended[-1], OPEN_SEATS)
    _seat(session, ended[-1], _without_credit(records, ended[-1], others))
    for days in DAYS_OVER:
        event = next(one for one in reversed(ended) if one.ends_at <= now - timedelta(days=days))
        _hold(records, event, _without_credit(records, event, others))
    draft = coming[-1]
    draft.state = EventState.DRAFT
    session.flush()


def _open(event: Event, capacity: int) -> None:
    event.registration, event.capacity = RegistrationMode.HERE, capacity
    if event.online:
        event.meeting_link = f"https://meet.example.org/{event.id}"


def _seat(session: Session, event: Event, people: list[Person]) -> list[Registration]:
    """In their order: who finds no seat waits."""
    begun = event.begins_at - timedelta(days=20)
    rows = [
        Registration(
            event_id=event.id or 0,
            person_id=person.id or 0,
            state=RegistrationState.REGISTERED if place < (event.capacity or 0) else RegistrationState.WAITING,
            registered_at=min(begun + timedelta(hours=5 * place), clock.now()),
        )
        for place, person in enumerate(people)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _without_credit(records: Records, event: Event, people: list[Person]) -> list[Person]:
    """Those who have not claimed it."""
    lines = [line.id for line in records.lines[event.id or 0]]
    have = set(records.session.exec(select(Credit.person_id).where(col(Credit.line_id).in_(lines))))
    return [one for one in people if one.id not in have][:CAME]


def _hold(records: Records, event: Event, people: list[Person]) -> None:
    """It is over: most came, the last one did not, and the credits are there."""
    session = records.session
    _open(event, OPEN_SEATS)
    closed = event.ends_at + timedelta(hours=2)
    event.attendance_closed_at = closed
    rows = _seat(session, event, people)
    for row in rows[:-1]:
        row.attend(records.coordinator_id, event.ends_at, event.minutes)
        claim = Claim(person_id=row.person_id, event_id=event.id or 0, claimed_at=closed, waiting_since=closed)
        session.add(claim)
        session.flush()
        for line in records.lines[event.id or 0]:
            session.add(
                Credit(
                    person_id=row.person_id,
                    line_id=line.id or 0,
                    claim_id=claim.id,
                    credits=line.credits,
                    source=CreditSource.ATTENDANCE,
                    status=CreditStatus.APPROVED,
                    decided_at=closed,
                    created_at=closed,
                )
            )
    rows[-1].be_absent(records.coordinator_id, event.ends_at)
    session.flush()
