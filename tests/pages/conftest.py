"""NiceGUI's simulation, made ready for one more start of the app, and what its toast says."""

import pytest
from nicegui import app
from starlette.routing import Mount

from pages.verify import LIMITER
from services import certificate_files
from ui.toast import Toast

PAPER = b"%PDF-1.7 as drawn"


@pytest.fixture(autouse=True)
def _no_mount_of_an_earlier_start() -> None:
    """NiceGUI's reset forgets routes but no mounts, and an old /static would hide the style sheet's own route."""
    app.routes[:] = [route for route in app.routes if not (isinstance(route, Mount) and route.path == "/static")]


@pytest.fixture(autouse=True)
def _no_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing a certificate takes a process of its own and a second; tests of pages need none."""
    monkeypatch.setattr(certificate_files, "press", lambda _document: PAPER)


@pytest.fixture(autouse=True)
def _nobody_checked_yet() -> None:
    LIMITER.forget()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the toast says; the browser alone could show it."""
    heard: list[str] = []
    say = Toast.say

    def hear(self: Toast, text: str, **more: object) -> None:
        heard.append(text)
        say(self, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Toast, "say", hear)
    return heard
