"""The database fails in the middle of deeds: what was acknowledged is there, whole, and of the rest nothing is."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, func, select

from models.audit import AuditLine
from models.certificates import BoundCredit, Certificate, CertificateFile
from models.claims import Claim
from models.credits import Credit
from models.letters import Letter
from models.participations import Participation
from models.verifications import Verification
from services import claims, db, programs, review
from services.access import Actor
from tests import certified, make

PEOPLE, THREADS = 60, 8

FAIL = {
    "sqlite": ("CREATE TRIGGER fail BEFORE INSERT ON {table} WHEN NEW.person_id % 3 = 0\n"
               "BEGIN SELECT RAISE(ABORT, 'the disk lies'); END",),
    "postgresql": ("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
                   "$$ BEGIN RAISE EXCEPTION 'the disk lies'; END $$",
                   "CREATE TRIGGER fail BEFORE INSERT ON {table} FOR EACH ROW WHEN (mod(NEW.person_id, 3) = 0) "
                   "EXECUTE FUNCTION fail()"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def fail_for_every_third_person(table: str) -> None:
    """From now on no row of hers can be inserted there."""
    with db.engine().connect() as connection, connection.begin():
        for statement in FAIL[connection.dialect.name]:
            connection.exec_driver_sql(statement.replace("{table}", table))


def rows(*tables: type[SQLModel]) -> list[int]:
    with db.reading() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def lines(*actions: str) -> list[int]:
    with db.reading() as session:
        return [session.exec(select(func.count()).where(AuditLine.action == action)).one() for action in actions]


def does(deed: Callable[[], object]) -> bool:
    """Whether it was done; a fault of the database is what these tests are about."""
    try:
        deed()
    except DBAPIError as fault:
        assert "the disk lies" in str(fault)
        return False
    return True


def do_all(deeds: dict[int, Callable[[], object]]) -> None:
    """Eight at a time; those of every third person fail, and nobody else's."""
    with ThreadPoolExecutor(THREADS) as pool:
        done = dict(zip(deeds, pool.map(does, deeds.values()), strict=True))
    assert done == {person_id: person_id % 3 != 0 for person_id in deeds}
    assert set(done.values()) == {True, False}


def people() -> list[Actor]:
    return [make.person(f"Ann Ames{number}") for number in range(PEOPLE)]


def test_a_claim_whose_audit_line_fails_is_not_saved() -> None:
    everybody = people()
    event_id = make.event(credits={"administration": "1", "technology": "0.5"})
    fail_for_every_third_person("audit_line")
    do_all({ann.person_id: partial(claims.claim_event, ann, event_id) for ann in everybody})
    done = len([ann for ann in everybody if ann.person_id % 3])
    assert rows(Claim, Credit, AuditLine) == [done, 2 * done, done]


@pytest.mark.parametrize("table", ["audit_line", "letter"])
def test_a_decision_whose_audit_line_or_letter_fails_is_not_made(table: str) -> None:
    cem, everybody = make.coordinator(), people()
    event_id = make.event()
    made = {ann.person_id: claims.claim_event(ann, event_id).claim_id for ann in everybody}
    fail_for_every_third_person(table)
    do_all({person_id: partial(review.decline, cem, [claim_id], "No.") for person_id, claim_id in made.items()})
    for person_id, claim_id in made.items():
        failed = person_id % 3 == 0
        assert make.status_of(claim_id) == ("PENDING" if failed else "DECLINED")
        assert len(make.deeds_on(claim_id)) == (1 if failed else 2)
        assert len(make.letters_about(claim_id)) == (0 if failed else 1)


def test_a_batch_in_which_one_audit_line_fails_is_not_decided_at_all() -> None:
    """One deed is one transaction: the coordinator is told that nothing was saved, and nothing was."""
    cem, event_id = make.coordinator(), make.event()
    made = [claims.claim_event(ann, event_id).claim_id for ann in people()[:5]]
    fail_for_every_third_person("audit_line")
    assert not does(partial(review.approve, cem, made))
    assert {make.status_of(claim_id) for claim_id in made} == {"PENDING"}
    assert (rows(Letter), lines("claim:approved")) == ([0], [0])


@pytest.mark.parametrize("table", ["audit_line", "letter", "certificate", "participation"])
def test_a_certificate_of_which_anything_fails_is_not_issued_and_takes_no_number(table: str) -> None:
    cem = make.coordinator()
    parts = {ann.person_id: certified.reviewed(ann, by=cem) for ann in people()[:9]}
    before = rows(Letter, Participation)
    fail_for_every_third_person(table)
    do_all({person_id: partial(certified.verify, cem, part) for person_id, part in parts.items()})
    done = {person_id: part for person_id, part in parts.items() if person_id % 3}
    assert sorted(row.number for row in certified.rows(Certificate)) == [
        f"MT-2026-{place:06d}" for place in range(1, len(done) + 1)
    ]
    assert {row.participation_id for row in certified.rows(BoundCredit)} == set(done.values())
    assert {row.participation_id for row in certified.rows(Verification)} == set(done.values())
    assert rows(CertificateFile) == lines("certificate:issued")[:1] == lines("participation:verified") == [len(done)]
    assert rows(Letter, Participation) == [before[0] + len(done), before[1] + len(done)]
    for person_id, part in parts.items():
        assert certified.participation(part).status == ("ISSUED" if person_id % 3 else "SUBMITTED")


@pytest.fixture
def full_disk() -> Iterator[Callable[[int | None], None]]:
    """Gives SQLite so many more pages to write, or as many as it likes."""
    limit = {"pages": 2**32 - 2}

    def set_limit(raw: Any, _record: object, _proxy: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {limit['pages']}")

    def leave(pages: int | None) -> None:
        with db.engine().connect() as connection:
            there = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        limit["pages"] = 2**32 - 2 if pages is None else there + pages

    event.listen(db.engine(), "checkout", set_limit)
    yield leave
    event.remove(db.engine(), "checkout", set_limit)


def has_room(deed: Callable[[], object]) -> bool:
    """Whether it was done, and was not done before."""
    try:
        return deed() is not None
    except DBAPIError as fault:
        assert "database or disk is full" in str(fault)
        return False


def claim_anew(ann: Actor, event_id: int) -> int | None:
    claimed = claims.claim_event(ann, event_id)
    return claimed.claim_id if claimed.is_new else None


@pytest.mark.sqlite
def test_on_a_full_disk_nothing_is_done_by_half_and_with_new_room_it_goes_on(
    full_disk: Callable[[int | None], None],
) -> None:
    cem, everybody = make.coordinator(), people()
    events = [make.event(f"Event {number}", credits={"administration": "1", "technology": "1"}) for number in range(8)]
    full_disk(20)

    def claim(ann: Actor) -> int:
        """How many she could claim; she tries each twice."""
        return sum(has_room(partial(claim_anew, ann, event_id)) for event_id in events * 2)

    programs.current()
    with ThreadPoolExecutor(THREADS) as pool:
        saved = sum(pool.map(claim, everybody))
    assert 20 < saved < len(everybody) * len(events)
    assert rows(Claim, Credit, AuditLine) == [saved, 2 * saved, saved]
    with db.engine().connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    made = [row.id for row in certified.rows(Claim)]
    declined = [claim_id for claim_id in made if has_room(partial(review.decline, cem, [claim_id], "No. " * 200))]
    assert len(declined) < len(made)
    assert [claim_id for claim_id in made if make.status_of(claim_id) == "DECLINED"] == declined
    assert rows(Letter) == lines("claim:declined") == [len(declined)]

    full_disk(None)
    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(claim, everybody)) == len(everybody) * len(events) - saved
    every = len(everybody) * len(events)
    assert rows(Claim, Credit) == [every, 2 * every]
    assert lines("claim:saved") == [every]
