"""New directors: so many years from the hire until the certificate, told to the director and the board."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.certificates import Certificate, CertificateStatus
from models.participations import OPEN, Participation
from models.people import Person, Position, PositionKind
from models.times import shown_day, years_after
from services import db, letters, programs, supervisors


def due_on(session: Session, person_id: int, track_id: int) -> date | None:
    """By when somebody who directs a library now needs a first certificate on this track; None for anybody else."""
    program = programs.current()
    years = int(program.settings["new_director_years"])
    if not years or program.tracks[track_id].key not in program.settings["director_tracks"]:
        return None
    today = program.today()
    held = session.exec(
        select(Position).where(Position.person_id == person_id, Position.kind == PositionKind.DIRECTOR)
    ).all()
    begun = [one.begins_on for one in held if one.held_on(today)]
    return years_after(min(begun), years) if begun else None


def welcome(session: Session, position: Position) -> bool:
    """Inside the deed that makes somebody director: the first certificate comes due, and both are told, once.

    Whether letters were written: not for who is certified already, nor for somebody who has been director for long.
    """
    program = programs.current()
    today = program.today()
    recently = today - timedelta(days=RECENT_DAYS) <= position.begins_on <= today
    if position.kind != PositionKind.DIRECTOR or not position.held_on(today) or not recently:
        return False
    told = False
    for track_id, track in program.tracks.items():
        day = due_on(session, position.person_id, track_id)
        if day is None or _is_certified(session, position.person_id, track_id, today):
            continue
        _set_due(session, position.person_id, track_id, day)
        told = _tell(session, position, track.name, day) or told
    return told


def welcome_all() -> int:
    """Those who came by an import or a first sign-in; returns how many were told."""
    today = programs.current().today()
    with db.writing() as session:
        since = today - timedelta(days=RECENT_DAYS)
        rows = session.exec(
            select(Position)
            .where(Position.kind == PositionKind.DIRECTOR, col(Position.begins_on) >= since)
            .order_by(col(Position.id))
        ).all()
        return sum(welcome(session, one) for one in rows)


def _is_certified(session: Session, person_id: int, track_id: int, today: date) -> bool:
    return (
        session.exec(
            select(Certificate.id)
            .join(Participation, col(Participation.id) == Certificate.participation_id)
            .where(Certificate.person_id == person_id, Participation.track_id == track_id)
            .where(Certificate.status == CertificateStatus.VALID, col(Certificate.due_on) >= today)
        ).first()
        is not None
    )


def _set_due(session: Session, person_id: int, track_id: int, day: date) -> None:
    """On the track that was taken up already; one that is taken up later gets it then."""
    for one in session.exec(
        select(Participation).where(
            Participation.person_id == person_id,
            Participation.track_id == track_id,
            col(Participation.status).in_(OPEN),
            col(Participation.due_on).is_(None),
        )
    ):
        one.due_on = day


def _tell(session: Session, position: Position, track: str, day: date) -> bool:
    """A letter to the director, and one to the board's chair."""
    key = f"new director {position.person_id} {position.begins_on.isoformat()} {track}"
    director = session.get_one(Person, position.person_id)
    told = {"track": track, "due": shown_day(day)}
    first = letters.write(session, position.person_id, "new director", told, key=key)
    chair = supervisors.proposed(session, position.person_id, programs.current().today(), position.library_id)
    if first and chair is not None and chair.email:
        words = {**told, "first_name": chair.name, "person": director.name}
        addressee = chair.person_id or position.person_id
        letters.write(
            session, addressee, "new director, to the board", words, address=chair.email, key=f"{key} to the board"
        )
    return first


RECENT_DAYS = 90
"""A director of long standing who is entered today is no new director."""
