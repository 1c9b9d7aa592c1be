"""The chain over the audit lines: what was changed, removed or cut off behind the program's back is found."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, func, select

from models.audit import AuditLine, AuditSeal
from models.errors import Refusal
from models.letters import Letter
from models.people import Role
from services import audit, audit_chain, clock, db
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def write(number: int = 5) -> None:
    ann = make.person(f"Ann {next(NAMES)}")
    with db.writing() as session:
        for place in range(number):
            audit.record(session, ann.person_id, "claim:saved", place + 1, person_id=ann.person_id, title=f"Ü {place}")


NAMES = iter(range(1000))


def behind_its_back(*statements: str) -> None:
    """As somebody who owns the database could: without triggers and foreign keys."""
    with db.engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            raw.execute("PRAGMA foreign_keys=ON")
            return
        with connection.begin():
            connection.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement))
            connection.execute(text("SET session_replication_role = DEFAULT"))


def links() -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(AuditSeal)).one()


def test_every_line_is_linked_once_and_the_chain_holds() -> None:
    assert audit_chain.verify() == audit_chain.Verdict(0, "", "")
    write(5)
    assert (audit_chain.seal(), audit_chain.seal(), links()) == (5, 0, 5)
    first = audit_chain.head()
    write(3)
    assert audit_chain.seal() == 3
    found = audit_chain.verify(first)
    assert (found.lines, found.problem, found.head) == (8, "", audit_chain.head())
    assert found.head.startswith("8:")


def test_of_eight_that_seal_at_once_every_line_is_linked_once() -> None:
    write(40)
    with ThreadPoolExecutor(8) as pool:
        sum(pool.map(lambda _: audit_chain.seal(), range(8)))
    audit_chain.seal()
    assert links() == 40
    assert audit_chain.verify().problem == ""


ATTACKS: dict[str, tuple[str, str]] = {
    "changed what": ("UPDATE audit_line SET action = 'claim:approved' WHERE id = 3", r"Line 3 .* was changed"),
    "changed whose": ("UPDATE audit_line SET person_id = NULL WHERE id = 3", r"Line 3 .* was changed"),
    "changed who": ("UPDATE audit_line SET actor_id = NULL WHERE id = 1", r"Line 1 .* was changed"),
    "changed a detail": ("UPDATE audit_line SET details = '{\"title\":\"X\"}' WHERE id = 5", r"Line 5 .* was changed"),
    "removed a line": ("DELETE FROM audit_line WHERE id = 3", "Line 3 was removed"),
    "removed a line and its link": (
        "DELETE FROM audit_seal WHERE line_id = 3; DELETE FROM audit_line WHERE id = 3", "links after position 2"),
    "swapped a link": ("UPDATE audit_seal SET hash = '" + "0" * 64 + "' WHERE position = 2", r"Line 2 .* was changed"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_found_who(attack: str) -> None:
    write(5)
    audit_chain.seal()
    statement, problem = ATTACKS[attack]
    behind_its_back(*statement.split("; "))
    assert re.search(problem, audit_chain.verify().problem)


def test_a_cut_end_is_found_only_by_an_anchor_that_was_kept_outside() -> None:
    write(5)
    audit_chain.seal()
    kept = audit_chain.head()
    behind_its_back("DELETE FROM audit_seal WHERE position > 3", "DELETE FROM audit_line WHERE id > 3")
    assert audit_chain.verify().problem == ""
    assert audit_chain.verify(kept).problem == "The chain ends at position 3 and was at 5: its end was cut off."


def test_a_chain_that_was_written_anew_is_not_that_of_the_anchor() -> None:
    write(5)
    audit_chain.seal()
    kept = audit_chain.head()
    behind_its_back("DELETE FROM audit_seal", "UPDATE audit_line SET action = 'claim:approved' WHERE id = 2")
    audit_chain.seal()
    assert audit_chain.verify().problem == ""
    assert "was written anew" in audit_chain.verify(kept).problem


def test_an_old_line_without_a_link_is_told() -> None:
    write(2)
    assert audit_chain.verify().problem == ""
    clock.fix(make.NOON + timedelta(hours=2))
    assert "is old and in no link" in audit_chain.verify().problem
    audit_chain.seal()
    assert audit_chain.verify().problem == ""


@pytest.mark.parametrize("anchor", ["x", "5", "5:abc", "0:" + "0" * 64])
def test_what_is_no_anchor_is_refused(anchor: str) -> None:
    with pytest.raises(Refusal, match="POSITION:HASH"):
        audit_chain.verify(anchor)


def test_the_head_is_told_to_every_administrator_once_a_day() -> None:
    make.person("Ada Admin", roles=(Role.ADMINISTRATOR,))
    make.person("Alf Admin", roles=(Role.ADMINISTRATOR,))
    audit_chain.anchor()
    write(3)
    audit_chain.anchor()
    audit_chain.anchor()
    with db.reading() as session:
        told = session.exec(select(Letter).order_by(col(Letter.id))).all()
        assert len(session.exec(select(AuditLine)).all()) == 3
    assert [letter.kind for letter in told] == ["audit head", "audit head"]
    assert f"aspen audit --anchor {audit_chain.head()}" in told[0].body
    clock.fix(make.NOON + timedelta(days=1))
    audit_chain.anchor()
    with db.reading() as session:
        assert len(session.exec(select(Letter)).all()) == 4


def test_a_seal_is_never_changed_through_the_front_door() -> None:
    write(2)
    audit_chain.seal()
    for statement in ("UPDATE audit_seal SET hash = 'x'", "DELETE FROM audit_seal"):
        with pytest.raises(Exception, match="never changed or deleted"), db.engine().begin() as connection:
            connection.execute(text(statement))
