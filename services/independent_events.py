"""Independent events: entered, changed, corrected and resubmitted by their owner, or entered for someone."""

from collections.abc import Mapping

from sqlmodel import Session, select

from models.claims import Claim
from models.credits import Credit, CreditSource, CreditStatus
from models.duplicates import Attended
from models.entries import EventEntry
from models.errors import LikelyDuplicate, NotAllowed, NotFound, Problems, WrongState
from models.events import Event, EventCreditLine, EventKind
from models.people import Person
from models.texts import typed
from models.times import local_day
from services import audit, clock, conversions, db, drafts, duplicates, frozen, letters, programs
from services.access import Actor, load_claim, load_person, require_coordinator
from services.claims import announce, note_duplicate
from services.event_entries import LONGEST_NOTE, read, read_with_reason

FORM = "independent event"


def save(actor: Actor, values: Mapping[str, object], *, different: bool = False) -> int:
    """Makes event, claim and credit, all pending; returns the claim's id. Field names as in event_entries.read.

    Raises Problems, LikelyDuplicate (unless `different`).
    """
    entry = read(values)
    with db.writing() as session:
        _lock(session, actor.person_id)
        if not different:
            _refuse_duplicate(session, actor.person_id, entry)
        claim = _create(session, actor.person_id, entry)
        drafts.drop(session, actor.person_id, FORM)
        audit.record(
            session, actor.person_id, "claim:saved", claim.id or 0, person_id=actor.person_id, title=entry.title
        )
        announce(session, claim)
        return claim.id or 0


def change(actor: Actor, claim_id: int, values: Mapping[str, object], *, different: bool = False) -> None:
    """The owner changes a pending entry, or corrects a declined one, which is thereby resubmitted.

    Raises NotFound, WrongState, Problems, LikelyDuplicate.
    """
    entry = read(values)
    with db.writing() as session:
        claim, event, line, credit = _own_entry(session, actor, claim_id)
        if credit.status not in {CreditStatus.PENDING, CreditStatus.DECLINED}:
            raise WrongState(f"This credit is {credit.status.lower()}: it can no longer be changed.")
        frozen.refuse_submitted(session, [credit])
        if not different:
            _refuse_duplicate(session, claim.person_id, entry, claim_id)
        action = "claim:changed"
        if credit.status == CreditStatus.DECLINED:
            credit.resubmit()
            claim.waiting_since = clock.now()
            action = "claim:resubmitted"
        _apply(session, entry, claim, event=event, line=line, credit=credit)
        if values.get("conversion") == conversions.ATTENDED:
            conversions.forget(session, event)
        drafts.drop(session, actor.person_id, f"{FORM} {claim_id}")
        audit.record(session, actor.person_id, action, claim_id, person_id=claim.person_id, title=entry.title)
        announce(session, claim)


def enter_for(actor: Actor, person_id: int, values: Mapping[str, object], *, different: bool = False) -> int:
    """A coordinator enters an event for someone, approved; `reason` in the values is read by that person.

    Raises NotFound, NotAllowed (herself), Problems, LikelyDuplicate.
    """
    require_coordinator(actor)
    entry, reason = read_with_reason(values)
    with db.writing() as session:
        load_person(session, actor, person_id)
        if not different:
            _refuse_duplicate(session, person_id, entry)
        claim = _create(session, person_id, entry)
        claim.entered_by_id, claim.entered_reason = actor.person_id, reason
        for credit in session.exec(select(Credit).where(Credit.claim_id == claim.id)):
            credit.approve(actor.person_id, clock.now())
        _tell_owner(session, actor, "claim:entered", claim, title=entry.title, reason=reason)
        return claim.id or 0


def correct_for(actor: Actor, claim_id: int, values: Mapping[str, object]) -> None:
    """A coordinator corrects someone's independent event, whatever its status; the status stays.

    Raises NotFound, NotAllowed (her own), Problems.
    """
    require_coordinator(actor)
    entry, reason = read_with_reason(values)
    with db.writing() as session:
        claim, event, line, credit = _entry(session, actor, claim_id)
        if claim.person_id == actor.person_id:
            raise NotAllowed("This is your own record. A colleague corrects it.")
        if credit.status == CreditStatus.WITHDRAWN:
            raise WrongState("This entry was withdrawn by its owner.")
        frozen.refuse_bound(session, [credit])
        _apply(session, entry, claim, event=event, line=line, credit=credit)
        frozen.take_reviews_back(session, [credit])
        claim.entered_by_id, claim.entered_reason = actor.person_id, reason
        _tell_owner(session, actor, "claim:corrected", claim, title=entry.title, reason=reason)


def withdraw(actor: Actor, claim_id: int) -> None:
    """The owner takes a pending claim back, sponsored or independent. Raises NotFound, WrongState."""
    with db.writing() as session:
        claim = load_claim(session, actor, claim_id, lock=True)
        if claim.person_id != actor.person_id:
            raise NotFound
        credits = session.exec(select(Credit).where(Credit.claim_id == claim_id)).all()
        frozen.refuse_submitted(session, credits)
        for credit in credits:
            credit.withdraw()
        title = session.get_one(Event, claim.event_id).title
        audit.record(session, actor.person_id, "claim:withdrawn", claim_id, person_id=actor.person_id, title=title)
        announce(session, claim)


def resubmit(actor: Actor, claim_id: int, note: str) -> None:
    """The owner puts a declined claim of a sponsored event back into the queue, with a note to the coordinator.

    Raises NotFound, WrongState, Problems.
    """
    if not typed(note):
        raise Problems({"note": "Say what the coordinator should know, so that it can be decided anew."})
    with db.writing() as session:
        claim = load_claim(session, actor, claim_id, lock=True)
        if claim.person_id != actor.person_id:
            raise NotFound
        credits = session.exec(select(Credit).where(Credit.claim_id == claim_id)).all()
        frozen.refuse_submitted(session, credits)
        for credit in credits:
            credit.resubmit()
        claim.waiting_since, claim.note = clock.now(), typed(note)[:LONGEST_NOTE]
        title = session.get_one(Event, claim.event_id).title
        audit.record(session, actor.person_id, "claim:resubmitted", claim_id, person_id=actor.person_id, title=title)
        announce(session, claim)


def _lock(session: Session, person_id: int) -> None:
    """Two presses at once: the second sees the first."""
    session.get_one(Person, person_id, with_for_update=True)


def _refuse_duplicate(session: Session, person_id: int, entry: EventEntry, claim_id: int = 0) -> None:
    _lock(session, person_id)
    day = local_day(entry.begins_at, entry.time_zone)
    one = Attended(claim_id, None, entry.title, entry.begins_at, entry.ends_at, day)
    if found := duplicates.alike(session, person_id, one):
        raise LikelyDuplicate(tuple(like.why for like in found), tuple(like.claim_id for like in found))


def _create(session: Session, person_id: int, entry: EventEntry) -> Claim:
    now = clock.now()
    event = Event(
        kind=EventKind.INDEPENDENT,
        title=entry.title,
        begins_at=entry.begins_at,
        ends_at=entry.ends_at,
        time_zone=entry.time_zone,
        owner_id=person_id,
        created_at=now,
    )
    session.add(event)
    session.flush()
    line = EventCreditLine(event_id=event.id or 0, category_id=_category(entry), credits=entry.credits)
    claim = Claim(person_id=person_id, event_id=event.id or 0, claimed_at=now, waiting_since=now)
    session.add_all([line, claim])
    session.flush()
    credit = Credit(
        person_id=person_id,
        line_id=line.id or 0,
        claim_id=claim.id,
        credits=entry.credits,
        source=CreditSource.INDEPENDENT,
        created_at=now,
    )
    session.add(credit)
    _apply(session, entry, claim, event=event, line=line, credit=credit)
    return claim


def _apply(
    session: Session, entry: EventEntry, claim: Claim, *, event: Event, line: EventCreditLine, credit: Credit
) -> None:
    event.title, event.begins_at, event.ends_at = entry.title, entry.begins_at, entry.ends_at
    event.time_zone, event.sponsor, event.presenter = entry.time_zone, entry.sponsor, entry.presenter
    event.description, event.location, event.link = entry.description, entry.location, entry.link
    line.category_id, line.credits, credit.credits = _category(entry), entry.credits, entry.credits
    claim.email_on_assigned = entry.email_on_assigned
    session.flush()
    if entry.computed:
        conversions.store(session, claim.person_id, event, entry.computed)
    else:
        conversions.forget(session, event, unless=entry.credits)
    note_duplicate(session, claim, event)


def _category(entry: EventEntry) -> int:
    category = programs.current().category_named(entry.category)
    assert category is not None  # noqa: S101 -- checked by read_entry
    assert category.id is not None  # noqa: S101 -- read from the database
    return category.id


def _entry(session: Session, actor: Actor, claim_id: int) -> tuple[Claim, Event, EventCreditLine, Credit]:
    claim = load_claim(session, actor, claim_id, lock=True)
    _lock(session, claim.person_id)
    event = session.get_one(Event, claim.event_id)
    if event.kind != EventKind.INDEPENDENT:
        raise WrongState("This event is on the state library's calendar: its facts are not changed here.")
    line = session.exec(select(EventCreditLine).where(EventCreditLine.event_id == event.id)).one()
    credit = session.exec(select(Credit).where(Credit.claim_id == claim_id)).one()
    return claim, event, line, credit


def _own_entry(session: Session, actor: Actor, claim_id: int) -> tuple[Claim, Event, EventCreditLine, Credit]:
    if load_claim(session, actor, claim_id, lock=True).person_id != actor.person_id:
        raise NotFound
    return _entry(session, actor, claim_id)


def _tell_owner(session: Session, actor: Actor, action: str, claim: Claim, *, title: str, reason: str) -> None:
    audit.record(session, actor.person_id, action, claim.id or 0, person_id=claim.person_id, title=title, reason=reason)
    letters.entered(session, claim, title, reason, actor.name)
    announce(session, claim)
