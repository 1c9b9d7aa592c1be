"""A migrated database for each test (copied, not built), the demo likewise, and the clock."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings
from nicegui.testing import User

from services import clock, demo, installation, migrations, programs
from services.settings import Settings
from tests.make import NOON

SECRET = "a secret of at least thirty-two characters"

settings.register_profile("busy", deadline=None)  # the machine may be busy with other tests
settings.load_profile("busy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chromium last: its driver keeps an event loop in the main thread, which asynchronous tests cannot share."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Montana's program and nobody in it."""
    folder = tmp_path_factory.mktemp("template")
    installation.connect(Settings(data_dir=folder, secret_key=SECRET))
    migrations.migrate(installation.settings())
    programs.import_program("montana")
    installation.close()
    return folder / "aspen.sqlite3"


@pytest.fixture
def database(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[Path]:
    """An installation of its own for one test; the clock stands at noon of 23 November 2026 in Denver.

    Tests of services run on PostgreSQL too, unless they are marked `sqlite` or ASPEN_TEST_POSTGRESQL is 0.
    """
    path = tmp_path / "aspen.sqlite3"
    if getattr(request, "param", "sqlite") == "postgresql":
        new_database: Callable[[], str] = request.getfixturevalue("postgresql")
        settings = Settings(data_dir=tmp_path, secret_key=SECRET, database_url=new_database())
    else:
        shutil.copy(template, path)
        settings = Settings(data_dir=tmp_path, secret_key=SECRET)
    installation.connect(settings)
    clock.fix(NOON)
    yield path
    installation.close()
    clock.fix(None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes databases on a PostgreSQL server of this run, each a copy of a migrated template."""
    from tests.postgresql import PostgreSQL  # noqa: PLC0415 -- its import starts nothing, but takes its time

    server = PostgreSQL(Path(tempfile.mkdtemp(prefix="aspen-pg-")))
    installation.connect(Settings(secret_key=SECRET, database_url=server.address(server.template)))
    migrations.migrate(installation.settings())
    programs.import_program("montana")
    installation.close()
    yield server.new_database
    server.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    asked = os.environ.get("ASPEN_TEST_POSTGRESQL") != "0"
    on_both = (
        asked and "services" in metafunc.definition.path.parts and not metafunc.definition.get_closest_marker("sqlite")
    )
    if "database" in metafunc.fixturenames and on_both:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database as it is after the first start."""
    folder = tmp_path_factory.mktemp("demo")
    installation.open_with(Settings(data_dir=folder, demo=True, demo_now=NOON))
    installation.close()
    clock.fix(None)
    return folder / "demo.sqlite3"


@pytest.fixture
def demo_database(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demo, ready to be served by main.py."""
    shutil.copy(demo_template, tmp_path / "demo.sqlite3")
    shutil.copytree(demo_template.parent / "documents", tmp_path / "documents")
    monkeypatch.setenv("ASPEN_DEMO", "1")
    monkeypatch.setenv("ASPEN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ASPEN_DEMO_NOW", NOON.isoformat())
    yield tmp_path / "demo.sqlite3"
    installation.close()
    clock.fix(None)


@pytest.fixture
async def visitor(demo_database: Path, user: User) -> AsyncIterator[User]:
    """NiceGUI's simulated browser on the demo; nobody is signed in."""
    yield user


@pytest.fixture
def sign_in(visitor: User) -> Callable[[str], None]:
    """Signs the visitor in as one of the five demo people."""

    def as_person(key: str) -> None:
        visitor.http_client.cookies.set("aspen", demo.sign_in_as(key))

    return as_person


@pytest.fixture
def set_clock() -> Callable[[datetime], None]:
    return clock.fix
