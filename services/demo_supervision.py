"""A record in the demo that waits for the Director's verification."""

from datetime import date, timedelta

from models.people import Person, Position, PositionKind
from services import clock, supervision
from services.demo_certificates import NEEDED, hand_in
from services.demo_records import Records


def write_waiting(records: Records, director: Person) -> None:
    """Nora, on the Director's staff, has handed in; the coordinator has approved; the letter went out."""
    session, now = records.session, clock.now()
    nora = Person(
        first_name="Nora",
        last_name="Blackwood",
        email="nora.blackwood@example.org",
        phone="406-555-0188",
        created_at=now - timedelta(days=1200),
    )
    session.add(nora)
    session.flush()
    place = records.library_of(director) or 0
    session.add(Position(person_id=nora.id or 0, library_id=place, kind=PositionKind.STAFF, begins_on=date(2021, 3, 1)))
    one = records.participation(nora, "staff", 3.3, position="Library assistant", library_id=place)
    records.earlier(nora, NEEDED["staff"], 3.2)
    hand_in(session, one, now - timedelta(days=4))
    one.review(records.coordinator_id, now - timedelta(days=1))
    session.flush()
    supervision.ask_within(session, one, records.coordinator_id)
