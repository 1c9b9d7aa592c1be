"""Credits that come by themselves: by attendance, or by registration where that is enough; and their correction."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from sqlmodel import Session, col, func, select

from models.claims import Claim
from models.credits import BY_ITSELF, Credit, CreditSource, CreditStatus, counted_credits
from models.errors import WrongState
from models.events import Event, EventCreditLine, EventKind, EventState, RegistrationMode
from models.registrations import SEATED, Registration
from services import (
    attendance_worth,
    audit,
    clock,
    db,
    frozen,
    programs,
    registration_letters,
    registration_records,
    seats,
)
from services.claims import LIVE, announce, note_duplicate

ZERO = Decimal(0)


def give_all(
    session: Session, rows: Sequence[Registration], event: Event, source: CreditSource = CreditSource.ATTENDANCE
) -> int:
    """Makes the credits that these seats give, APPROVED; what somebody claimed of it and nobody decided is decided so.

    What they have of it already stays. Returns how many got any; they are told by letter.
    """
    lines, given = attendance_worth.lines_of(session, event.id or 0), 0
    standing = _standing(session, [one.person_id for one in rows], lines)
    for row in rows:
        worth = attendance_worth.by_line(session, row, event, lines, source)
        if value := _give(session, row, event, worth, standing.get(row.person_id, {}), source=source):
            registration_letters.credited(session, row, event, counted_credits(value))
            given += 1
    return given


def follow(session: Session, row: Registration, event: Event, reason: str) -> str:
    """After a correction: her credits that came by themselves are made to fit. Returns a sentence if some may not."""
    worth = attendance_worth.by_line(
        session, row, event, attendance_worth.lines_of(session, event.id or 0), CreditSource.ATTENDANCE
    )
    standing = _standing(session, [row.person_id], worth).get(row.person_id, {})
    kept = ""
    for line_id, credit in standing.items():
        if credit.status == CreditStatus.PENDING:
            continue
        try:
            _follow_one(session, credit, worth[line_id], reason, drop=any(worth.values()))
        except WrongState as refusal:
            kept = f"The credit stays as it was. {refusal}"
    if not kept:
        live = {id_: one for id_, one in standing.items() if one.status != CreditStatus.WITHDRAWN}
        _give(session, row, event, worth, live)
    return kept


def by_registration() -> int:
    """Where the program says that registration is enough, the end of an event gives credits; returns to how many."""
    if programs.current().settings["credit_by"] != "registration":
        return 0
    ended = select(Event.id).where(
        Event.kind == EventKind.SPONSORED,
        Event.state == EventState.PUBLISHED,
        Event.registration == RegistrationMode.HERE,
        col(Event.attendance_closed_at).is_(None),
        col(Event.ends_at) <= clock.now(),
    )
    with db.reading() as session:
        ids = session.exec(ended.order_by(col(Event.id))).all()
    return sum(db.once_more(partial(_end, event_id or 0)) for event_id in ids)


def given(session: Session, event_id: int, people: Iterable[int]) -> dict[int, Decimal]:
    """Approved credits of an event by person."""
    rows = session.exec(
        select(Credit.person_id, func.sum(Credit.credits))
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .where(EventCreditLine.event_id == event_id, col(Credit.person_id).in_([*people]))
        .where(Credit.status == CreditStatus.APPROVED)
        .group_by(col(Credit.person_id))
    )
    return {person_id: Decimal(value) for person_id, value in rows}


def _end(event_id: int) -> int:
    with db.writing() as session:
        event = session.get_one(Event, event_id, with_for_update=True)
        ended = event.takes_place and event.has_ended(clock.now())
        if event.attendance_closed_at is not None or not ended or event.registration != RegistrationMode.HERE:
            return 0
        event.attendance_closed_at = clock.now()
        seated = select(Registration).where(Registration.event_id == event_id, col(Registration.state).in_(SEATED))
        rows = session.exec(seated.order_by(col(Registration.id))).all()
        audit.record(session, None, "event:attendance_closed", event_id, title=event.title)
        registration_records.news(session, event_id)
        return give_all(session, rows, event, CreditSource.REGISTRATION)


def _give(
    session: Session,
    row: Registration,
    event: Event,
    worth: Mapping[int, Decimal],
    standing: Mapping[int, Credit],
    *,
    source: CreditSource = CreditSource.ATTENDANCE,
) -> Decimal:
    """Returns how many credits came of it."""
    waiting = {id_: one for id_, one in standing.items() if one.status == CreditStatus.PENDING}
    new = {id_: value for id_, value in worth.items() if value and id_ not in standing}
    if not new and not any(worth[id_] for id_ in waiting):
        _note_claims(session, waiting.values(), seats.note_of(row))
        return ZERO
    if waiting:
        _take_over(session, waiting, worth, source)
    claim = _claim(session, row, event, [*standing.values()])
    for line_id, value in new.items():
        _add(session, claim, line_id, value, source)
    action = "claim:attended" if source == CreditSource.ATTENDANCE else "claim:registered"
    audit.record(session, None, action, claim.id or 0, person_id=row.person_id, title=event.title)
    announce(session, claim)
    return sum((worth[id_] for id_ in (*new, *waiting)), ZERO)


def _standing(session: Session, people: Sequence[int], lines: Iterable[int]) -> dict[int, dict[int, Credit]]:
    """What each person has of these credit lines, declined ones too."""
    chosen = select(Credit).where(
        col(Credit.person_id).in_(people), col(Credit.line_id).in_([*lines]), col(Credit.status).in_(LIVE)
    )
    found: dict[int, dict[int, Credit]] = {}
    for one in session.exec(chosen.order_by(col(Credit.id)).with_for_update()):
        found.setdefault(one.person_id, {})[one.line_id] = one
    return found


def _follow_one(session: Session, credit: Credit, value: Decimal, reason: str, *, drop: bool) -> None:
    if (ZERO if credit.status == CreditStatus.DECLINED else credit.credits) == value:
        return
    frozen.refuse_bound(session, [credit])
    claims = _note_claims(session, [credit], "")
    credit.follow_attendance(value, clock.now(), reason, drop=drop)
    session.add(credit)
    frozen.take_reviews_back(session, [credit])
    for claim in claims:
        title = session.get_one(Event, claim.event_id).title
        audit.record(
            session, None, "claim:followed", claim.id or 0, person_id=credit.person_id, title=title, reason=reason
        )
        announce(session, claim)


def _take_over(
    session: Session, waiting: Mapping[int, Credit], worth: Mapping[int, Decimal], source: CreditSource
) -> None:
    """Her own claim is decided by the list; of its credits stays what that gives."""
    _note_claims(session, waiting.values(), "")
    for line_id, credit in waiting.items():
        credit.leave_to(source)
        credit.follow_attendance(worth[line_id], clock.now(), "", drop=True)
        session.add(credit)
    session.flush()
    frozen.take_reviews_back(session, [*waiting.values()])


def _note_claims(session: Session, credits: Iterable[Credit], note: str) -> list[Claim]:
    """What the coordinator reads of the list beside her claims."""
    ids = dict.fromkeys(one.claim_id for one in credits if one.claim_id)
    claims = [session.get_one(Claim, id_) for id_ in ids]
    for claim in claims:
        if claim.note != note:
            claim.note = note
            announce(session, claim)
    return claims


def _claim(session: Session, row: Registration, event: Event, standing: Sequence[Credit]) -> Claim:
    """The claim of what she has of this event already, else a new one."""
    for credit in standing:
        if credit.claim_id and (credit.source in BY_ITSELF):
            return session.get_one(Claim, credit.claim_id)
    now = clock.now()
    claim = Claim(person_id=row.person_id, event_id=event.id or 0, claimed_at=now, waiting_since=now)
    note_duplicate(session, claim, event)
    claim.id = db.insert_now(session, claim)
    return claim


def _add(session: Session, claim: Claim, line_id: int, value: Decimal, source: CreditSource) -> None:
    now = clock.now()
    credit = Credit(
        person_id=claim.person_id,
        line_id=line_id,
        claim_id=claim.id,
        credits=value,
        source=source,
        created_at=now,
    )
    credit.give(now)
    db.insert_now(session, credit)
