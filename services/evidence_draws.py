"""The random audit: a sample of self-reported credits, drawn by a seed so that anybody can draw it again."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from models.credits import Credit, CreditSource, CreditStatus, counted_credits
from models.errors import Problems
from models.events import Event, EventCreditLine
from models.evidence import EvidenceRequest, EvidenceSample, EvidenceState
from models.people import Person
from models.texts import typed, typed_id
from models.times import ONE_DAY, day_begins, day_of_iso
from services import audit, clock, db, evidence, evidence_letters, evidence_samples, programs
from services.access import Actor, require_coordinator

MOST = 200
LONGEST_SEED = 40
SELF_REPORTED = (CreditSource.CLAIM, CreditSource.INDEPENDENT)


def draw(actor: Actor, values: Mapping[str, object]) -> int:
    """Draws `size` credits of events that ended from `since` to `until` (ISO days) by `seed`; returns the sample's id.

    Each person that is drawn is asked for evidence in one letter. Raises NotFound, Problems by field.
    """
    require_coordinator(actor)
    since, until = _days(values)
    size, seed = _size(values), _seed(values)
    with db.writing() as session:
        db.lock_table(session, EvidenceSample)  # two who draw at once may not both draw the same credit
        found = _population(session, since, until)
        if size > len(found):
            raise Problems({"size": f"Only {counted_credits(Decimal(len(found)))} can be drawn from in this time."})
        sample = EvidenceSample(
            seed=seed,
            since=since,
            until=until,
            population=len(found),
            population_sha256=_digest(found),
            drawn=size,
            drawn_at=clock.now(),
            drawn_by_id=actor.person_id,
        )
        session.add(sample)
        session.flush()
        _ask(session, actor, sample, drawn_by(seed, found, size))
        title = f"{counted_credits(Decimal(size))} of {len(found)}"
        audit.record(session, actor.person_id, "evidence_sample:drawn", sample.id or 0, title=title, seed=seed)
        return sample.id or 0


def drawn_by(seed: str, credit_ids: Iterable[int], size: int) -> list[int]:
    """The `size` credits whose SHA-256 of `seed:id` comes first; the order in which they are given does not matter."""
    return sorted(set(credit_ids), key=lambda id_: hashlib.sha256(f"{seed}:{id_}".encode()).digest())[:size]


def available(actor: Actor, values: Mapping[str, object]) -> int:
    """From how many credits this sample would be drawn. Raises NotFound, Problems by field."""
    require_coordinator(actor)
    since, until = _days(values)
    _size(values)
    _seed(values)
    with db.reading() as session:
        return len(_population(session, since, until))


def fresh_seed() -> str:
    """Text that nobody could know before."""
    return secrets.token_hex(6)


def drawn_again(actor: Actor, sample_id: int) -> str:
    """Draws it once more from the credits of today, and says in a sentence whether it is the same. Raises NotFound."""
    require_coordinator(actor)
    with db.reading() as session:
        sample = evidence_samples.load(session, sample_id)
        found = _population(session, sample.since, sample.until, before=sample)
        asked = session.exec(select(EvidenceRequest.credit_id).where(EvidenceRequest.sample_id == sample_id)).all()
    if _digest(found) != sample.population_sha256:
        return (
            f"The credits have changed since: {sample.population} could be drawn from then, {len(found)} of that time "
            "today. A credit was reopened, declined or moved, and the draw cannot be repeated to the letter."
        )
    if sorted(drawn_by(sample.seed, found, sample.drawn)) == sorted(asked):
        credits = counted_credits(Decimal(len(found)))
        return f"The same: from the same {credits} the seed draws the same {sample.drawn} again."
    return "Not the same: the seed draws other credits. Somebody has changed the sample by hand."


def _population(session: Session, since: date, until: date, before: EvidenceSample | None = None) -> list[int]:
    """What people reported themselves and coordinators approved, in order of ids; without what was asked for.

    A credit whose evidence was refused can be drawn again. `before` leaves out what came with that sample and later.
    """
    zone, at = programs.current().time_zone, before.drawn_at if before else clock.now()
    asked = select(EvidenceRequest.credit_id).where(
        (col(EvidenceRequest.state) != EvidenceState.REFUSED) | (col(EvidenceRequest.decided_at) > at)
    )
    if before is not None:
        asked = asked.where(col(EvidenceRequest.sample_id) < before.id)
    query = (
        select(Credit.id)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .join(Event, col(Event.id) == EventCreditLine.event_id)
        .join(Person, col(Person.id) == Credit.person_id)
        .where(Credit.status == CreditStatus.APPROVED, col(Credit.decided_at) <= at)
        .where(col(Credit.source).in_(SELF_REPORTED), col(Person.deactivated_at).is_(None))
        .where(Event.ends_at >= day_begins(since, zone), Event.ends_at < day_begins(until + ONE_DAY, zone))
        .where(col(Credit.id).not_in(asked))
        .order_by(col(Credit.id))
    )
    return [id_ or 0 for id_ in session.exec(query)]


def _digest(credit_ids: list[int]) -> str:
    return hashlib.sha256(",".join(map(str, credit_ids)).encode()).hexdigest()


def _ask(session: Session, actor: Actor, sample: EvidenceSample, credit_ids: list[int]) -> None:
    due_on = programs.current().today() + timedelta(days=int(programs.current().settings["evidence_days"]))
    credits = session.exec(select(Credit).where(col(Credit.id).in_(credit_ids)).order_by(col(Credit.id)))
    requests = [
        EvidenceRequest(
            sample_id=sample.id or 0,
            credit_id=credit.id or 0,
            person_id=credit.person_id,
            asked_at=clock.now(),
            due_on=due_on,
        )
        for credit in credits
    ]
    session.add_all(requests)
    session.flush()
    for person_id, mine in evidence_letters.by_person(requests).items():
        evidence_letters.write(session, "evidence asked", person_id, mine)
        for one in mine:
            evidence.tell(session, actor, "evidence:asked", one, evidence.credit_of(session, one)[1].title)


def _days(values: Mapping[str, object]) -> tuple[date, date]:
    problems: dict[str, str] = {}
    since, until = (_day(values, name, problems) for name in ("since", "until"))
    if since and until and until < since:
        problems["until"] = "The last day lies before the first one."
    if problems or since is None or until is None:
        raise Problems(problems)
    return since, until


def _day(values: Mapping[str, object], name: str, problems: dict[str, str]) -> date | None:
    day = day_of_iso(str(values.get(name) or ""))
    if day is None:
        problems[name] = "Enter a day."
    elif not EARLIEST <= day <= LATEST:
        problems[name] = f"Enter a day from {EARLIEST.year} to {LATEST.year}."
    return day


def _size(values: Mapping[str, object]) -> int:
    size = typed_id(typed(values.get("size")))
    if size is None or size > MOST:
        raise Problems({"size": f"Enter how many credits to draw, from 1 to {MOST}."})
    return size


def _seed(values: Mapping[str, object]) -> str:
    seed = typed(values.get("seed"))
    if not seed or len(seed) > LONGEST_SEED:
        raise Problems({"seed": f"Enter some text, at most {LONGEST_SEED} characters: it decides what is drawn."})
    return seed


EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
