"""A journey of several people through the demo, and what the log holds of it: deeds, and nobody's name."""

import json
import logging
import re
from collections.abc import Callable
from functools import wraps

import pytest
from nicegui import Client
from nicegui.testing import User
from sqlmodel import select

from models.errors import NotAllowed
from models.libraries import Library
from models.people import Person
from services import db, log, profile
from tests import make
from tests.handed_in import picture
from tests.pages import records
from tests.pages.hands import SOON, fill, press, until
from ui.queue_list import QueueList

SignIn = Callable[[str], None]
TITLE, NEW_EMAIL = "Weeding without Tears", "maria.new@darby.example.org"


async def test_a_whole_journey_is_told_in_deeds_and_tells_of_nobody(
    visitor: User, sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    usual, root = Usual(), logging.getLogger()
    before = list(root.handlers)
    log.set_up("json")
    root.addHandler(usual)
    secrets: set[str] = set()
    try:
        await claims_and_changes(visitor, sign_in, secrets)
        await approves(visitor, sign_in, secrets)
    finally:
        root.handlers[:] = before
    said = capsys.readouterr().err
    told = [json.loads(line) for line in said.splitlines()]
    deeds = [one["event"] for one in told if "subject" in one]
    for deed in ("session:begun", "claim:saved", "person:email_asked", "document:kept", "claim:approved"):
        assert deed in deeds, deeds
    saved = next(one for one in told if one["event"] == "claim:saved")
    assert (saved["route"], saved["level"]) == ("/ce/claim/{event_id}", "INFO")
    assert re.fullmatch(r"[0-9A-F]{8}", saved["reference"])
    assert saved["actor"] == records.actor("participant").person_id
    assert 0 < saved["ms"] < 10_000
    assert found(said, secrets | of_people()) == []
    assert set(found("\n".join(usual.said), secrets)) >= {NEW_EMAIL, *Client.instances}, "the same log as it usually is"


async def test_what_is_refused_is_told(
    visitor: User,
    sign_in: SignIn,
    said: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    log.set_up("json")
    sign_in("participant")
    for path in ("/review", f"/ce/credits/{records.claim_of('director')}", "/nowhere", "/ce"):
        await visitor.http_client.get(path)
    await visitor.http_client.post("/login", headers={"origin": "https://evil.example"})
    monkeypatch.setattr(profile, "change", refusing(profile.change))
    await visitor.open("/user")
    press(visitor, "Save")
    await until(lambda: said == ["Not today."])
    root.handlers[:] = before
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    refused = [(one["why"], one["route"], one.get("actor")) for one in told if one["event"] == "refused"]
    maria = records.actor("participant").person_id
    assert refused == [
        ("404", "/review", maria), ("404", "/ce/credits/{claim_id}", maria), ("403", "/login", None),
        ("NotAllowed", "/user", maria),
    ]  # fmt: skip


async def claims_and_changes(visitor: User, sign_in: SignIn, secrets: set[str]) -> None:
    event_id = make.event(TITLE)
    sign_in("participant")
    secrets.add(visitor.http_client.cookies["aspen"])
    await visitor.open(f"/ce/claim/{event_id}")
    press(visitor, "SAVE")
    await visitor.should_see(f"Saved: “{TITLE}”", retries=SOON)
    await visitor.open("/user")
    fill(visitor, email=NEW_EMAIL, phone="406 555 0177")
    secrets |= {NEW_EMAIL, "406 555 0177"}
    press(visitor, "Save")
    await until(lambda: profile.pending_email(records.actor("participant")))
    secrets.add(profile.demo_link(records.actor("participant")).rpartition("/")[2])
    await visitor.http_client.post(
        "/documents?why=because", data={"purpose": "diploma"}, files={"file": ("Marias diploma.jpg", picture())}
    )
    secrets |= {"Marias diploma", "why=because"}


async def approves(visitor: User, sign_in: SignIn, secrets: set[str]) -> None:
    sign_in("coordinator")
    secrets.add(visitor.http_client.cookies["aspen"])
    await visitor.open("/review")
    claim_id = records.claim_of("participant")
    visitor.find(QueueList).trigger("approve", claim_id)
    await until(lambda: make.status_of(claim_id) == "APPROVED")
    secrets |= set(Client.instances)
    logging.getLogger("somebody.else").warning("%s in the windows %s", NEW_EMAIL, " ".join(Client.instances))


def refusing(deed: Callable[..., object]) -> Callable[..., object]:
    """In the place of this deed one that is not allowed."""

    @wraps(deed)
    def refuse(*_: object) -> None:
        raise NotAllowed("Not today.")

    return refuse


def of_people() -> set[str]:
    """Every name, address and number that the database has of people, and their libraries."""
    with db.reading() as session:
        people = session.exec(select(Person)).all()
        libraries = session.exec(select(Library.name)).all()
    names = {name for one in people for name in (one.last_name, one.name, one.email or "", one.phone)}
    return {name for name in (*names, *libraries) if len(name) > 2}


def found(said: str, secrets: set[str]) -> list[str]:
    return [secret for secret in secrets if secret in said]


class Usual(logging.Handler):
    """The log in its usual words."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
