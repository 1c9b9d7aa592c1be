"""Asking a supervisor: a letter with a one-time link, sent again, sent to somebody else, reminded of once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.errors import NotFound, Problems, WrongState
from models.participations import Participation
from models.people import Person
from models.supervision import RequestKind, RequestState, VerificationRequest
from models.times import shown_day
from services import audit, clock, db, frozen, installation, letters, programs, supervision_sheets, supervisors
from services.access import Actor, load_participation
from services.profile import read_email, read_line
from services.sign_in import hashed
from services.supervisors import Supervisor


@dataclass(frozen=True)
class Asked:
    """One asking, as the coordinator and the participant see it; moments in UTC."""

    name: str
    email: str
    asked_at: datetime
    expires_at: datetime
    reminded_at: datetime | None
    state: RequestState
    ended_at: datetime | None
    note: str
    answered_by: str
    device: str
    address: str
    is_over: bool


@dataclass(frozen=True)
class Asking:
    """Whom a record's supervisor is said to be, and all letters so far, the newest first."""

    proposed: Supervisor | None
    letters: tuple[Asked, ...]


def ask(actor: Actor, participation_id: int, values: Mapping[str, object]) -> None:
    """Asks this supervisor (`supervisor_name`, `supervisor_email`) now; an earlier link answers nothing any more.

    For the coordinator, and for the participant while it is her turn to say who it is. Raises NotFound, WrongState,
    Problems by field.
    """
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        if not is_due(participation):
            raise WrongState("There is nothing to verify now: the record is not at that step.")
        supervisor = read(session, participation, values)
        participation.verifier_name, participation.verifier_email = supervisor.name, supervisor.email
        participation.verifier_id = supervisor.person_id
        ask_within(session, participation, actor.person_id)


def ask_within(session: Session, participation: Participation, by_id: int | None) -> VerificationRequest | None:
    """Inside the deed that makes the verification the next step; None while nobody with an address is known."""
    supervisor = supervisors.of(session, participation)
    frozen.end_requests(session, participation)
    if supervisor is None or not supervisor.email:
        return None
    request = VerificationRequest(
        kind=RequestKind.RECORD,
        person_id=participation.person_id,
        participation_id=participation.id,
        submission=participation.submission,
        library_id=participation.library_id,
        verifier_name=supervisor.name,
        verifier_email=supervisor.email,
        verifier_id=supervisor.person_id,
        token_hash="",
        asked_at=clock.now(),
        asked_by_id=by_id,
        expires_at=clock.now(),
    )
    send(session, request)
    title = programs.current().versions[participation.track_version_id].track_name
    audit.record(
        session,
        by_id,
        "participation:asked",
        participation.id or 0,
        person_id=participation.person_id,
        title=title,
        verifier=supervisor.name,
    )
    frozen.tell(session, participation)
    return request


def send(session: Session, request: VerificationRequest) -> None:
    """Writes the request and its letter; the link holds for the program's days."""
    days = int(programs.current().settings["link_days"])
    request.expires_at = request.asked_at + timedelta(days=days)
    request.token_hash = f"of {request.person_id} at {request.asked_at.isoformat()}"
    session.add(request)
    session.flush()
    request.token_hash = hashed(supervision_sheets.token_of(request))
    session.flush()
    write(session, request, "verification asked")


def write(session: Session, request: VerificationRequest, kind: str) -> None:
    """A letter with the link, to the supervisor."""
    sheet = supervision_sheets.of(session, request)
    told = {
        "first_name": request.verifier_name,
        "person": sheet.person,
        "what": f"the record for {sheet.track}" if sheet.track else "the credits so far",
        "link": link(request),
        "until": shown_day(programs.current().day_of(request.expires_at)),
    }
    letters.write(session, request.person_id, kind, told, address=request.verifier_email)


def link(request: VerificationRequest) -> str:
    base = installation.settings().base_url.rstrip("/")
    return f"{base}/supervisor/{supervision_sheets.token_of(request)}"


def asking(session: Session, participation: Participation) -> Asking:
    """For the record's pages."""
    rows = session.exec(
        select(VerificationRequest)
        .where(VerificationRequest.participation_id == participation.id)
        .order_by(col(VerificationRequest.id).desc())
    )
    return Asking(supervisors.of(session, participation), tuple(_asked(row) for row in rows))


def shown(actor: Actor, participation_id: int) -> Asking:
    """Raises NotFound for what is missing or foreign."""
    with db.reading() as session:
        return asking(session, load_participation(session, actor, participation_id))


def is_due(participation: Participation) -> bool:
    """Whether the verification is what a submitted record waits for."""
    first = programs.current().settings["steps"][0]
    return (
        participation.is_open
        and participation.submitted_at is not None
        and participation.verified_at is None
        and (first == "verification" or participation.reviewed_at is not None)
    )


def remind() -> int:
    """Reminds once of every letter that was not answered within the program's days; returns how many."""
    settings, now = programs.current().settings, clock.now()
    before = now - timedelta(days=int(settings["link_reminder_days"]))
    with db.writing() as session:
        rows = session.exec(
            select(VerificationRequest)
            .where(VerificationRequest.state == RequestState.OPEN, col(VerificationRequest.reminded_at).is_(None))
            .where(col(VerificationRequest.asked_at) <= before, col(VerificationRequest.expires_at) > now)
            .order_by(col(VerificationRequest.id))
            .limit(MOST_REMINDED)
            .with_for_update(skip_locked=True)
        ).all()
        for request in rows:
            request.token_hash = hashed(supervision_sheets.token_of(request))
            request.reminded_at = now
            write(session, request, "verification reminder")
    return len(rows)


def read(session: Session, participation: Participation, values: Mapping[str, object]) -> Supervisor:
    """The supervisor as typed. Raises Problems; nobody verifies her own record."""
    problems: dict[str, str] = {}
    found: dict[str, str] = {}
    name = read_line(values, "supervisor_name", 120, problems)
    if not name and "supervisor_name" not in problems:
        problems["supervisor_name"] = "Enter who is to verify the credits."
    email = read_email({"email": values.get("supervisor_email")}, found)
    if found:
        problems["supervisor_email"] = found["email"]
    person = session.get_one(Person, participation.person_id)
    if email and email.casefold() == (person.email or "").casefold():
        problems["supervisor_email"] = "Nobody verifies her own record: enter the supervisor’s address."
    if problems:
        raise Problems(problems)
    known = supervisors.known_by(session, email, participation.person_id)
    return Supervisor(name, email, known.id if known else None)


def load_own(session: Session, actor: Actor, request_id: int, *, lock: bool = False) -> VerificationRequest:
    """A request that asks this person. Raises NotFound."""
    request = session.get(VerificationRequest, request_id, with_for_update=lock)
    if request is None or request.verifier_id != actor.person_id:
        raise NotFound
    return request


def _asked(row: VerificationRequest) -> Asked:
    return Asked(
        row.verifier_name,
        row.verifier_email,
        row.asked_at,
        row.expires_at,
        row.reminded_at,
        row.state,
        row.ended_at,
        row.note,
        row.answered_by,
        row.device,
        row.address,
        row.is_open and clock.now() >= row.expires_at,
    )


MOST_REMINDED = 200
"""In one transaction; the rest at the next time."""
