"""A merge as it is carried out, and the way back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, update

from models.certificates import BoundCredit
from models.credits import Credit, CreditStatus
from models.email_changes import EmailChange
from models.letters import Letter
from models.merges import PersonMerge
from models.participations import Participation, ParticipationStatus
from models.people import Person
from models.sessions import SignInSession
from services import merge_seats
from services.merge_plan import MOVED, Plan


def carry_out(session: Session, plan: Plan, kept: Person, merged: Person, now: datetime) -> dict[str, Any]:
    """Moves everything; returns what the way back needs."""
    memory: dict[str, Any] = {
        "rows": plan.moves,
        "credits": [_withdrawn(session.get_one(Credit, one)) for one, _ in plan.set_aside],
        "tracks": [_given_up(session.get_one(Participation, one)) for one, _ in plan.given_up],
        "seats": merge_seats.set_aside(session, [one for one, _ in plan.seats], now),
        "kept": {"email": kept.email, "phone": kept.phone},
        "merged": {
            "email": merged.email,
            "deactivated_at": merged.deactivated_at.isoformat() if merged.deactivated_at else None,
        },
    }
    session.flush()
    _move(session, plan.moves, kept.id or 0)
    _end_links(session, merged.id or 0, now)
    email, merged.email = merged.email, None
    session.flush()
    kept.email, kept.phone = kept.email or email, kept.phone or merged.phone
    merged.deactivated_at = merged.deactivated_at or now
    session.flush()
    given_up = [one for one, _ in plan.seats]
    merge_seats.fill(session, given_up)
    touched = [*plan.moves["registration"], *given_up]
    after = _states(session, plan.moves, plan.set_aside, plan.given_up)
    return memory | {"after": after | {"registration": merge_seats.states(session, touched)}}


def changed_since(session: Session, row: PersonMerge) -> str:
    """What stands in the way of undoing, in words; empty if nothing does."""
    moved, after = row.moved["rows"], row.moved["after"]
    for table, owner, one in MOVED:
        ids = moved.get(table.__tablename__, [])
        query = select(func.count()).where(col(table.id).in_(ids), getattr(table, owner) == row.kept_id)
        if ids and table is not Letter and session.exec(query).one() != len(ids):
            return f"a {one} is not in this record any more."
    found = _states(session, moved, row.moved["credits"], row.moved["tracks"])
    if found["credit"] != after["credit"]:
        return "a credit was decided or changed since."
    if found["participation"] != after["participation"]:
        return "a track was changed since."
    if found["bound"] != after["bound"]:
        return "a certificate was issued since."
    if "registration" in after and _seats(session, row) != after["registration"]:
        return "a registration was changed since."
    return ""


def take_back(session: Session, row: PersonMerge, kept: Person, merged: Person) -> None:
    """Gives everything back to the merged person."""
    memory = row.moved
    _move(session, memory["rows"], row.merged_id)
    for told in memory["credits"]:
        credit = session.get_one(Credit, told["id"])
        credit.status, credit.decided_by_id = CreditStatus(told["status"]), told["decided_by_id"]
        credit.decided_at = datetime.fromisoformat(told["decided_at"]) if told["decided_at"] else None
        credit.reason = told["reason"]
    for told in memory["tracks"]:
        session.get_one(Participation, told["id"]).status = ParticipationStatus(told["status"])
    merge_seats.take_back(session, memory.get("seats", []))
    before = memory["kept"]
    if kept.email == memory["merged"]["email"]:
        kept.email = before["email"]
    session.flush()
    merged.email = memory["merged"]["email"]
    closed = memory["merged"]["deactivated_at"]
    merged.deactivated_at = datetime.fromisoformat(closed) if closed else None
    accounts = col(SignInSession.identity_id).in_(memory["rows"]["identity"])
    session.exec(
        update(SignInSession).where(accounts, col(SignInSession.ended_at).is_(None)).values(ended_at=row.undone_at)
    )


def _move(session: Session, moves: dict[str, list[int]], person_id: int) -> None:
    for table, owner, _ in MOVED:
        ids = moves.get(table.__tablename__, [])
        if ids:
            session.exec(update(table).where(col(table.id).in_(ids)).values({owner: person_id}))
    session.expire_all()


def _seats(session: Session, row: PersonMerge) -> list[list[Any]]:
    given_up = [one["id"] for one in row.moved.get("seats", [])]
    return merge_seats.states(session, [*row.moved["rows"].get("registration", []), *given_up])


def _withdrawn(credit: Credit) -> dict[str, Any]:
    told = {
        "id": credit.id,
        "status": str(credit.status),
        "decided_at": credit.decided_at.isoformat() if credit.decided_at else None,
        "decided_by_id": credit.decided_by_id,
        "reason": credit.reason,
    }
    credit.status, credit.decided_at, credit.decided_by_id = CreditStatus.WITHDRAWN, None, None
    return told


def _given_up(participation: Participation) -> dict[str, Any]:
    told = {"id": participation.id, "status": str(participation.status)}
    participation.withdraw()
    return told


def _end_links(session: Session, person_id: int, now: datetime) -> None:
    open_links = (col(EmailChange.person_id) == person_id, col(EmailChange.ended_at).is_(None))
    session.exec(update(EmailChange).where(*open_links).values(ended_at=now))


def _states(
    session: Session, moves: dict[str, list[int]], credits: Iterable[Any], tracks: Iterable[Any]
) -> dict[str, Any]:
    """Statuses of all that a merge touches, and which credits are bound."""
    touched = {*moves["credit"], *map(_id_of, credits)}
    taken_up = {*moves["participation"], *map(_id_of, tracks)}
    return {
        "credit": _by_id(session, Credit, touched),
        "participation": _by_id(session, Participation, taken_up),
        "bound": sorted(session.exec(select(BoundCredit.credit_id).where(col(BoundCredit.credit_id).in_(touched)))),
    }


def _by_id(session: Session, table: type[Any], ids: Iterable[int]) -> list[list[Any]]:
    rows = session.exec(select(table.id, table.status).where(col(table.id).in_(list(ids))).order_by(table.id))
    return [[number, str(status)] for number, status in rows]


def _id_of(told: Any) -> int:
    return int(told["id"] if isinstance(told, dict) else told[0])
