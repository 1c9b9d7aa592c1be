"""Signing in to the demo and out again."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from nicegui.testing import User

from services import db, demo, participations
from tests.pages import hands, records
from tests.pages.records import FIVE

ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/ce",
    "javascript:alert(1)",
    "ce",
    "/ce\r\nset-cookie: a=b",
    "/\t/evil.example",
    " //evil.example",
)
LANDING = {key: "/review" if key == "coordinator" else "/ce" for key in FIVE}


async def press(visitor: User, key: str, target: str = "") -> str:
    """Press one of the five buttons; where it leads."""
    response = await visitor.http_client.post("/login", data={"as": key, "next": target})
    assert response.status_code == 303
    return str(response.headers["location"])


async def test_there_are_five_buttons_each_with_its_person(visitor: User) -> None:
    text = (await visitor.http_client.get("/login")).text
    for label in ("Participant", "Director", "Board chair", "Coordinator", "Administrator"):
        assert f">{label}</button>" in text
    assert "Maria Delgado, Darby Community Public Library" in text


async def test_a_button_signs_in_and_leads_to_where_the_work_is(visitor: User) -> None:
    for key in FIVE:
        assert await press(visitor, key) == LANDING[key]
        await visitor.open(LANDING[key])


async def test_after_signing_in_one_is_where_one_wanted_to_be(visitor: User) -> None:
    signed_out = await visitor.http_client.get("/ce/credits?status=PENDING")
    assert signed_out.headers["location"] == f"/login?next={quote('/ce/credits?status=PENDING', safe='')}"
    form = (await visitor.http_client.get(signed_out.headers["location"])).text
    assert 'name="next" value="/ce/credits?status=PENDING"' in form
    assert await press(visitor, "participant", "/ce/credits?status=PENDING") == "/ce/credits?status=PENDING"


async def test_only_a_path_of_ours_may_follow(visitor: User) -> None:
    for target in ELSEWHERE:
        assert await press(visitor, "participant", target) == "/ce"
        form = (await visitor.http_client.get(f"/login?next={quote(target, safe='')}")).text
        assert 'name="next" value=""' in form, target


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: User) -> None:
    response = await visitor.http_client.post("/login", data={"as": "participant"})
    parts = {part.strip().lower() for part in response.headers["set-cookie"].split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=lax"}


async def test_nobody_else_can_be_signed_in_as(visitor: User) -> None:
    for key in ("", "nobody", "Participant", "participant' OR 1=1 --"):
        response = await visitor.http_client.post("/login", data={"as": key})
        assert (response.status_code, response.headers.get("set-cookie")) == (404, None), key


async def test_signing_in_as_somebody_else_ends_the_session_before(visitor: User) -> None:
    before = demo.sign_in_as("participant")
    visitor.http_client.cookies.set("aspen", before)
    await press(visitor, "director")
    visitor.http_client.cookies.clear()
    visitor.http_client.cookies.set("aspen", before)
    assert (await visitor.http_client.get("/ce")).status_code == 303


async def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("participant")
    kept = visitor.http_client.cookies["aspen"]
    response = await visitor.http_client.post("/logout")
    assert (response.status_code, response.headers["location"]) == (303, "/login")
    visitor.http_client.cookies.clear()
    visitor.http_client.cookies.set("aspen", kept)
    assert (await visitor.http_client.get("/ce")).status_code == 303


async def test_a_made_up_cookie_is_nobodys(visitor: User) -> None:
    visitor.http_client.cookies.set("aspen", "made-up")
    assert (await visitor.http_client.get("/ce")).status_code == 303
    assert (await visitor.http_client.get("/")).status_code == 200


async def test_an_open_page_does_nothing_more_for_who_signed_out_and_leaves(
    visitor: User, sign_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("administrator")
    await visitor.open("/ce")
    went: list[str] = []
    monkeypatch.setattr(visitor.navigate, "to", went.append)
    await visitor.http_client.post("/logout")
    hands.press(visitor, "Add")
    await hands.until(lambda: len(went) == 2)  # the press and the news of the sign-out, each in its own time
    assert sorted(went) == ["/login", "/login?next=%2Fce"]
    with db.reading() as session:
        assert participations.of_person(session, records.actor("administrator").person_id) == []
