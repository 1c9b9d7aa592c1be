"""Degrees: handed in with the diploma by their owner, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.degrees import Degree, DegreeStatus
from models.documents import Document
from models.errors import NotFound, Problems, WrongState
from models.participations import Participation, ParticipationStatus
from models.people import Person
from models.texts import typed
from models.times import day_of_iso, shown_day, years_after
from services import audit, clock, db, documents, drafts, frozen, programs
from services.access import Actor

FORM = "degree"
PURPOSE = "diploma"
LONGEST = 120
"""What fits on two lines of a certificate."""


@dataclass(frozen=True)
class DegreePage:
    """`track_name` is the track in progress that a degree would stand for, empty without one."""

    kinds: dict[str, str]
    track_name: str
    tracks: tuple[str, ...]
    latest: Degree | None
    file: Document | None
    draft: dict[str, object]
    draft_file: Document | None
    years: int


def hand_in(actor: Actor, values: Mapping[str, object]) -> int:
    """Hands in `institution`, `kind` (MLIS), `graduated_on` (ISO) and `file` (a document's id); returns its id.

    The program's rule: a degree of the last `degree_years` stands for a director's track that was taken up first.
    Raises NotFound where the program knows no degrees, Problems by field, WrongState (no such track, one waits).
    """
    _require_offered()
    with db.writing() as session:
        session.get(Person, actor.person_id, with_for_update=True)  # pressed twice: the second sees the first
        institution, kind, graduated_on, file = _read(session, actor, values)
        participation = _in_progress(session, actor.person_id)
        if participation is None:
            raise WrongState(f"Take up the track {' or '.join(_track_names())} first; the degree stands for it.")
        if _waiting(session, participation.id or 0):
            raise WrongState("Your degree waits already. Take it back to hand in another one.")
        degree = Degree(
            person_id=actor.person_id,
            participation_id=participation.id or 0,
            institution=institution,
            kind=kind,
            graduated_on=graduated_on,
            document_id=file.id or 0,
            handed_in_at=clock.now(),
        )
        session.add(degree)
        session.flush()
        drafts.drop(session, actor.person_id, FORM)
        tell(session, actor, "degree:handed_in", degree)
        return degree.id or 0


def withdraw(actor: Actor, degree_id: int) -> None:
    """Its owner takes it back while it waits. Raises NotFound, WrongState."""
    with db.writing() as session:
        degree = load(session, actor, degree_id, lock=True)
        if degree.person_id != actor.person_id:
            raise NotFound
        degree.withdraw(clock.now())
        tell(session, actor, "degree:withdrawn", degree)


def show(actor: Actor) -> DegreePage:
    """The form with what was typed, or the newest degree. Raises NotFound where the program knows no degrees."""
    _require_offered()
    program = programs.current()
    typed_before = drafts.kept(actor, FORM)
    with db.reading() as session:
        participation = _in_progress(session, actor.person_id)
        latest = session.exec(
            select(Degree).where(Degree.person_id == actor.person_id).order_by(col(Degree.id).desc())
        ).first()
        return DegreePage(
            dict(program.settings["degrees"]),
            program.versions[participation.track_version_id].track_name if participation else "",
            tuple(_track_names()),
            latest,
            session.get(Document, latest.document_id) if latest else None,
            typed_before,
            documents.chosen(session, actor.person_id, PURPOSE, typed_before.get("file")),
            int(program.settings["degree_years"]),
        )


def is_offered(program: programs.ProgramView) -> bool:
    """Whether this program takes a degree for a track."""
    return bool(program.settings["degrees"]) and bool(program.settings["director_tracks"])


def load(session: Session, actor: Actor, degree_id: int, *, lock: bool = False) -> Degree:
    """One's own, or any for a coordinator. Raises NotFound."""
    degree = session.get(Degree, degree_id, with_for_update=lock)
    if degree is None or (degree.person_id != actor.person_id and not actor.is_coordinator):
        raise NotFound
    return degree


def end_waiting(session: Session, participation: Participation) -> None:
    """Its track was given up: there is nothing left that the degree could stand for."""
    if degree := _waiting(session, participation.id or 0):
        degree.withdraw(clock.now())


def tell(session: Session, actor: Actor, action: str, degree: Degree, **more: str) -> None:
    """The audit line, and the news after the commit."""
    log(session, actor, action, degree, **more)
    frozen.tell(session, session.get_one(Participation, degree.participation_id))


def log(session: Session, actor: Actor, action: str, degree: Degree, **more: str) -> None:
    """The audit line."""
    audit.record(
        session, actor.person_id, action, degree.id or 0, person_id=degree.person_id, title=degree.in_words, **more
    )


def _read(session: Session, actor: Actor, values: Mapping[str, object]) -> tuple[str, str, date, Document]:
    problems: dict[str, str] = {}
    institution = typed(values.get("institution"))
    if not institution:
        problems["institution"] = "Enter the college or university."
    elif len(institution) > LONGEST:
        problems["institution"] = f"At most {LONGEST} characters, please."
    kind = str(values.get("kind") or "")
    if kind not in programs.current().settings["degrees"]:
        problems["kind"] = "Choose the degree."
    day = _graduation(str(values.get("graduated_on") or ""), problems)
    file = documents.chosen(session, actor.person_id, PURPOSE, values.get("file"))
    if file is None:
        problems["file"] = "Choose the file with your diploma."
    if problems or day is None or file is None:
        raise Problems(problems)
    return institution, kind, day, file


def _graduation(text: str, problems: dict[str, str]) -> date | None:
    """The day, or None and the problem: not a day, to come, or older than the rule allows."""
    program = programs.current()
    years, today = int(program.settings["degree_years"]), program.today()
    day = day_of_iso(text)
    if day is None:
        problems["graduated_on"] = "Enter the date of graduation."
    elif day > today:
        problems["graduated_on"] = "This day is still to come. Hand the degree in once you have graduated."
    elif years_after(day, years) < today:
        problems["graduated_on"] = (
            f"The program takes a degree of the last {years} years for the track; this one is older: "
            f"the last day for it was {shown_day(years_after(day, years))}. Your credits count as everybody’s do."
        )
    return day


def _in_progress(session: Session, person_id: int) -> Participation | None:
    """The open participation in a track that a degree can stand for."""
    program = programs.current()
    able = [id_ for id_, track in program.tracks.items() if track.key in program.settings["director_tracks"]]
    return session.exec(
        select(Participation)
        .where(Participation.person_id == person_id, col(Participation.track_id).in_(able))
        .where(Participation.status == ParticipationStatus.IN_PROGRESS)
        .order_by(col(Participation.id))
    ).first()


def _waiting(session: Session, participation_id: int) -> Degree | None:
    return session.exec(
        select(Degree).where(Degree.participation_id == participation_id, Degree.status == DegreeStatus.PENDING)
    ).first()


def _track_names() -> list[str]:
    program = programs.current()
    return [track.name for track in program.tracks.values() if track.key in program.settings["director_tracks"]]


def _require_offered() -> None:
    if not is_offered(programs.current()):
        raise NotFound
