"""A supervisor's answer: verify all, leave single credits out with a reason, or say who is the right person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from models.errors import NotAllowed, Problems, WrongState
from models.participations import Participation
from models.people import Role, RoleGrant
from models.supervision import RequestKind, RequestState, VerificationRequest
from models.texts import typed
from models.verifications import VerifiedBy
from services import (
    audit,
    clock,
    db,
    frozen,
    interim,
    letters,
    programs,
    submissions,
    supervision,
    supervision_sheets,
    verification_rows,
)
from services.access import Actor, holder_of_link
from services.sign_in import Visitor
from services.supervision_sheets import Sheet
from services.verification_rows import Said


@dataclass(frozen=True)
class Answer:
    """`digest` of what was shown, who answers, and why single credits (by id) are not verified."""

    digest: str
    name: str
    refused: Mapping[int, str] = field(default_factory=dict)


class Changed(WrongState):
    """What is to be verified is not what was shown: it is asked again."""


def show(token: str) -> Sheet:
    """What the link asks; looking changes nothing. Raises NotFound, WrongState (answered, replaced, too late)."""
    with db.reading() as session:
        return _open(session, supervision_sheets.found_by(session, token))


def show_own(actor: Actor, request_id: int) -> Sheet:
    """The same for somebody signed in. Raises NotFound, WrongState."""
    with db.reading() as session:
        return _open(session, supervision.load_own(session, actor, request_id))


def answer(token: str, said: Answer, visitor: Visitor, actor: Actor | None = None) -> None:
    """One answer for one link. Raises NotFound, WrongState, Changed, NotAllowed (her own), Problems (name, credits)."""
    with db.writing() as session:
        request = supervision_sheets.found_by(session, token, lock=True)
        _answer(session, request, said, actor=actor, visitor=visitor, how=VerifiedBy.LINK)


def answer_own(actor: Actor, request_id: int, said: Answer, visitor: Visitor) -> None:
    """The same for somebody signed in. Raises NotFound, WrongState, Changed, Problems (name, credits)."""
    with db.writing() as session:
        request = supervision.load_own(session, actor, request_id, lock=True)
        _answer(session, request, said, actor=actor, visitor=visitor, how=VerifiedBy.ACCOUNT)


def refer(token: str, note: str, visitor: Visitor) -> None:
    """“I am not the right person”, and whom to ask. Raises NotFound, WrongState, Problems (note)."""
    with db.writing() as session:
        _refer(session, supervision_sheets.found_by(session, token, lock=True), note, visitor)


def refer_own(actor: Actor, request_id: int, note: str, visitor: Visitor) -> None:
    """The same for somebody signed in. Raises NotFound, WrongState, Problems (note)."""
    with db.writing() as session:
        _refer(session, supervision.load_own(session, actor, request_id, lock=True), note, visitor)


def send_new_link(token: str) -> None:
    """For a link that has expired: a new one goes to the same address. Raises NotFound, WrongState."""
    with db.writing() as session:
        old = supervision_sheets.found_by(session, token, lock=True)
        if old.state != RequestState.OPEN or clock.now() < old.expires_at:
            raise WrongState("A new link is sent only when the old one has expired.")
        participation = session.get(Participation, old.participation_id) if old.participation_id else None
        if participation is not None:
            supervision.ask_within(session, participation, None)
        else:
            interim.ask_again(session, old)


def _open(session: Session, request: VerificationRequest) -> Sheet:
    request.refuse_unless_open(clock.now())
    return supervision_sheets.of(session, request)


def _answer(
    session: Session,
    request: VerificationRequest,
    said: Answer,
    *,
    actor: Actor | None,
    visitor: Visitor,
    how: VerifiedBy,
) -> None:
    request.refuse_unless_open(clock.now())
    if actor is not None and actor.person_id == request.person_id:
        raise NotAllowed("This is your own record. Your supervisor answers, not you.")
    sheet = supervision_sheets.of(session, request)
    if said.digest != sheet.digest:
        raise Changed("The record has changed since you opened this page. Please look at it once more, then answer.")
    name = _read(said, sheet)
    request.answer(clock.now(), sheet.digest)
    _keep(request, name, visitor, actor)
    told = Said(name, how, programs.current().today(), dict(said.refused), request.id)
    doer = actor if how == VerifiedBy.ACCOUNT and actor is not None else holder_of_link(name)
    if request.kind == RequestKind.INTERIM:
        interim.record(session, doer, request, told)
        return
    participation = session.get(Participation, request.participation_id, with_for_update=True)
    assert participation is not None  # noqa: S101 -- the database demands it
    submissions.require_earlier_step(participation, "verification")
    verification_rows.record(session, doer, participation, told)


def _read(said: Answer, sheet: Sheet) -> str:
    """The name of who answers. Raises Problems by field: name, reason-ID, credits."""
    problems: dict[str, str] = {}
    name = " ".join(said.name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        problems["name"] = "Enter your name, so that the record says who verified it."
    elif name.casefold() == sheet.person.casefold():
        problems["name"] = "Nobody verifies their own credits. Enter your own name."
    asked = {line.credit_id for line in sheet.asked}
    for credit_id in asked & said.refused.keys():
        reason = said.refused[credit_id]
        if not typed(reason) or len(reason) > LONGEST_REASON:
            problems[f"reason-{credit_id}"] = "Say in a few words why this credit is not verified."
    if problems:
        raise Problems(problems)
    return name


def _keep(request: VerificationRequest, name: str, visitor: Visitor, actor: Actor | None) -> None:
    """Who answered and from where; when is the request's end."""
    request.answered_by, request.address, request.device = name, visitor.address, visitor.device
    request.answered_by_id = actor.person_id if actor else None


def _refer(session: Session, request: VerificationRequest, note: str, visitor: Visitor) -> None:
    request.refuse_unless_open(clock.now())
    text = typed(note)
    if not text or len(text) > LONGEST_NOTE:
        raise Problems({"note": "Tell us whom to ask: a name, and an address if you know it."})
    request.refer(clock.now(), text)
    request.address, request.device = visitor.address, visitor.device
    sheet = supervision_sheets.of(session, request)
    audit.record(
        session,
        None,
        "participation:referred" if request.participation_id else "person:interim_referred",
        request.participation_id or request.person_id,
        person_id=request.person_id,
        title=sheet.track or sheet.person,
        verifier=request.verifier_name,
        reason=text,
    )
    _tell_coordinators(session, request, sheet, text)
    if request.participation_id:
        frozen.tell(session, session.get_one(Participation, request.participation_id))


def _tell_coordinators(session: Session, request: VerificationRequest, sheet: Sheet, note: str) -> None:
    told = {"verifier": request.verifier_name, "person": sheet.person, "note": note}
    for office in session.exec(select(RoleGrant.person_id).where(RoleGrant.role == Role.COORDINATOR)):
        letters.write(session, office, "another supervisor", told)


def waiting_for(session: Session, person_id: int) -> int:
    """How many requests wait for this person's answer."""
    waits = select(func.count()).where(
        VerificationRequest.verifier_id == person_id,
        VerificationRequest.state == RequestState.OPEN,
        col(VerificationRequest.expires_at) > clock.now(),
    )
    return session.exec(waits).one()


LONGEST_NAME, LONGEST_REASON, LONGEST_NOTE = 120, 1000, 1000
