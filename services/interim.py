"""Interim verification: who leaves a library has the credits so far verified by the old supervisor, for good."""

from datetime import date

from sqlmodel import Session, col, select

from models.errors import NotFound, WrongState
from models.participations import Participation
from models.people import Person, Position
from models.supervision import RequestKind, RequestState, VerificationRequest
from models.verifications import InterimVerification, VerificationResult
from services import audit, clock, db, live, programs, records, supervision, supervision_sheets, supervisors
from services.access import Actor, load_participation
from services.supervision_sheets import digest_of
from services.supervisors import Supervisor
from services.verification_rows import Said


def ask(actor: Actor, participation_id: int) -> str:
    """The participant's own: asks the supervisor at her present library now; returns whom.

    Raises NotFound, WrongState (nobody to ask, nothing to verify).
    """
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        if participation.person_id != actor.person_id:
            raise NotFound
        position = _present(session, participation)
        supervisor = _ask(session, position, actor.person_id) if position else None
        if supervisor is None:
            raise WrongState(
                "Nobody can be asked: no supervisor with an e-mail address is known there, or every credit is "
                "verified already. Write to the state library."
            )
        return supervisor.name


def ask_within(session: Session, position: Position, by_id: int) -> None:
    """Inside the deed that ends a position; nothing to verify or nobody to ask is no mistake."""
    today = programs.current().today()
    if position.ends_on is not None and abs((today - position.ends_on).days) <= NEAR_DAYS:
        _ask(session, position, by_id)


def ask_again(session: Session, old: VerificationRequest) -> None:
    """The same letter with a new link."""
    old.replace(clock.now())
    session.flush()
    supervision.send(session, _copy(old))


def record(session: Session, doer: Actor, request: VerificationRequest, said: Said) -> None:
    """The old supervisor's answer, credit by credit; what is not confirmed is asked of the next one again."""
    sheet = supervision_sheets.of(session, request)
    rows = {row.id: row for row in records.credits_of(session, request.person_id)}
    for line in sheet.asked:
        refused = line.credit_id in said.refused
        session.add(
            InterimVerification(
                credit_id=line.credit_id,
                request_id=request.id or 0,
                result=VerificationResult.NOT_CONFIRMED if refused else VerificationResult.CONFIRMED,
                reason=said.refused.get(line.credit_id, ""),
                verifier_name=said.verifier_name,
                how=said.how,
                verified_on=said.verified_on,
                recorded_at=clock.now(),
                shown=digest_of(rows[line.credit_id]),
            )
        )
    title = f"{len(sheet.asked) - len(said.refused)} of {len(sheet.asked)}"
    _record(session, doer.audited_id, "person:interim_verified", request, title=title, verifier=said.verifier_name)


def _present(session: Session, participation: Participation) -> Position | None:
    """The position at the track's library, else the newest that is held today."""
    today = programs.current().today()
    mine = select(Position).where(Position.person_id == participation.person_id)
    held = [one for one in session.exec(mine.order_by(col(Position.begins_on).desc())) if one.held_on(today)]
    return next((one for one in held if one.library_id == participation.library_id), held[0] if held else None)


def _ask(session: Session, position: Position, by_id: int) -> Supervisor | None:
    today = programs.current().today()
    last = min(position.ends_on or today, today)
    supervisor = supervisors.proposed(session, position.person_id, _day_in(position, last), position.library_id)
    if supervisor is None or not supervisor.email:
        return None
    request = VerificationRequest(
        kind=RequestKind.INTERIM,
        person_id=position.person_id,
        library_id=position.library_id,
        until_on=last,
        verifier_name=supervisor.name,
        verifier_email=supervisor.email,
        verifier_id=supervisor.person_id,
        token_hash="",
        asked_at=clock.now(),
        asked_by_id=by_id,
        expires_at=clock.now(),
    )
    if not supervision_sheets.of(session, request).asked:
        return None
    _end_open(session, position.person_id)
    supervision.send(session, request)
    _record(session, by_id, "person:interim_asked", request, title="", verifier=supervisor.name)
    return supervisor


def _day_in(position: Position, day: date) -> date:
    """A day on which the position is held."""
    return max(position.begins_on, min(day, position.ends_on or day))


def _end_open(session: Session, person_id: int) -> None:
    session.get(Person, person_id, with_for_update=True)
    for one in session.exec(
        select(VerificationRequest).where(
            VerificationRequest.person_id == person_id,
            VerificationRequest.kind == RequestKind.INTERIM,
            col(VerificationRequest.state) == RequestState.OPEN,
        )
    ):
        one.replace(clock.now())
    session.flush()


def _copy(old: VerificationRequest) -> VerificationRequest:
    kept = ("person_id", "library_id", "until_on", "verifier_name", "verifier_email", "verifier_id", "asked_by_id")
    return VerificationRequest(
        kind=RequestKind.INTERIM,
        token_hash="",
        asked_at=clock.now(),
        expires_at=clock.now(),
        **{name: getattr(old, name) for name in kept},
    )


def _record(
    session: Session, by_id: int | None, action: str, request: VerificationRequest, *, title: str, verifier: str
) -> None:
    person_id = request.person_id
    audit.record(session, by_id, action, person_id, person_id=person_id, title=title, verifier=verifier)
    db.tell(session, lambda: live.record_changed.publish(key=person_id))


NEAR_DAYS = 90
"""A position that ended long ago is a correction of the directory, not somebody who leaves."""
