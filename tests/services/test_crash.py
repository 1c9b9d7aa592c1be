"""Crashes: whatever claim was acknowledged is there after a kill, whole, with its audit line."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import func, select

from models.audit import AuditLine
from models.claims import Claim
from models.credits import Credit
from services import db, installation
from tests import make

ROOT = Path(__file__).parents[2]
KILLS = 5
ACKNOWLEDGED = 150
"""So many lines are read before the kill, and a few more each time, so that it strikes at different places."""

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def _calendar(database: Path) -> None:
    """A database with 40 events to claim, closed again."""
    for number in range(40):
        make.event(f"Event {number}", credits={"administration": "1", "technology": "0.5"})
    db.disconnect()


def kill_at_work(database: Path, deed: str, lines: int) -> set[int]:
    """Lets a process claim until so many claims were acknowledged, kills it, and returns all that it acknowledged."""
    command = [sys.executable, "-m", "tests.services.claimer", deed, str(database)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603 -- our own script
        assert process.stdout is not None
        heard = [int(process.stdout.readline()) for _ in range(lines)]
        process.kill()
        heard += [int(line) for line in process.stdout.read().split()]
    assert process.returncode == -9
    return set(heard)


def lost(acknowledged: set[int]) -> set[int]:
    """Opens the database again as a start does: which of these claims is it without?"""
    installation.open_with(installation.settings())
    with db.reading() as session:
        return acknowledged - set(session.exec(select(Claim.id)))


def test_no_acknowledged_claim_is_lost_when_the_process_is_killed(database: Path) -> None:
    acknowledged: set[int] = set()
    for number in range(KILLS):
        acknowledged |= kill_at_work(database, "for ever", ACKNOWLEDGED + 7 * number)
        assert lost(acknowledged) == set()
        with db.reading() as session:
            claims, credits, lines = (
                session.exec(select(func.count()).select_from(table)).one() for table in (Claim, Credit, AuditLine)
            )
            assert session.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert (credits, lines) == (2 * claims, claims)
        db.disconnect()
    assert len(acknowledged) >= KILLS * ACKNOWLEDGED


def test_the_same_check_sees_the_loss_when_claims_are_acknowledged_before_they_are_saved(database: Path) -> None:
    acknowledged: set[int] = set()
    for number in range(KILLS):
        acknowledged = kill_at_work(database, "carelessly", ACKNOWLEDGED + 7 * number)
        if lost(acknowledged):
            return
        db.disconnect()
    pytest.fail(f"No loss was seen in {KILLS} kills: the check is blind.")
