"""Edit CE Credits: one's own list with filters and totals, and one entry of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.claims import Claim
from models.conversions import Conversion
from models.credits import CreditStatus, shown_credits
from models.documents import Document
from models.duplicates import Likeness
from models.evaluation import Counted
from models.events import Event, EventKind
from models.people import Person
from services import conversions, db, duplicates, participations, programs, records
from services.access import Actor, load_claim, load_person
from services.records import CreditRow

ZERO = Decimal(0)


@dataclass(frozen=True)
class Listed:
    """A credit with its category name, where it counts, why not, its expiration date and likeness."""

    row: CreditRow
    category: str
    period: str
    counts_for: str
    why_not: str
    expires_on: date
    duplicate: Likeness | None


@dataclass(frozen=True)
class Total:
    category: str
    approved: Decimal
    pending: Decimal
    declined: Decimal


@dataclass(frozen=True)
class CreditList:
    person: Person
    listed: list[Listed]
    totals: list[Total]
    periods: dict[str, str]


@dataclass(frozen=True)
class Place:
    """What an open participation, by id and name, makes of a credit."""

    period: str
    name: str
    found: Counted


@dataclass(frozen=True)
class EntryPage:
    """One claim with its event and credits."""

    claim: Claim
    event: Event
    rows: list[CreditRow]
    categories: dict[int, str]
    duplicate: Likeness | None
    is_own: bool
    owner: str
    conversion: Conversion | None = None
    transcript: Document | None = None

    @property
    def status(self) -> str:
        return self.rows[0].status

    @property
    def is_independent(self) -> bool:
        return self.event.kind == EventKind.INDEPENDENT


def listing(actor: Actor, *, period: str = "", status: str = "", person_id: int | None = None) -> CreditList:
    """The credits of oneself (or for a coordinator of anybody), filtered; totals are of what is shown.

    `period` is a participation's id or `none`, `status` a CreditStatus; empty means all. Raises NotFound.
    """
    program = programs.current()
    with db.reading() as session:
        person = load_person(session, actor, actor.person_id if person_id is None else person_id)
        rows = records.credits_of(session, person.id or 0)
        taken_up = participations.of_person(session, person.id or 0)
        frozen = records.frozen_lists(session, person.id or 0)
    counted: dict[int, list[Place]] = {}
    periods: dict[str, str] = {}
    for one in taken_up:
        if one.is_open:
            name = f"{program.versions[one.track_version_id].track_name}, since {one.begins_on.year}"
            periods[str(one.id)] = name
            evaluation = records.evaluated(one, rows, program, frozen.get(one.id or 0))
            for credit_id, found in evaluation.credits.items():
                counted.setdefault(credit_id, []).append(Place(str(one.id), name, found))
    alike = duplicates.duplicates_in(rows)
    listed = [_listed(row, counted.get(row.id, []), alike) for row in rows]
    shown = [
        one
        for one in listed
        if (not status or one.row.status == status)
        and (status == CreditStatus.WITHDRAWN or one.row.status != CreditStatus.WITHDRAWN)
        and (not period or _in_period(counted.get(one.row.id, []), period))
    ]
    return CreditList(person, shown, totals(shown), periods)


def totals(listed: list[Listed]) -> list[Total]:
    """By category in the program's order, every category named."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in listed:
        key = (one.category, one.row.status)
        sums[key] = sums.get(key, ZERO) + one.row.credits
    return [
        Total(
            category.name,
            sums.get((category.name, CreditStatus.APPROVED), ZERO),
            sums.get((category.name, CreditStatus.PENDING), ZERO),
            sums.get((category.name, CreditStatus.DECLINED), ZERO),
        )
        for category in programs.current().categories.values()
    ]


def entry(actor: Actor, claim_id: int) -> EntryPage:
    """One claim of one's own, or any for a coordinator. Raises NotFound."""
    with db.reading() as session:
        claim = load_claim(session, actor, claim_id)
        conversion, transcript = conversions.of_event(session, claim.event_id)
        event = session.get_one(Event, claim.event_id)
        owner = session.get_one(Person, claim.person_id)
        all_rows = records.credits_of(session, claim.person_id)
    names = {category.id or 0: category.name for category in programs.current().categories.values()}
    return EntryPage(
        claim,
        event,
        [row for row in all_rows if row.claim_id == claim_id],
        names,
        duplicates.duplicates_in(all_rows).get(claim_id),
        claim.person_id == actor.person_id,
        owner.name,
        conversion,
        transcript,
    )


def _listed(row: CreditRow, places: list[Place], duplicates: dict[int, Likeness]) -> Listed:
    program = programs.current()
    counting = [place for place in places if place.found.where]
    shown = (counting or places)[:1]
    return Listed(
        row,
        program.categories[row.category_id].name,
        "; ".join(place.name for place in counting),
        "; ".join(
            f"{shown_credits(value)} toward {label}" for place in counting for label, value in place.found.where.items()
        ),
        shown[0].found.why_not if shown else _without_track(row),
        records.expiration(row, program),
        duplicates.get(row.claim_id or 0),
    )


def _without_track(row: CreditRow) -> str:
    if row.bound_number:
        return f"It counted for the certificate {row.bound_number} and does not count again."
    live = row.status in {CreditStatus.PENDING, CreditStatus.APPROVED}
    return "Take up a track, and it counts toward it." if live else ""


def _in_period(places: list[Place], period: str) -> bool:
    """Two open participations may both count a credit."""
    return period in ({place.period for place in places if place.found.where} or {"none"})
