"""The chain over the audit lines: sealed soon after each deed, verified at will, its head told to somebody outside."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from models.audit import AuditLine, AuditSeal
from models.errors import Refusal
from services import clock, db, letters, programs

A_TIME = 2000
BEHIND = 5000
"""Lines this far before the newest sealed one are looked at again: on PostgreSQL a deed may end later than a newer."""
GRACE = timedelta(hours=1)
FIRST = "0" * 64
ANCHOR = re.compile(r"([1-9][0-9]*):([0-9a-f]{64})")


@dataclass(frozen=True)
class Verdict:
    """What was found: `head` is `POSITION:HASH` of the last link that holds, `problem` empty or a sentence."""

    lines: int
    head: str
    problem: str


def seal() -> int:
    """Links lines that are not in the chain yet; returns how many. Several processes may try at once."""
    done = 0
    while True:
        try:
            with db.writing() as session:
                number = _seal_some(session)
        except IntegrityError:  # another process has just taken these positions
            return done
        done += number
        if number < A_TIME:
            return done


def verify(anchor: str = "") -> Verdict:
    """Reads every line and link; an anchor's link must be as it was then. Raises Refusal for what is no anchor."""
    wanted = _read_anchor(anchor)
    before, position, problem = FIRST, 0, ""
    with db.reading() as session:
        for seal_, line in _links(session):
            if seal_.position != position + 1:
                problem = f"The links after position {position} are missing."
            elif line is None:
                problem = f"Line {seal_.line_id} was removed."
            elif _hash(before, line) != seal_.hash:
                problem = f"Line {line.id} ({line.action}) was changed, or a line before it was removed or put in."
            elif wanted and wanted[0] == seal_.position and wanted[1] != seal_.hash:
                problem = f"Up to position {seal_.position} the chain was written anew: it is not that of the anchor."
            if problem:
                break
            before, position = seal_.hash, seal_.position
        if not problem and wanted and position < wanted[0]:
            problem = f"The chain ends at position {position} and was at {wanted[0]}: its end was cut off."
        problem = problem or _left_out(session)
    return Verdict(position, f"{position}:{before}" if position else "", problem)


def head() -> str:
    """`POSITION:HASH` of the newest link; empty before the first."""
    with db.reading() as session:
        last = _last(session)
        return f"{last.position}:{last.hash}" if last else ""


def anchor() -> None:
    """A letter to every administrator, once a day, with the head of the chain: kept outside, it proves what was."""
    seal()
    told = head()
    if not told:
        return
    day = programs.current().today().isoformat()
    with db.writing() as session:
        letters.to_administrators(
            session,
            "audit head",
            subject=f"The audit chain on {day}",
            sentences=f"Keep this letter. The chain over the audit lines ends with\n\n{told}\n\n"
            f"Whoever wants to know later whether anything before it was changed runs\n\naspen audit --anchor {told}",
            key=f"audit head {day}",
        )


def _seal_some(session: Session) -> int:
    last = session.exec(select(AuditSeal).order_by(col(AuditSeal.position).desc()).limit(1).with_for_update()).first()
    newest = session.exec(select(func.max(AuditSeal.line_id))).one() or 0
    sealed = select(AuditSeal.line_id).where(AuditSeal.line_id == AuditLine.id).exists()
    lines = session.exec(
        select(AuditLine).where(col(AuditLine.id) > newest - BEHIND, ~sealed).order_by(col(AuditLine.id)).limit(A_TIME)
    ).all()
    before, position = (last.hash, last.position) if last else (FIRST, 0)
    for line in lines:
        position, before = position + 1, _hash(before, line)
        session.add(AuditSeal(position=position, line_id=line.id or 0, hash=before))
    return len(lines)


def _links(session: Session) -> Iterator[tuple[AuditSeal, AuditLine | None]]:
    """A thousand at a time, each with its line if that is there."""
    position = 0
    while True:
        rows = session.exec(
            select(AuditSeal, AuditLine)
            .outerjoin(AuditLine, col(AuditLine.id) == AuditSeal.line_id)
            .where(AuditSeal.position > position)
            .order_by(col(AuditSeal.position))
            .limit(A_TIME)
        ).all()
        if not rows:
            return
        yield from rows
        position = rows[-1][0].position
        session.expunge_all()


def _left_out(session: Session) -> str:
    """A line that nobody sealed for an hour: the sealing stood still, or it was put in behind the program's back."""
    sealed = select(AuditSeal.line_id).where(AuditSeal.line_id == AuditLine.id).exists()
    old = select(AuditLine.id).where(~sealed, AuditLine.at < clock.now() - GRACE).order_by(col(AuditLine.id))
    first = session.exec(old).first()
    return f"Line {first} is old and in no link: it was put in from outside, or nothing seals." if first else ""


def _last(session: Session) -> AuditSeal | None:
    return session.exec(select(AuditSeal).order_by(col(AuditSeal.position).desc())).first()


def _hash(before: str, line: AuditLine) -> str:
    told = {
        "id": line.id,
        "at": line.at.astimezone(UTC).isoformat(),
        "actor": line.actor_id,
        "action": line.action,
        "subject": [line.subject, line.subject_id],
        "person": line.person_id,
        "details": line.details,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _read_anchor(text: str) -> tuple[int, str] | None:
    if not text:
        return None
    found = ANCHOR.fullmatch(text.strip())
    if found is None:
        raise Refusal("An anchor is POSITION:HASH, as it stands in the daily letter.")
    return int(found[1]), found[2]
