"""Two records of one person become one: previewed, done at once, and undone as long as nothing has changed."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.errors import NotFound, Problems, WrongState
from models.merges import PersonMerge
from models.people import Person
from models.texts import typed
from services import audit, clock, db, live, merge_moves, merge_plan, merge_seats, sign_in
from services.access import Actor, require_office

LONGEST_REASON = 500


@dataclass(frozen=True)
class Preview:
    """What a merge would do, in words, before anybody does it."""

    kept: Person
    merged: Person
    moves: list[str]
    stays: list[str]
    obstacle: str


@dataclass(frozen=True)
class MergeLine:
    """A merge that stands, for the page of the person who was kept."""

    id: int
    merged_id: int
    merged_name: str
    reason: str
    undoable: bool


def preview(actor: Actor, person_id: int, other_id: int) -> Preview:
    """What goes from the other record into this one. Raises NotFound."""
    require_office(actor)
    with db.reading() as session:
        kept, merged = _both(session, person_id, other_id)
        plan = merge_plan.plan(session, person_id, other_id)
        obstacle = _obstacle(session, actor, kept, merged)
        return Preview(kept, merged, plan.in_words(), plan.what_stays(), obstacle)


def merge(actor: Actor, person_id: int, other_id: int, reason: str) -> int:
    """The other record goes into this one; returns the merge's id. Raises NotFound, Problems, WrongState."""
    require_office(actor)
    if not typed(reason):
        raise Problems({"reason": "Say how you know that it is the same person."})
    try:
        with db.writing() as session:
            merge_seats.lock_events(session, (person_id, other_id))
            kept, merged = _both(session, person_id, other_id, lock=True)
            if obstacle := _obstacle(session, actor, kept, merged):
                raise WrongState(obstacle)
            plan = merge_plan.plan(session, person_id, other_id, lock=True)
            row = PersonMerge(
                kept_id=person_id,
                merged_id=other_id,
                reason=typed(reason)[:LONGEST_REASON],
                moved={},
                merged_at=clock.now(),
                merged_by_id=actor.person_id,
            )
            session.add(row)
            session.flush()
            sign_in.end_all(session, other_id, by_id=actor.person_id)
            row.moved = merge_moves.carry_out(session, plan, kept, merged, clock.now())
            _record(session, actor, "person:merged", row, title=merged.name, reason=row.reason)
            return row.id or 0
    except IntegrityError as error:
        raise WrongState("One of the records was changed just now. Look at both again.") from error


def undo(actor: Actor, merge_id: int) -> None:
    """Both records are again what they were. Raises NotFound, WrongState when something has changed since."""
    require_office(actor)
    try:
        with db.writing() as session:
            row = session.get(PersonMerge, merge_id, with_for_update=True)
            if row is None or row.undone_at is not None:
                raise NotFound
            kept, merged = _both(session, row.kept_id, row.merged_id, lock=True)
            if changed := merge_moves.changed_since(session, row):
                raise WrongState(f"It cannot be undone any more: {changed}")
            row.undone_at, row.undone_by_id = clock.now(), actor.person_id
            session.flush()
            merge_moves.take_back(session, row, kept, merged)
            _record(session, actor, "person:unmerged", row, title=merged.name)
    except IntegrityError as error:
        raise WrongState("It cannot be undone any more: one of the records was changed since.") from error


def standing(session: Session, person_id: int) -> list[MergeLine]:
    """The merges into this person, the newest first."""
    rows = session.exec(
        select(PersonMerge, Person)
        .join(Person, col(Person.id) == PersonMerge.merged_id)
        .where(PersonMerge.kept_id == person_id, col(PersonMerge.undone_at).is_(None))
        .order_by(col(PersonMerge.id).desc())
    )
    return [
        MergeLine(row.id or 0, row.merged_id, one.name, row.reason, not merge_moves.changed_since(session, row))
        for row, one in rows
    ]


def kept_instead(session: Session, person_id: int) -> int | None:
    """The person into whom this one was merged."""
    found = select(PersonMerge.kept_id).where(PersonMerge.merged_id == person_id, col(PersonMerge.undone_at).is_(None))
    return session.exec(found).first()


def _both(session: Session, kept_id: int, merged_id: int, *, lock: bool = False) -> tuple[Person, Person]:
    """Locked in one order, so that two merges at once wait for each other. Raises NotFound."""
    if kept_id == merged_id:
        raise NotFound
    found = {one: session.get(Person, one, with_for_update=lock) for one in sorted((kept_id, merged_id))}
    kept, merged = found[kept_id], found[merged_id]
    if kept is None or merged is None:
        raise NotFound
    return kept, merged


def _obstacle(session: Session, actor: Actor, kept: Person, merged: Person) -> str:
    if actor.person_id in {kept.id, merged.id}:
        return "One of these records is your own. A colleague merges them."
    for one in (kept, merged):
        if kept_instead(session, one.id or 0) is not None:
            return f"This record of {one.name} was merged into another one already."
    if kept.deactivated_at is not None:
        return f"The record of {kept.name} is closed: open it first, or merge the other way round."
    if merge_plan.has_submitted(session, (kept.id or 0, merged.id or 0)):
        return "One of the records is being reviewed. Finish that or return it first."
    return ""


def _record(session: Session, actor: Actor, action: str, row: PersonMerge, **details: str) -> None:
    for person_id in (row.kept_id, row.merged_id):
        audit.record(session, actor.person_id, action, person_id, person_id=person_id, **details)
        db.tell(session, lambda key=person_id: live.record_changed.publish(key=key))  # type: ignore[misc]
