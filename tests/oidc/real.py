"""A real installation, without the demo: Montana's libraries, two known people, and a provider that signs them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services import imports, installation, roles
from services.demo_calendar import DEMO_FILES
from services.settings import Settings
from tests.browser.server import Server, free_port, serving
from tests.oidc import CLIENT_ID, CLIENT_SECRET, PEOPLE, OpenIDProvider, providing

SECRET = "a secret of at least thirty-two characters"


@contextmanager
def real_installation(folder: Path) -> Iterator[tuple[Server, OpenIDProvider]]:
    """Joanna Birdsong is coordinator and Ken Sorensen administrator; nobody has signed in yet."""
    installation.open_with(Settings(data_dir=folder, secret_key=SECRET))
    imports.import_libraries(DEMO_FILES / "libraries.csv")
    imports.import_people(DEMO_FILES / "people.csv")
    roles.grant("coordinator", "joanna.birdsong@example.org")
    roles.grant("administrator", "ken.sorensen@example.org")
    installation.close()
    people = folder / "provider.json"
    people.write_bytes(PEOPLE.read_bytes())
    port = free_port()
    with providing(f"http://localhost:{port}", people) as provider:
        settings = {
            "OIDC_NAME": "Practice",
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }
        with serving(folder, port=port, DEMO="", DEMO_NOW="", SECRET_KEY=SECRET, **settings) as server:
            yield server, provider
