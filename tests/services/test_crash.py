"""Crashes: whatever claim was acknowledged is there after a kill, whole, with its audit line."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.audit import AuditLine
from models.claims import Claim
from models.credits import Credit
from services import clock, db, installation, migrations, programs
from services.settings import Settings
from tests import make
from tests.conftest import SECRET
from tests.services import schemas

ROOT = Path(__file__).parents[2]
KILLS, CRASHES_OF_THE_SERVER = 24, 4
ACKNOWLEDGED = 40
"""So many lines are read before the kill, and a few more each time, so that it strikes at different places."""

pytestmark = pytest.mark.slow


class Claimer:
    """A process that claims until it is killed, and can be made to begin again."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._tell, self._heard = process.stdin, process.stdout
        self.pid = 0

    def begin(self) -> None:
        self._tell.write(b"go\n")
        self._tell.flush()
        self.pid = int(self._heard.readline())

    def acknowledged(self, lines: int) -> set[int]:
        """The next so many claims that it says are saved."""
        return {int(self._heard.readline()) for _ in range(lines)}

    def rest(self) -> set[int]:
        """Those that it said before it was gone."""
        return {int(line) for line in iter(self._heard.readline, b"gone\n")}

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def claimer(deed: str) -> Iterator[Claimer]:
    """On the database that is connected here."""
    settings = installation.settings()
    command = [sys.executable, "-m", "tests.services.claimer", deed, str(settings.data_dir), settings.database_url]
    with subprocess.Popen(  # noqa: S603 -- our own script
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        yield Claimer(process)


def fill_calendar() -> None:
    """40 events to claim, of two credits each."""
    for number in range(40):
        make.event(f"Event {number}", credits={"administration": "1", "technology": "0.5"})
    db.disconnect()


def lost(acknowledged: set[int]) -> set[int]:
    """Opens the database again as a start does: which of these claims is it without?"""
    installation.open_with(installation.settings())
    with db.reading() as session:
        return acknowledged - set(session.exec(select(Claim.id)))


def assert_whole() -> None:
    """Every claim has its two credits and its audit line, and nothing else is there."""
    with db.reading() as session:
        claims, credits, lines = (
            session.exec(select(func.count()).select_from(table)).one() for table in (Claim, Credit, AuditLine)
        )
        connection = session.connection()
        assert schemas.foreign_keys_broken(connection) == 0
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
    assert (credits, lines) == (2 * claims, claims)
    db.disconnect()


def test_no_acknowledged_claim_is_lost_when_the_process_is_killed(database: Path) -> None:
    fill_calendar()
    acknowledged: set[int] = set()
    with claimer("for ever") as working:
        for number in range(KILLS):
            working.begin()
            acknowledged |= working.acknowledged(ACKNOWLEDGED + 3 * number)
            working.kill()
            acknowledged |= working.rest()
            assert lost(acknowledged) == set()
            assert_whole()
    assert len(acknowledged) >= KILLS * ACKNOWLEDGED


def test_the_same_check_sees_the_loss_when_claims_are_acknowledged_before_they_are_saved(database: Path) -> None:
    fill_calendar()
    with claimer("carelessly") as working:
        for number in range(KILLS):
            working.begin()
            acknowledged = working.acknowledged(ACKNOWLEDGED + 3 * number)
            working.kill()
            if lost(acknowledged | working.rest()):
                return
            db.disconnect()
    pytest.fail(f"No loss was seen in {KILLS} kills: the check is blind.")


@pytest.mark.skipif(os.environ.get("ASPEN_TEST_POSTGRESQL") == "0", reason="PostgreSQL is switched off")
def test_no_acknowledged_claim_is_lost_when_postgresql_is_killed() -> None:
    from tests.postgresql import PostgreSQL  # noqa: PLC0415 -- its import starts nothing, but takes its time

    folder = Path(tempfile.mkdtemp(prefix="aspen-pg-"))
    server = PostgreSQL(folder)
    settings = Settings(data_dir=folder / "data", secret_key=SECRET, database_url=server.address(server.template))
    installation.connect(settings)
    clock.fix(make.NOON)
    migrations.migrate(settings)
    programs.import_program("montana")
    fill_calendar()
    acknowledged: set[int] = set()
    try:
        with claimer("for ever") as working:
            for number in range(CRASHES_OF_THE_SERVER):
                working.begin()
                acknowledged |= working.acknowledged(ACKNOWLEDGED + 30 * number)
                server.kill()
                acknowledged |= working.rest()
                server.start_again()
                assert lost(acknowledged) == set()
                assert_whole()
    finally:
        installation.close()
        clock.fix(None)
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    assert len(acknowledged) >= CRASHES_OF_THE_SERVER * ACKNOWLEDGED
