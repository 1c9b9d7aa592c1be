"""Registrations at 32 threads beside a bare INSERT of a registration and an audit line, in turns in the same run."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import col, func, select, update

from models.events import Event, RegistrationMode
from models.registrations import Registration, RegistrationState
from services import audit, clock, db, registrations
from tests.benchmarks._data import actor, world
from tests.benchmarks._rows import World, moment
from tests.benchmarks._table import Figure
from tests.benchmarks.durable_claims import RUNS, SLICE, THREADS, Pair, bare, time_slice

CROWD = World(people=3200, credits_each=2)
SEATS = 100
EVENTS = 180
ROW = (
    "INSERT INTO registration (event_id, person_id, state, presenter, answers, registered_at, reason) "
    "VALUES (?, ?, 'REGISTERED', 0, '{}', ?, '')"
)


def measure() -> Iterator[Figure]:
    deeds: dict[str, Callable[[Pair], object]] = {"register": register, "bare": plain, "session": through_session}
    with world(CROWD):
        events = _open_events()
        rates: dict[str, list[float]] = {name: [] for name in deeds}
        pairs = {name: _pairs(events[place :: len(deeds)]) for place, name in enumerate(deeds)}
        done_in_all = errors = 0
        with ThreadPoolExecutor(THREADS) as threads:
            for _ in range(RUNS + 1):
                for name, deed in deeds.items():
                    done, failed = time_slice(threads, deed, pairs[name])
                    rates[name].append(done / SLICE)
                    errors += failed
                    done_in_all += done
        lost = done_in_all - _saved()
        over = _overbooked(events[0 :: len(deeds)])
    rates = {name: rate[1:] for name, rate in rates.items()}
    ratios = [one / other for one, other in zip(rates["register"], rates["bare"], strict=True)]
    method = f"register, {SEATS} seats an event, with its letter, against BEGIN IMMEDIATE, 2 INSERTs, COMMIT; in turns"
    yield Figure("registrations / bare insert", ratios, "x", method, 0.5, at_least=True)
    softer = [one / other for one, other in zip(rates["register"], rates["session"], strict=True)]
    yield Figure("registrations / insert by db.writing()", softer, "x", "the same two rows added through the session")
    yield Figure("registrations, errors, lost, overbooked", [errors + lost + over], "", "in all slices", 0)
    yield Figure("registrations, 32 threads", rates["register"], "/s", "synchronous=FULL, one letter each")
    yield Figure("bare insert, 32 threads", rates["bare"], "/s", "as above")


def register(pair: Pair) -> None:
    person_id, event_id = pair
    registrations.register(actor(person_id), event_id, {})


def plain(pair: Pair) -> None:
    person_id, event_id = pair
    bare(ROW, (event_id, person_id, moment(clock.now())), person_id)


def through_session(pair: Pair) -> None:
    person_id, event_id = pair
    with db.writing() as session:
        row = Registration(event_id=event_id, person_id=person_id, registered_at=clock.now())
        session.add(row)
        session.flush()
        audit.record(session, person_id, "bench:session", row.id or 0, person_id=person_id)


def _open_events() -> list[int]:
    """Sponsored events that begin in a month, with registration here."""
    begins = clock.now().replace(microsecond=0)
    with db.writing() as session:
        ids = session.exec(select(Event.id).order_by(col(Event.id)).limit(EVENTS)).all()
        coming = {"begins_at": begins.replace(year=begins.year + 1), "ends_at": begins.replace(year=begins.year + 2)}
        session.exec(
            update(Event)
            .where(col(Event.id).in_(ids))
            .values(registration=RegistrationMode.HERE, capacity=SEATS, **coming)
        )
    return [one or 0 for one in ids]


def _pairs(events: list[int]) -> list[Iterator[Pair]]:
    """Each thread has people of its own; all of them want the same events, one after the other."""

    def pairs(thread: int) -> Iterator[Pair]:
        for event_id in events:
            for person_id in range(1 + thread, CROWD.people + 1, THREADS):
                yield person_id, event_id

    return [pairs(thread) for thread in range(THREADS)]


def _saved() -> int:
    with db.reading() as session:
        return session.exec(select(func.count(col(Registration.id)))).one()


def _overbooked(events: list[int]) -> int:
    with db.reading() as session:
        rows = session.exec(
            select(func.count())
            .where(Registration.state == RegistrationState.REGISTERED, col(Registration.event_id).in_(events))
            .group_by(col(Registration.event_id))
        ).all()
    return sum(max(0, count - SEATS) for count in rows)
