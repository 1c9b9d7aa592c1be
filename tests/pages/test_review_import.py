"""Import of events: the file's changes are shown, then made."""

from collections.abc import Callable

from nicegui.testing import User

from models.events import Event
from tests import certified
from tests.pages.hands import SOON, press
from tests.services.test_event_imports import CSV
from ui.text_file import TextFileField

SignIn = Callable[[str], None]


async def test_looked_at_and_imported(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/events/import")
    visitor.find(TextFileField).trigger("read", {"name": "bad.csv", "text": "nonsense"})
    await visitor.should_see("bad.csv, line 1: the column title is missing.", retries=SOON)
    visitor.find(TextFileField).trigger("read", {"name": "events.csv", "text": CSV})
    await visitor.should_see("2 new.", retries=SOON)
    assert "Weeding" not in {one.title for one in certified.rows(Event) if str(one.state) == "DRAFT"}
    press(visitor, "Import")
    await visitor.should_see("See the drafts", retries=SOON)
    assert "Weeding" in {one.title for one in certified.rows(Event) if str(one.state) == "DRAFT"}
