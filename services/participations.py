"""Participations: take up a track, change what may change, give it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.certificates import Certificate, CertificateStatus
from models.errors import NotFound, Problems, WrongState
from models.evaluation import Evaluation
from models.libraries import Library
from models.participations import OPEN, Participation, ParticipationStatus
from models.people import Person, Position
from models.texts import typed
from models.times import day_begins, years_after
from services import audit, certificate_lists, clock, db, degrees, frozen, live, new_directors, programs, records
from services.access import Actor, load_participation


@dataclass(frozen=True)
class ParticipationPage:
    """One participation with all that its page tells."""

    participation: Participation
    track_name: str
    version: str
    person_name: str
    is_own: bool
    evaluation: Evaluation
    rows: list[records.CreditRow]
    libraries: dict[int, str]
    certificate: str | None


def add(actor: Actor, track_id: int) -> int:
    """Takes up a track in its version of today; returns the participation's id. Raises NotFound, WrongState."""
    program = programs.current()
    version = program.version_for(track_id, program.today())
    if version is None:
        raise NotFound("This track cannot be taken up now.")
    twice = WrongState(f"You already take part in the track {version.track_name}.")
    try:
        with db.writing() as session:
            if _open_on(session, actor.person_id, track_id):
                raise twice
            participation = _begin(session, actor.person_id, version)
            session.add(participation)
            session.flush()
            audit.record(
                session,
                actor.person_id,
                "participation:added",
                participation.id or 0,
                person_id=actor.person_id,
                title=version.track_name,
            )
            _announce(session, actor.person_id)
            return participation.id or 0
    except IntegrityError as error:  # another process was first (PostgreSQL)
        raise twice from error


def update(actor: Actor, participation_id: int, values: Mapping[str, object]) -> None:
    """Changes library, position, proposed verifier and note. Raises NotFound, WrongState, Problems."""
    with db.writing() as session:
        participation = _own(session, actor, participation_id)
        library_id = _library(session, str(values.get("library") or ""))
        participation.update(
            library_id=library_id,
            position=_text(values, "position"),
            verifier_name=_text(values, "verifier_name"),
            verifier_email=_email(values),
            note=_text(values, "note", 2000),
        )
        _record(session, actor, "participation:updated", participation)


def withdraw(actor: Actor, participation_id: int) -> None:
    """Gives the track up; the credits stay. Raises NotFound, WrongState."""
    with db.writing() as session:
        participation = _own(session, actor, participation_id)
        participation.withdraw()
        frozen.thaw(session, participation)
        degrees.end_waiting(session, participation)
        frozen.tell(session, participation)
        _record(session, actor, "participation:withdrawn", participation)


def show(actor: Actor, participation_id: int) -> ParticipationPage:
    """Raises NotFound for what is missing or foreign."""
    program = programs.current()
    with db.reading() as session:
        participation = load_participation(session, actor, participation_id)
        person = session.get_one(Person, participation.person_id)
        rows = records.credits_of(session, participation.person_id)
        listed = records.frozen_lists(session, participation.person_id).get(participation_id)
        certificate = certificate_lists.number_of(session, participation_id)
        libraries = {library.id or 0: library.name for library in session.exec(select(Library).order_by(Library.name))}
    version = program.versions[participation.track_version_id]
    return ParticipationPage(
        participation,
        version.track_name,
        version.version,
        person.name,
        participation.person_id == actor.person_id,
        records.evaluated(participation, rows, program, listed),
        rows,
        libraries,
        certificate,
    )


def of_person(session: Session, person_id: int) -> list[Participation]:
    """All of a person's participations that were not withdrawn, the newest first."""
    return list(
        session.exec(
            select(Participation)
            .where(Participation.person_id == person_id, Participation.status != ParticipationStatus.WITHDRAWN)
            .order_by(col(Participation.begins_on).desc(), col(Participation.id).desc())
        )
    )


def renewal_counts_after(issued: Participation) -> datetime | None:
    """UTC: the renewal counts events that end after the record was handed in; by a degree, after the graduation day."""
    if issued.degree and issued.issued_on:
        return day_begins(issued.issued_on + timedelta(days=1), programs.current().time_zone)
    return issued.submitted_at


def last_certified(
    session: Session, person_id: int, track_id: int, *, before: int | None = None
) -> Participation | None:
    """The newest participation on the track (of those before that id) whose certificate was not revoked."""
    revoked = select(Certificate.participation_id).where(
        Certificate.person_id == person_id, Certificate.status == CertificateStatus.REVOKED
    )
    query = select(Participation).where(
        Participation.person_id == person_id,
        Participation.track_id == track_id,
        Participation.status == ParticipationStatus.ISSUED,
        col(Participation.id).not_in(revoked),
    )
    if before is not None:
        query = query.where(col(Participation.id) < before)
    return session.exec(query.order_by(col(Participation.issued_on).desc(), col(Participation.id).desc())).first()


def _begin(session: Session, person_id: int, version: programs.VersionView) -> Participation:
    program = programs.current()
    today = program.today()
    years = int(program.settings["first_due_years"])
    positions = session.exec(
        select(Position).where(Position.person_id == person_id).order_by(col(Position.begins_on).desc())
    )
    position = next((one for one in positions if one.held_on(today)), None)
    before = last_certified(session, person_id, version.track_id)
    begins_on, due_on = today, years_after(today, years) if years else None
    if before is None and (hired := new_directors.due_on(session, person_id, version.track_id)):
        due_on = max(hired, today)
    if before is not None and before.issued_on is not None:
        begins_on = before.issued_on
        due_on = years_after(begins_on, int(program.settings["renewal_years"]))
    return Participation(
        person_id=person_id,
        track_id=version.track_id,
        track_version_id=version.id,
        renewal=before is not None,
        begins_on=begins_on,
        due_on=due_on,
        counts_after=renewal_counts_after(before) if before else None,
        library_id=position.library_id if position else None,
        position=position.title or position.kind if position else "",
        created_at=clock.now(),
    )


def _open_on(session: Session, person_id: int, track_id: int) -> int | None:
    return session.exec(
        select(Participation.id).where(
            Participation.person_id == person_id,
            Participation.track_id == track_id,
            col(Participation.status).in_(OPEN),
        )
    ).first()


def _own(session: Session, actor: Actor, participation_id: int) -> Participation:
    participation = load_participation(session, actor, participation_id, lock=True)
    if participation.person_id != actor.person_id:
        raise NotFound
    return participation


def _library(session: Session, typed: str) -> int | None:
    if not typed:
        return None
    known = {str(library_id) for library_id in session.exec(select(Library.id))}
    if typed not in known:
        raise Problems({"library": "Choose a library from the list."})
    return int(typed)


def _text(values: Mapping[str, object], name: str, longest: int = 200) -> str:
    text = typed(values.get(name))
    if len(text) > longest:
        raise Problems({name: f"At most {longest} characters, please."})
    return text


def _email(values: Mapping[str, object]) -> str:
    text = _text(values, "verifier_email")
    if text and (text.count("@") != 1 or " " in text or "." not in text.partition("@")[2]):
        raise Problems({"verifier_email": "Enter an e-mail address such as name@library.org."})
    return text


def _record(session: Session, actor: Actor, action: str, participation: Participation) -> None:
    name = programs.current().versions[participation.track_version_id].track_name
    audit.record(session, actor.person_id, action, participation.id or 0, person_id=participation.person_id, title=name)
    _announce(session, participation.person_id)


def _announce(session: Session, person_id: int) -> None:
    db.tell(session, lambda: live.record_changed.publish(key=person_id))
