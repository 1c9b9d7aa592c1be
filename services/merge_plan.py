"""What a merge of two records would move, what would count no more, and what would stay where it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, or_, select

from models.certificates import BoundCredit, Certificate
from models.claims import Claim
from models.credits import Credit, CreditStatus
from models.degrees import Degree
from models.documents import Document
from models.events import Event, EventCreditLine
from models.evidence import EvidenceRequest
from models.identities import Identity
from models.letters import Letter, LetterState
from models.participations import OPEN, Participation, ParticipationStatus
from models.people import Person, Position, RoleGrant
from models.programs import Track
from models.registrations import Registration
from models.supervision import RequestState, VerificationRequest
from services import merge_seats

LIVE = (CreditStatus.PENDING, CreditStatus.APPROVED, CreditStatus.DECLINED)
RANK = {CreditStatus.APPROVED: 2, CreditStatus.PENDING: 1, CreditStatus.DECLINED: 0}
MOVED: tuple[tuple[type[Any], str, str], ...] = (
    (Claim, "person_id", "claim"),
    (Credit, "person_id", "credit"),
    (Event, "owner_id", "own event"),
    (Participation, "person_id", "track"),
    (Certificate, "person_id", "certificate"),
    (Position, "person_id", "position"),
    (Identity, "person_id", "sign-in account"),
    (Document, "person_id", "file"),
    (Degree, "person_id", "degree"),
    (EvidenceRequest, "person_id", "request for evidence"),
    (VerificationRequest, "person_id", "request to a supervisor"),
    (Registration, "person_id", "registration"),
    (Letter, "person_id", "letter that waits"),
)

PLURALS = {
    "letter that waits": "letters that wait",
    "request for evidence": "requests for evidence",
    "request to a supervisor": "requests to supervisors",
}


@dataclass(frozen=True)
class Plan:
    """Ids by table that move, credits that count no more, tracks and seats that are given up, and what stays behind."""

    moves: dict[str, list[int]]
    set_aside: list[tuple[int, str]]
    given_up: list[tuple[int, str]]
    seats: list[tuple[int, str]]
    left: list[str]

    def in_words(self) -> list[str]:
        said = []
        for table, _, one in MOVED:
            number = len(self.moves[table.__tablename__])
            if number:
                said.append(f"{number} {one if number == 1 else PLURALS.get(one, f'{one}s')}")
        return said

    def what_stays(self) -> list[str]:
        said = [f"“{title}” stands in both records: it counts once." for _, title in self.set_aside]
        said += [
            f"The track {name} is open in both records: the one with less is given up." for _, name in self.given_up
        ]
        said += [f"Both records are registered for “{title}”: the better place stays." for _, title in self.seats]
        return said + self.left


def plan(session: Session, kept_id: int, merged_id: int, *, lock: bool = False) -> Plan:
    """What would move; with `lock` the credits of both wait for the end of this transaction."""
    credits = _credits(session, (kept_id, merged_id), lock=lock)
    bound = set(session.exec(select(BoundCredit.credit_id).where(col(BoundCredit.credit_id).in_([*credits]))))
    titles = _titles(session, credits.values())
    set_aside: list[tuple[int, str]] = []
    left, staying = [], set()
    for mine, hers in _twice(credits.values(), kept_id, merged_id):
        loser = _lesser(mine, hers, bound)
        if loser.id not in bound:
            set_aside.append((loser.id or 0, titles[loser.line_id]))
        else:
            staying.add(hers.id)
            left.append(
                f"“{titles[hers.line_id]}” counted for a certificate in both records: it stays in the other one."
            )
    moves = {table.__tablename__: _ids(session, table, owner, merged_id) for table, owner, _ in MOVED}
    moves["credit"] = [one for one in moves["credit"] if one not in staying]
    moves["position"] = _new_positions(session, kept_id, moves["position"], left)
    seats = [(one.id or 0, title) for one, title in merge_seats.twice(session, kept_id, merged_id)]
    if session.get_one(Person, merged_id).deactivated_at is None and _roles(session, merged_id):
        left.append("Roles are not taken over: an administrator grants them anew.")
    return Plan(moves, set_aside, _tracks_twice(session, kept_id, merged_id), seats, left)


def has_submitted(session: Session, people: Sequence[int]) -> bool:
    submitted = select(Participation.id).where(
        col(Participation.person_id).in_(people), Participation.status == ParticipationStatus.SUBMITTED
    )
    return session.exec(submitted).first() is not None


def _credits(session: Session, people: Sequence[int], *, lock: bool) -> dict[int, Credit]:
    query = select(Credit).where(col(Credit.person_id).in_(people)).order_by(col(Credit.id))
    return {one.id or 0: one for one in session.exec(query.with_for_update() if lock else query)}


def _twice(credits: Iterable[Credit], kept_id: int, merged_id: int) -> list[tuple[Credit, Credit]]:
    """Live credits of the same credit line of an event, the kept person's first."""
    live = [one for one in credits if one.status in LIVE]
    mine = {one.line_id: one for one in live if one.person_id == kept_id}
    return [(mine[one.line_id], one) for one in live if one.person_id == merged_id and one.line_id in mine]


def _lesser(mine: Credit, hers: Credit, bound: set[int]) -> Credit:
    """The one that counts for less: a bound one counts most, then by status; of two alike the other person's."""

    def worth(credit: Credit) -> tuple[bool, int]:
        return credit.id in bound, RANK[credit.status]

    return mine if worth(hers) > worth(mine) else hers


def _titles(session: Session, credits: Iterable[Credit]) -> dict[int, str]:
    lines = {one.line_id for one in credits}
    rows = session.exec(
        select(EventCreditLine.id, Event.title)
        .join(Event, col(Event.id) == EventCreditLine.event_id)
        .where(col(EventCreditLine.id).in_(lines))
    )
    return {line_id or 0: title for line_id, title in rows}


def _ids(session: Session, table: type[Any], owner: str, person_id: int) -> list[int]:
    query = select(table.id).where(getattr(table, owner) == person_id).order_by(table.id)
    if table is Letter:
        query = query.where(Letter.state == LetterState.WAITING)
    if table is VerificationRequest:  # of two open ones about who leaves a library, only one may stand
        query = query.where(
            or_(
                col(VerificationRequest.state) != RequestState.OPEN,
                col(VerificationRequest.participation_id).is_not(None),
            )
        )
    return list(session.exec(query))


def _new_positions(session: Session, kept_id: int, hers: list[int], left: list[str]) -> list[int]:
    known = {_key(one) for one in session.exec(select(Position).where(Position.person_id == kept_id))}
    new = [one for one in hers if _key(session.get_one(Position, one)) not in known]
    if len(new) < len(hers):
        left.append("A position that both records have stays once.")
    return new


def _key(position: Position) -> tuple[object, ...]:
    return position.library_id, position.kind, position.begins_on


def _tracks_twice(session: Session, kept_id: int, merged_id: int) -> list[tuple[int, str]]:
    """Of two open participations in one track the renewal goes on, else the kept person's."""
    rows = session.exec(
        select(Participation, Track.name)
        .join(Track, col(Track.id) == Participation.track_id)
        .where(col(Participation.person_id).in_((kept_id, merged_id)), col(Participation.status).in_(OPEN))
    ).all()
    mine = {one.track_id: one for one, _ in rows if one.person_id == kept_id}
    twice = [
        (mine[one.track_id], one, name) for one, name in rows if one.person_id == merged_id and one.track_id in mine
    ]
    return [((a if b.renewal and not a.renewal else b).id or 0, name) for a, b, name in twice]


def _roles(session: Session, person_id: int) -> bool:
    return session.exec(select(RoleGrant.role).where(RoleGrant.person_id == person_id)).first() is not None
