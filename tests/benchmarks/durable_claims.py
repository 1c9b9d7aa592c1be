"""Claims at 32 threads beside a bare INSERT of a credit and an audit line, in turns in the same run."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from statistics import median

from sqlmodel import col, func, select

from models.audit import AuditLine
from models.claims import Claim
from models.credits import Credit
from services import audit, claims, clock, db
from tests.benchmarks._data import actor, world
from tests.benchmarks._rows import IN_WINDOW, World, moment
from tests.benchmarks._table import Figure

THREADS, SLICE, RUNS = 32, 1.0, 7
CROWD = World(people=3200, credits_each=20)
CREDIT = (
    "INSERT INTO credit (person_id, line_id, credits, status, source, created_at, reason) "
    "VALUES (?, ?, 2, 'PENDING', 'claim', ?, '')"
)
AUDIT = (
    "INSERT INTO audit_line (at, actor_id, action, subject, subject_id, person_id, details) "
    "VALUES (?, ?, 'bench:bare', 'bench', ?, ?, '{}')"
)
Pair = tuple[int, int]
"""Person and event; an event's only credit line has its id."""


def measure() -> Iterator[Figure]:
    deeds: dict[str, Callable[[Pair], object]] = {"claim": claim, "bare": _bare, "session": _through_session}
    with world(CROWD):
        rates: dict[str, list[float]] = {name: [] for name in deeds}
        pairs = {name: pairs_by_thread(CROWD, place, len(deeds)) for place, name in enumerate(deeds)}
        before, acknowledged, errors = claims_saved(), 0, 0
        with ThreadPoolExecutor(THREADS) as threads:
            for _ in range(RUNS + 1):
                for name, deed in deeds.items():
                    done, failed = time_slice(threads, deed, pairs[name])
                    rates[name].append(done / SLICE)
                    errors += failed
                    acknowledged += done if name == "claim" else 0
        lost = acknowledged - (claims_saved() - before)
    yield from _figures({name: rate[1:] for name, rate in rates.items()}, errors, lost)


def _figures(rates: dict[str, list[float]], errors: int, lost: int) -> Iterator[Figure]:
    ratios = [one / other for one, other in zip(rates["claim"], rates["bare"], strict=True)]
    softer = [one / other for one, other in zip(rates["claim"], rates["session"], strict=True)]
    method = "claim_event against sqlite3 BEGIN IMMEDIATE, 2 INSERTs, COMMIT; same pragmas, lock, pool; 7 turns of 1 s"
    yield Figure("claims / bare insert", ratios, "x", method, 0.5, at_least=True)
    yield Figure("claims, errors and lost", [errors + lost], "", "in all slices; acknowledged beside what was saved", 0)
    yield Figure("claims, 32 threads", rates["claim"], "/s", "persons with 20 credits each, synchronous=FULL")
    yield Figure("bare insert, 32 threads", rates["bare"], "/s", "as above")
    yield Figure("claims / insert by db.writing()", softer, "x", "the same two rows added through the session")
    yield Figure("claim alone", [1000 / median(rates["claim"])], "ms", "one over the rate")


def claim(pair: Pair) -> None:
    person_id, event_id = pair
    assert claims.claim_event(actor(person_id), event_id).is_new


def _bare(pair: Pair) -> None:
    person_id, event_id = pair
    bare(CREDIT, (person_id, event_id, moment(clock.now())), person_id)


def bare(insert: str, values: tuple[object, ...], person_id: int) -> None:
    """Two rows in one transaction by sqlite3 alone: this one and an audit line."""
    now = moment(clock.now())
    with db.engine().raw_connection() as connection, db._one_writer():
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(insert, values)
        cursor.execute(AUDIT, (now, person_id, cursor.lastrowid, person_id))
        cursor.execute("COMMIT")


def _through_session(pair: Pair) -> None:
    person_id, event_id = pair
    with db.writing() as session:
        credit = Credit(person_id=person_id, line_id=event_id, credits=Decimal(1), created_at=clock.now())
        session.add(credit)
        session.flush()
        audit.record(session, person_id, "bench:session", credit.id or 0, person_id=person_id)


def time_slice(
    threads: ThreadPoolExecutor, deed: Callable[[Pair], object], pairs: list[Iterator[Pair]]
) -> tuple[int, int]:
    """How many were done and failed until the time was over."""
    end = time.monotonic() + SLICE

    def work(mine: Iterator[Pair]) -> tuple[int, int]:
        done = failed = 0
        while time.monotonic() < end:
            try:
                deed(next(mine))
                done += 1
            except Exception as fault:
                failed += 1
                print(f"durable_claims: {fault!r}")
        return done, failed

    counts = list(threads.map(work, pairs))
    return sum(done for done, _ in counts), sum(failed for _, failed in counts)


def pairs_by_thread(crowd: World, place: int, deeds: int) -> list[Iterator[Pair]]:
    """Each thread has people of its own, each of the deeds its share of the events; nobody has one of them yet."""

    def pairs(thread: int) -> Iterator[Pair]:
        for event_id in range(1 + place, IN_WINDOW, deeds):
            for person_id in range(1 + thread, crowd.people + 1, THREADS):
                if event_id not in held[person_id]:
                    yield person_id, event_id

    numbers = range(crowd.credits_each)
    held = {one: {crowd.event_of(one, number) for number in numbers} for one in range(1, crowd.people + 1)}
    return [pairs(thread) for thread in range(THREADS)]


def claims_saved() -> int:
    """Claims that stand with their audit line."""
    with db.reading() as session:
        told = select(AuditLine.subject_id).where(AuditLine.action == "claim:saved")
        return session.exec(select(func.count(col(Claim.id))).where(col(Claim.id).in_(told))).one()
