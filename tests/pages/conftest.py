"""NiceGUI's simulation, made ready for one more start of the app."""

import pytest
from nicegui import app
from starlette.routing import Mount


@pytest.fixture(autouse=True)
def _no_mount_of_an_earlier_start() -> None:
    """NiceGUI's reset forgets routes but no mounts, and an old /static would hide the style sheet's own route."""
    app.routes[:] = [route for route in app.routes if not (isinstance(route, Mount) and route.path == "/static")]
