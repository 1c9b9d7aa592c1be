"""The served app for tests of its guards, with an upload on the user page; `unguarded` takes the guards away.

Without them every attack must succeed: only then does its failing with them say anything.
"""

import runpy
import sys
from typing import Any

from nicegui import ui

import pages
from models.sessions import SignInSession
from pages import user
from pages._guard import Guard
from pages._sockets import bind
from pages._visit import Outcome, Visit

draw_sessions = user.draw_sessions


async def with_upload(visit: Visit) -> None:
    await draw_sessions(visit)
    ui.upload(max_file_size=1_000_000, on_upload=lambda _: None)


async def trusting(self: Visit, service: Any, *args: Any, **kwargs: Any) -> Outcome[Any]:
    """As handlers are usually written: the person is who she was when the page was built."""
    return Outcome(value=service(self.opened_by, *args, **kwargs), done=True)


def take_the_guards_away() -> None:
    pages.sockets.bind = lambda _settings: None  # type: ignore[attr-defined]
    Guard._refuse_other_session = Guard._refuse_foreign = lambda *_: None  # type: ignore[assignment, method-assign]
    SignInSession.is_valid = lambda *_: True  # type: ignore[method-assign]
    Visit.act = trusting  # type: ignore[method-assign]


if __name__ == "__main__":
    assert bind is pages.sockets.bind  # type: ignore[attr-defined]
    user.draw_sessions = with_upload
    if "unguarded" in sys.argv[1:]:
        take_the_guards_away()
    sys.argv[1:] = []
    runpy.run_module("main", run_name="__main__")
