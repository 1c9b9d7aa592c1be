"""The database: every deed is saved whole or not at all, and audit lines stay as they are."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import func, select

from models.audit import AuditLine
from models.claims import Claim
from models.credits import Credit
from models.letters import Letter
from models.people import Person
from services import audit, clock, db, review
from tests import make

pytestmark = pytest.mark.sqlite

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def rows_of(*tables: type) -> list[int]:
    with db.reading() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def test_every_connection_is_set_up_for_durability_and_foreign_keys() -> None:
    wanted = {"busy_timeout": 10000, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1,
              "recursive_triggers": 1, "trusted_schema": 0}  # fmt: skip
    gate = Barrier(8)

    def settings(_: int) -> dict[str, object]:
        with db.engine().connect() as connection:
            gate.wait()
            return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(settings, range(8))) == [wanted] * 8


def test_a_deed_that_fails_leaves_nothing_behind_and_announces_nothing() -> None:
    ann, cem = make.person(), make.coordinator()
    claim_id = make.own_entry(ann)
    announced: list[str] = []
    with pytest.raises(RuntimeError, match="half way"), db.writing() as session:
        for credit in session.exec(select(Credit)):
            credit.approve(cem.person_id, clock.now())
        audit.record(session, None, "claim:approved", claim_id)
        session.add(Letter(kind="x", person_id=ann.person_id, address="a@b.c", subject="x", body="x",
                           created_at=clock.now(), send_after=clock.now()))  # fmt: skip
        session.flush()
        db.tell(session, lambda: announced.append("told"))
        raise RuntimeError("half way")
    assert make.status_of(claim_id) == "PENDING"
    assert rows_of(AuditLine, Letter) == [1, 0]
    assert announced == []


def test_after_a_failed_deed_the_next_one_goes_on() -> None:
    with pytest.raises(ZeroDivisionError), db.writing():
        _ = 1 / 0
    assert make.person().person_id


def test_where_the_audit_line_cannot_be_written_the_deed_is_not_done() -> None:
    ann, cem = make.person(), make.coordinator()
    claim_id = make.own_entry(ann, email=True)
    with db.engine().begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER fail BEFORE INSERT ON audit_line BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    with pytest.raises(DatabaseError, match="disk full"):
        review.approve(cem, [claim_id])
    assert (make.status_of(claim_id), rows_of(Letter)) == ("PENDING", [0])


def test_news_goes_out_after_the_commit_in_its_order() -> None:
    heard: list[object] = []
    with db.writing() as session:
        db.tell(session, lambda: heard.append(rows_of(Person)))
        db.tell(session, lambda: heard.append("second"))
        session.add(Person(first_name="Ann", last_name="Ames", created_at=clock.now()))
        session.flush()
        assert heard == []
    assert heard == [[1], "second"]


def test_reading_saves_nothing() -> None:
    with db.reading() as session:
        session.add(Person(first_name="Ann", last_name="Ames", created_at=clock.now()))
        session.flush()
    assert rows_of(Person) == [0]


def test_reading_sees_one_moment_while_others_write() -> None:
    with db.reading() as session:
        before = session.exec(select(func.count()).select_from(Person)).one()
        make.person()
        assert session.exec(select(func.count()).select_from(Person)).one() == before
    assert rows_of(Person) == [1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET action = 'nothing:happened'",
        "DELETE FROM audit_line",
        "REPLACE INTO audit_line SELECT id, at, NULL, 'x:y', subject, subject_id, person_id, details FROM audit_line",
        "INSERT OR REPLACE INTO audit_line SELECT * FROM audit_line",
        "INSERT INTO audit_line SELECT * FROM audit_line WHERE true ON CONFLICT (id) DO UPDATE SET action = 'x:y'",
    ],
)
@pytest.mark.parametrize("recursive", [0, 1])
def test_audit_lines_are_never_changed_deleted_or_replaced(statement: str, recursive: int) -> None:
    claim_id = make.own_entry(make.person())
    with db.engine().connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(IntegrityError, match="never changed or deleted"):
            connection.exec_driver_sql(statement)
        connection.invalidate()
    assert [line.action for line in make.deeds_on(claim_id)] == ["claim:saved"]


def test_a_row_that_points_nowhere_or_breaks_a_rule_is_refused_by_the_database() -> None:
    claim_id = make.own_entry(make.person())
    for statement in (
        "UPDATE credit SET person_id = 999",
        "UPDATE credit SET status = 'LOST'",
        "UPDATE credit SET status = 'APPROVED'",
        "UPDATE credit SET credits = 0",
        "UPDATE credit SET credits = 'many'",
        "UPDATE event SET ends_at = begins_at",
        "DELETE FROM person",
    ):
        with pytest.raises(IntegrityError), db.engine().begin() as connection:
            connection.exec_driver_sql(statement)
    assert make.status_of(claim_id) == "PENDING"


def test_two_processes_that_claim_the_same_events_make_each_claim_once(database: Path) -> None:
    """Both are told of a standing claim; which of them was first, nobody can say beforehand."""
    ann = make.person()
    events = [make.event(f"Event {number}") for number in range(40)]
    command = [sys.executable, "-m", "tests.services.claimer", "these", str(database.parent), "", str(ann.person_id)]
    both = [subprocess.Popen([*command, *map(str, events)], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
            for _ in range(2)]  # fmt: skip
    answers = [process.communicate(timeout=60)[0].split() for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert [len(one) for one in answers] == [40, 40]
    assert Counter(word for one in answers for word in one) == {"new": 40, "standing": 40}
    assert rows_of(Claim, Credit, AuditLine) == [40, 40, 40]
