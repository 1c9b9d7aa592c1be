"""Roles: granted by the operator on the command line."""

from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditLine
from models.errors import Refusal
from services import db, roles, sign_in
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_a_granted_role_works_at_the_next_deed_and_leaves_an_audit_line() -> None:
    ann = make.person()
    token = make.token_for(ann)
    assert roles.grant("coordinator", "Ann.Ames@EXAMPLE.org") == "Ann Ames"
    assert sign_in.who(token).is_coordinator
    with db.reading() as session:
        line = session.exec(select(AuditLine).where(AuditLine.action == "person:granted")).one()
    assert (line.person_id, line.actor_id, line.details) == (ann.person_id, None, {"title": "coordinator"})


def test_granting_twice_changes_nothing() -> None:
    make.person()
    roles.grant("administrator", "ann.ames@example.org")
    roles.grant("administrator", "ann.ames@example.org")
    with db.reading() as session:
        assert len(session.exec(select(AuditLine)).all()) == 1


def test_an_administrator_is_not_a_coordinator() -> None:
    ann = make.person()
    roles.grant("administrator", "ann.ames@example.org")
    assert not sign_in.who(make.token_for(ann)).is_coordinator


def test_an_unknown_role_or_person_is_refused_with_a_sentence() -> None:
    make.person()
    with pytest.raises(Refusal, match="king is not a role; write one of coordinator, administrator"):
        roles.grant("king", "ann.ames@example.org")
    with pytest.raises(Refusal, match=r"Nobody has the e-mail address bob@example\.org"):
        roles.grant("coordinator", "bob@example.org")
