"""Sign-in sessions: begun, looked up at every deed, ended everywhere at once."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditLine
from models.errors import SignedOut
from models.people import Person, Role, RoleGrant
from models.sessions import SignInSession
from services import clock, db, live, sign_in
from services.access import Actor
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_a_token_names_its_person_with_the_roles_of_now() -> None:
    cem = make.person("Cem Coole", roles=(Role.COORDINATOR, Role.ADMINISTRATOR))
    found = sign_in.who(make.token_for(cem))
    assert (found.person_id, found.first_name, found.name) == (cem.person_id, "Cem", "Cem Coole")
    assert found.roles == {"coordinator", "administrator"}
    assert found.is_coordinator


@pytest.mark.sqlite
def test_the_database_holds_the_hash_of_the_token_and_never_the_token(database: Path) -> None:
    token = make.token_for(make.person())
    files = b"".join(path.read_bytes() for path in database.parent.glob("aspen.sqlite3*"))
    assert token.encode() not in files
    assert sign_in.hashed(token).encode() in files


def test_every_session_has_a_token_of_its_own() -> None:
    ann = make.person()
    tokens = {make.token_for(ann) for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= 43


@pytest.mark.parametrize("token", [None, "", "made up", "x" * 5000, "' OR 1=1 --"])
def test_without_a_token_that_was_given_out_nobody_is_signed_in(token: str | None) -> None:
    make.token_for(make.person())
    with pytest.raises(SignedOut):
        sign_in.who(token)


def test_the_hash_in_the_database_is_no_token() -> None:
    token = make.token_for(make.person())
    with pytest.raises(SignedOut):
        sign_in.who(sign_in.hashed(token))


def test_a_session_ends_after_eight_idle_hours_and_a_visit_prolongs_it() -> None:
    token = make.token_for(make.person())
    make.later(hours=7, minutes=59)
    assert sign_in.who(token)
    make.later(hours=7, minutes=59)
    assert sign_in.who(token)
    make.later(hours=8)
    with pytest.raises(SignedOut):
        sign_in.who(token)


def test_a_session_ends_after_seven_days_however_busy() -> None:
    ann = make.person()
    token = make.token_for(ann)
    for _ in range(7 * 24 - 1):
        make.later(hours=1)
        assert sign_in.who(token).person_id == ann.person_id
    make.later(hours=1)
    with pytest.raises(SignedOut):
        sign_in.who(token)


def test_a_look_writes_to_the_database_only_now_and_then() -> None:
    token = make.token_for(make.person())

    def seen() -> timedelta:
        with db.reading() as session:
            return session.get_one(SignInSession, sign_in.hashed(token)).seen_at - make.NOON

    make.later(minutes=4)
    sign_in.who(token)
    assert seen() == timedelta(0)
    make.later(minutes=2)
    sign_in.who(token)
    assert seen() == timedelta(minutes=6)


def test_signing_out_ends_this_session_and_no_other() -> None:
    ann = make.person()
    token, elsewhere = make.token_for(ann), make.token_for(ann)
    sign_in.end(token)
    with pytest.raises(SignedOut):
        sign_in.who(token)
    assert sign_in.who(elsewhere).person_id == ann.person_id


def test_signing_out_twice_or_with_a_strange_token_changes_nothing() -> None:
    token = make.token_for(make.person())
    sign_in.end(token)
    sign_in.end(token)
    sign_in.end("made up")
    with db.reading() as session:
        assert [line.action for line in session.exec(select(AuditLine))] == ["session:begun", "session:ended"]


async def test_the_end_of_a_session_is_announced_to_its_open_tabs() -> None:
    ann = make.person()
    token, elsewhere = make.token_for(ann), make.token_for(ann)
    heard = asyncio.Queue[str]()
    stops = [
        live.session_ended.subscribe(lambda: heard.put_nowait("this one"), key=sign_in.hashed(token)),
        live.session_ended.subscribe(lambda: heard.put_nowait("the other"), key=sign_in.hashed(elsewhere)),
    ]
    await asyncio.to_thread(sign_in.end, token)
    assert await asyncio.wait_for(heard.get(), 5) == "this one"
    assert heard.empty()
    for stop in stops:
        stop()


def test_a_deactivated_person_is_signed_out_at_once() -> None:
    ann = make.person()
    token = make.token_for(ann)
    with db.writing() as session:
        session.get_one(Person, ann.person_id).deactivated_at = clock.now()
    with pytest.raises(SignedOut):
        sign_in.who(token)


def test_a_removed_role_is_gone_at_the_next_deed() -> None:
    cem = make.coordinator()
    token = make.token_for(cem)

    def now() -> Actor:
        return sign_in.who(token)

    assert now().is_coordinator
    with db.writing() as session:
        session.delete(session.exec(select(RoleGrant).where(RoleGrant.person_id == cem.person_id)).one())
    assert not now().is_coordinator
