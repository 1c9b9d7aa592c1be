"""Credits that come by themselves: by attendance, or by registration where that is enough; and their correction."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from sqlmodel import Session, col, func, select

from models.attendance import AttendanceRule, credits_for
from models.claims import Claim
from models.credits import BY_ITSELF, Credit, CreditSource, CreditStatus, counted_credits
from models.errors import WrongState
from models.events import Event, EventCreditLine, EventKind, EventState, RegistrationMode
from models.registrations import SEATED, Registration, RegistrationState
from services import (
    audit,
    clock,
    conversions,
    db,
    frozen,
    programs,
    registration_letters,
    registration_records,
    seats,
)
from services.claims import LIVE, announce, note_duplicate

ZERO = Decimal(0)


def give(session: Session, row: Registration, event: Event, source: CreditSource = CreditSource.ATTENDANCE) -> bool:
    """Makes the credits that this attendance gives, APPROVED; what she claimed of it and nobody decided is decided so.

    What she has of it already stays. True if anything came of it; she is told by letter.
    """
    given = _give(session, row, event, source)
    if given:
        registration_letters.credited(session, row, event, counted_credits(given))
    return bool(given)


def follow(session: Session, row: Registration, event: Event, reason: str) -> str:
    """After a correction: her credits that came by themselves are made to fit. Returns a sentence if some may not."""
    due_by_line = _worth(session, row, event, lines_of(session, event.id or 0), CreditSource.ATTENDANCE)
    standing = _standing(session, row.person_id, due_by_line)
    decided = {id_: one for id_, one in standing.items() if one.status != CreditStatus.PENDING}
    kept = ""
    for line_id, credit in decided.items():
        try:
            _follow_one(session, credit, due_by_line[line_id], reason, drop=any(due_by_line.values()))
        except WrongState as refusal:
            kept = f"The credit stays as it was. {refusal}"
    if not kept:
        _give(session, row, event, CreditSource.ATTENDANCE)
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


def lines_of(session: Session, event_id: int) -> dict[int, Decimal]:
    """Credits by credit line."""
    rows = select(EventCreditLine).where(EventCreditLine.event_id == event_id).order_by(col(EventCreditLine.id))
    return {one.id or 0: one.credits for one in session.exec(rows)}


def due(session: Session, row: Registration, event: Event, lines: dict[int, Decimal]) -> Decimal:
    """What the mark of this person gives."""
    source = CreditSource.REGISTRATION if row.state == RegistrationState.REGISTERED else CreditSource.ATTENDANCE
    return sum(_worth(session, row, event, lines, source).values(), ZERO)


def why_nothing(session: Session, row: Registration, event: Event) -> str:
    """A sentence if a presenter gets nothing, since she presented this too often; else nothing."""
    if not row.presenter or not _rule().presenting_factor:
        return ""
    return conversions.why_too_often(session, row.person_id, event, event.title)


def in_words(session: Session, row: Registration, event: Event, kept: str = "") -> str:
    """What is said of this person now, and what it gives; or why the credit stays as it was."""
    absent = row.state == RegistrationState.ABSENT
    part = f"you were there for {row.minutes} minutes"
    part = "you were absent" if absent else "you presented it" if row.presenter else part
    if kept:
        return f"{part}. {kept}"
    worth = due(session, row, event, lines_of(session, event.id or 0))
    gives = counted_credits(worth) if worth else "no credit"
    return f"{part}, which gives {gives}. {why_nothing(session, row, event)}".strip()


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
        return sum(give(session, one, event, CreditSource.REGISTRATION) for one in rows)


def _give(session: Session, row: Registration, event: Event, source: CreditSource) -> Decimal:
    """Returns how many credits came of it."""
    worth = _worth(session, row, event, lines_of(session, event.id or 0), source)
    standing = _standing(session, row.person_id, worth)
    waiting = {id_: one for id_, one in standing.items() if one.status == CreditStatus.PENDING}
    new = {id_: value for id_, value in worth.items() if value and id_ not in standing}
    if not new and not any(worth[id_] for id_ in waiting):
        _note_claims(session, waiting.values(), seats.note_of(row))
        return ZERO
    _take_over(session, waiting, worth, source)
    session.flush()
    claim = _claim(session, row, event, [*standing.values()])
    for line_id, value in new.items():
        _add(session, claim, line_id, value, source)
    action = "claim:attended" if source == CreditSource.ATTENDANCE else "claim:registered"
    audit.record(session, None, action, claim.id or 0, person_id=row.person_id, title=event.title)
    announce(session, claim)
    return sum((worth[id_] for id_ in (*new, *waiting)), ZERO)


def _worth(
    session: Session, row: Registration, event: Event, lines: dict[int, Decimal], source: CreditSource
) -> dict[int, Decimal]:
    """Credits by line; nothing for who was absent, and the whole where a seat at the end is enough."""
    if source == CreditSource.REGISTRATION and row.state == RegistrationState.REGISTERED:
        return lines if (row.moved_up_at or row.registered_at) < event.ends_at else dict.fromkeys(lines, ZERO)
    if row.state != RegistrationState.ATTENDED or why_nothing(session, row, event):
        return dict.fromkeys(lines, ZERO)
    rule = _rule()
    return {
        line_id: credits_for(value, event.minutes, row.minutes or 0, rule, presenter=row.presenter)
        for line_id, value in lines.items()
    }


def _rule() -> AttendanceRule:
    settings = programs.current().settings
    return AttendanceRule(
        bool(settings["partial_credit"]), Decimal(settings["smallest_credit"]), int(settings["presenting_factor"])
    )


def _standing(session: Session, person_id: int, lines: Iterable[int]) -> dict[int, Credit]:
    chosen = select(Credit).where(
        Credit.person_id == person_id, col(Credit.line_id).in_([*lines]), col(Credit.status).in_(LIVE)
    )
    return {one.line_id: one for one in session.exec(chosen.with_for_update())}


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
