"""Planning ahead: coming events that close the gap of a track, and the record as if the chosen ones were attended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import case
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from models.credits import CreditStatus
from models.errors import NotFound, WrongState
from models.evaluation import Evaluation, RecordCredit
from models.events import Event, EventCreditLine, EventKind, EventState
from models.participations import Participation, ParticipationStatus
from models.planning import forecast
from services import clock, db, drafts, events, programs, records
from services.access import Actor, load_participation

PAGE = 12
MONTHS_AHEAD = timedelta(days=183)


@dataclass(frozen=True)
class PlannedEvent:
    """A coming event with its credits by category id; `closes` says that a category that is missing is among them."""

    event: Event
    credits: tuple[tuple[int, Decimal], ...]
    chosen: bool
    closes: bool


@dataclass(frozen=True)
class Plan:
    """`before` is the record of today, `after` the one with the chosen events attended, in their order `chosen`.

    `done_on` is when the track is full at the pace of the last twelve months; None without one. `expiring` are credits
    that count today and are too old on the day of the last chosen event.
    """

    participation: Participation
    track_name: str
    before: Evaluation
    after: Evaluation
    chosen: list[Event]
    events: list[PlannedEvent]
    total: int
    done_on: date | None
    expiring: Decimal


def outlook(actor: Actor, participation_id: int, pages: int = 1) -> Plan:
    """The plan for one's own track in progress, with so many pages of coming events. Raises NotFound, WrongState."""
    ticked = _ticked(actor, participation_id)
    with db.reading() as session:
        one = _own(session, actor, participation_id)
        rows = records.credits_of(session, actor.person_id)
        before = records.evaluated(one, rows, programs.current())
        chosen = session.exec(
            _coming().where(col(Event.id).in_(ticked)).order_by(col(Event.begins_at), col(Event.id))
        ).all()
        offered, total = _offered(session, before, ticked, pages)
        after = records.evaluated(one, rows, programs.current(), planned=_planned(session, chosen))
    program = programs.current()
    return Plan(
        one,
        program.versions[one.track_version_id].track_name,
        before,
        after,
        list(chosen),
        offered,
        total,
        forecast(before.missing, _earned_lately(rows, before), program.today()),
        _expiring(rows, before, max((event.ended_on for event in chosen), default=program.today())),
    )


def choose(actor: Actor, participation_id: int, event_id: int, *, chosen: bool) -> None:
    """Keeps or drops a tick; it is there again next time. Raises NotFound, WrongState."""
    with db.reading() as session:
        _own(session, actor, participation_id)
        if session.exec(_coming().where(Event.id == event_id)).first() is None:
            raise NotFound
    drafts.keep(actor, form_of(participation_id), str(event_id), chosen)


def form_of(participation_id: int) -> str:
    """The name under which its ticks are kept: a field for each event, so that two at once do not lose one."""
    return f"plan-{participation_id}"


def _own(session: Session, actor: Actor, participation_id: int) -> Participation:
    one = load_participation(session, actor, participation_id)
    if one.person_id != actor.person_id:
        raise NotFound
    if one.status != ParticipationStatus.IN_PROGRESS:
        raise WrongState("This track is not in progress any more: there is nothing left to plan.")
    return one


def _ticked(actor: Actor, participation_id: int) -> list[int]:
    return [int(event_id) for event_id, chosen in drafts.kept(actor, form_of(participation_id)).items() if chosen]


def _coming() -> SelectOfScalar[Event]:
    now = clock.now()
    gives = select(EventCreditLine.event_id)
    return (
        select(Event)
        .where(Event.kind == EventKind.SPONSORED, Event.state == EventState.PUBLISHED)
        .where(col(Event.ends_at) > now, col(Event.begins_at) < now + MONTHS_AHEAD)
        .where(col(Event.id).in_(gives))
    )


def _offered(session: Session, before: Evaluation, ticked: Sequence[int], pages: int) -> tuple[list[PlannedEvent], int]:
    """Those that close a gap first, then by their day; and how many there are."""
    closing = select(EventCreditLine.event_id).where(col(EventCreditLine.category_id).in_(_missing(before)))
    total = session.exec(select(func.count()).select_from(_coming().subquery())).one()
    first = case((col(Event.id).in_(closing), 0), else_=1)
    query = _coming().order_by(first, col(Event.begins_at), col(Event.id)).limit(PAGE * pages)
    found = session.execute(query.add_columns(first)).all()
    lines = events.lines_of(session, [event for event, _ in found])
    return [
        PlannedEvent(
            event,
            tuple((line.category_id, line.credits) for line in lines[event.id or 0]),
            event.id in ticked,
            place == 0,
        )
        for event, place in found
    ], total


def _missing(before: Evaluation) -> list[int]:
    """The categories of which credits are missing; none where any category will do."""
    keys = {key for met in before.requirements if met.missing > 0 for key in met.requirement.categories}
    return [id_ for id_, category in programs.current().categories.items() if category.key in keys]


def _planned(session: Session, chosen: Sequence[Event]) -> list[RecordCredit]:
    """The credits that the events would bring; their ids are below 0, for they are nobody's yet."""
    categories, lines = programs.current().categories, events.lines_of(session, chosen)
    return [
        RecordCredit(
            -(line.id or 0),
            categories[line.category_id].key,
            line.credits,
            CreditStatus.PENDING,
            event.ends_at,
            event.ended_on,
        )
        for event in chosen
        for line in lines[event.id or 0]
    ]


def _earned_lately(rows: Sequence[records.CreditRow], before: Evaluation) -> Decimal:
    """What counts of the events of the last twelve months, in credits."""
    since = programs.current().today() - timedelta(days=365)
    return _counted([row for row in rows if row.ended_on > since], before)


def _expiring(rows: Sequence[records.CreditRow], before: Evaluation, day: date) -> Decimal:
    program = programs.current()
    return _counted([row for row in rows if records.expiration(row, program) < day], before)


def _counted(rows: Sequence[records.CreditRow], found: Evaluation) -> Decimal:
    """What counts of these, in credits."""
    counts = [sum(found.credits[row.id].where.values(), Decimal(0)) for row in rows if row.id in found.credits]
    return sum(counts, Decimal(0))
