"""Is this installation ready?"""

import pytest
from nicegui.testing import User

from services import demo, migrations


async def test_a_seeded_demo_is_ready(visitor: User) -> None:
    response = await visitor.http_client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ready\n")


async def test_without_its_tables_or_its_people_it_is_not(visitor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((migrations, "is_current"), (demo, "is_seeded")):
        with monkeypatch.context() as changed:
            changed.setattr(module, name, lambda: False)
            assert (await visitor.http_client.get("/healthz")).status_code == 503
