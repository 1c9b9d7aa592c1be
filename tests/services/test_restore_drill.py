"""The restore drill as an operator does it: back up while people work, lose the machine, restore, serve again."""

import os
import subprocess
from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from models.audit import AuditSeal
from models.errors import Refusal
from services import audit_chain, backup, backup_databases, backup_files, db, installation, migrations, restore
from services.settings import Settings
from tests import make
from tests.browser.server import ASPEN, serving
from tests.services import schemas
from tests.services.test_backup import elsewhere, emptied, fill, put_document
from tests.services.test_crash import claimer, fill_calendar
from tests.services.test_migrations import Later, later
from tests.services.test_restore_refused import rewritten, told

__all__ = ["later"]
Rows = dict[str, Counter[str]]

pytestmark = [pytest.mark.usefixtures("pg_programs"), pytest.mark.slow]


def everything() -> Rows:
    """Every row of every table, but for when a session ended: after a restore all are over."""
    found = {}
    with db.reading() as session:
        for name, table in SQLModel.metadata.tables.items():
            columns = [column for column in table.columns if (name, column.name) != ("sign_in_session", "ended_at")]
            rows = session.connection().execute(table.select().with_only_columns(*columns))
            found[name] = Counter(repr(tuple(row)) for row in rows)
    return found


def environment(settings: Settings) -> dict[str, str]:
    """What an operator has set for the `aspen` command."""
    address = settings.database_url.replace("+psycopg", "")
    own = {"SECRET_KEY": settings.secret_key, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": address,
           "PG_BIN": str(settings.pg_bin or "")}  # fmt: skip
    return {f"ASPEN_{name}": value for name, value in own.items() if value}


def aspen(settings: Settings, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASPEN_")}
    return subprocess.run(  # noqa: S603 -- our own command
        [ASPEN, *words], env=kept | environment(settings), capture_output=True, text=True, timeout=60, check=False
    )


def test_a_backup_taken_at_work_is_served_on_another_machine(database: Path, tmp_path: Path) -> None:
    put_document(b"a diploma")
    fill_calendar()
    here, there = installation.settings(), elsewhere(tmp_path)
    served = {name.removeprefix("ASPEN_"): value for name, value in environment(here).items()}
    with serving(here.data_dir, **served | {"DEMO": "", "DEMO_NOW": ""}), claimer("for ever") as working:
        working.begin()
        acknowledged = working.acknowledged(60)
        taken = aspen(here, "backup", "--to", tmp_path / "copies")
        acknowledged_later = working.acknowledged(20)
        refused = aspen(here, "restore", taken.stdout.strip(), "--replace")
        working.kill()
        working.rest()
    assert (taken.returncode, refused.returncode) == (0, 1)
    assert refused.stderr == "aspen: The app is running on this data: stop it first.\n"
    installation.connect(here)
    source = everything()
    assert sum(source["claim"].values()) >= len(acknowledged | acknowledged_later)

    emptied(there)
    db.disconnect()
    restored = aspen(there, "restore", taken.stdout.strip())
    assert restored.returncode == 0, restored.stderr
    assert "Everybody signs in anew." in restored.stdout
    installation.connect(there)
    found = everything()
    for name in SQLModel.metadata.tables.keys() - {"job", "audit_seal"}:
        assert found[name] <= source[name], name
    number = sum(found["claim"].values())
    assert number >= len(acknowledged)
    assert (sum(found["credit"].values()), sum(found["audit_line"].values())) == (2 * number, number)
    with db.engine().connect() as connection:
        assert schemas.foreign_keys_broken(connection) == 0
    assert audit_chain.verify().problem == ""
    db.disconnect()
    served = {name.removeprefix("ASPEN_"): value for name, value in environment(there).items()}
    with serving(there.data_dir, **served | {"DEMO": "", "DEMO_NOW": ""}) as server:
        assert httpx.get(server.origin).status_code == 200


def test_of_a_quiet_installation_every_row_is_there_again(database: Path, tmp_path: Path) -> None:
    fill()
    make.issued(make.person("Cora Certified"), "staff", begins_on=make.NOON.date())
    audit_chain.seal()
    before = everything()
    file = backup.back_up(installation.settings())
    fill(1)
    settings = elsewhere(tmp_path)
    emptied(settings)
    assert restore.restore(settings, file).problem == ""
    assert everything() == before
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_of_an_earlier_version_is_migrated(
    database: Path, tmp_path: Path, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1)
    file = backup.back_up(installation.settings())
    later('op.create_table("remark", sa.Column("words", sa.String()))')
    monkeypatch.setattr(backup_databases, "tables", lambda: [*sorted(SQLModel.metadata.tables), "remark"])
    with pytest.raises(Refusal, match="run `aspen migrate`"):
        backup.back_up(installation.settings())
    settings = elsewhere(tmp_path)
    emptied(settings)
    restore.restore(settings, file)
    assert migrations.is_current()
    with db.reading() as session:
        assert session.connection().execute(text("SELECT count(*) FROM remark")).scalar_one() == 0
    assert sum(everything()["claim"].values()) == 1


def test_a_chain_that_does_not_end_as_the_backup_says_is_told(database: Path, tmp_path: Path) -> None:
    fill(2)
    audit_chain.seal()
    file = backup.back_up(installation.settings())
    other = rewritten(file, lambda parts: told(parts, head=f"2:{'0' * 64}"))
    settings = elsewhere(tmp_path)
    emptied(settings)
    assert "not that of the anchor" in restore.restore(settings, other).problem
    assert sum(everything()["claim"].values()) == 2
    assert AuditSeal.__tablename__ in backup_files.check(file).rows
