"""NiceGUI's socket, events and uploads under attack: each attack succeeds without the guards and fails with them."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from socketio.exceptions import ConnectionError as Refused
from socketio.exceptions import TimeoutError as NoAnswer

from services import sign_in
from tests.browser.server import Server, beside, serving
from tests.pages.attacker import Page, open_page, press, shake_hands, socket

EVIL = "https://evil.example"
TOO_MUCH = 60 * 1024 * 1024
ATTACKED = (sys.executable, "-m", "tests.pages.attacked")


@pytest.fixture(scope="module", params=["unguarded", "guarded"])
def server(
    request: pytest.FixtureRequest, demo_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp(request.param)
    with serving(folder, filled_from=demo_template, command=(*ATTACKED, request.param)) as served:
        yield served


@pytest.fixture
def guarded(request: pytest.FixtureRequest) -> bool:
    return "unguarded" not in request.node.callspec.id


@pytest.fixture
def page(server: Server) -> Page:
    """Ruth's page; Maria is the attacker."""
    return open_page(server, "director")


@pytest.fixture
def maria(server: Server) -> str:
    return open_page(server, "participant").token


async def can_press(page: Page, token: str | None, *, own_first: bool, named: str = "", **headers: str) -> bool:
    """Whether somebody with these cookies presses Ruth's button, before or after Ruth's own browser is there."""
    try:
        async with socket(page, token, named=named, **headers) as attacker:
            if own_first:
                async with socket(page, page.token) as own:
                    assert await shake_hands(own, page)
                    await press(attacker, page)
            else:
                await shake_hands(attacker, page)
                await press(attacker, page)
    except (Refused, NoAnswer):
        pass
    return page.was_pressed()


async def test_her_own_browser_presses_the_button(page: Page) -> None:
    assert await can_press(page, page.token, own_first=False, named=page.client_id)


async def test_anothers_socket_names_her_page(page: Page, maria: str, guarded: bool) -> None:
    assert await can_press(page, maria, own_first=True) is not guarded


async def test_a_socket_without_cookie_names_her_page(page: Page, guarded: bool) -> None:
    assert await can_press(page, None, own_first=True) is not guarded


@pytest.mark.parametrize("named", [True, False])
async def test_another_takes_her_page_before_she_does(page: Page, maria: str, guarded: bool, named: bool) -> None:
    name = page.client_id if named else ""
    assert await can_press(page, maria, own_first=False, named=name) is not guarded


async def test_somebody_without_cookie_takes_her_page_before_she_does(page: Page, guarded: bool) -> None:
    assert await can_press(page, None, own_first=False) is not guarded


async def test_a_page_of_another_site_opens_the_socket_with_her_cookie(page: Page, guarded: bool) -> None:
    assert await can_press(page, page.token, own_first=False, Origin=EVIL) is not guarded


async def test_the_button_of_a_page_whose_session_is_over(page: Page, server: Server, guarded: bool) -> None:
    """She signed out in another tab: who acts is asked at the click, not when the page was built."""
    with beside(server):
        actor = sign_in.who(page.token)
        left = sign_in.begin(actor.person_id)
    async with socket(page, page.token, named=page.client_id) as own:
        assert await shake_hands(own, page)
        with beside(server):
            sign_in.end(page.token)
        await press(own, page)
    assert replace(page, token=left).was_pressed() is not guarded


def test_a_cookie_that_was_copied_before_she_signed_out(page: Page, server: Server, guarded: bool) -> None:
    httpx.post(f"{server.origin}/logout", cookies={"aspen": page.token}, headers={"content-length": "0"})
    answer = httpx.get(f"{server.origin}/ce", cookies={"aspen": page.token})
    assert (answer.status_code == 200) is not guarded


@pytest.mark.parametrize("path", ["/_nicegui_ws/socket.io/?EIO=4&transport=polling"])
def test_another_site_polls_in_place_of_the_socket(server: Server, guarded: bool, path: str) -> None:
    answer = httpx.get(server.origin + path, headers={"origin": EVIL})
    let_in = answer.status_code == 200 and answer.headers.get("access-control-allow-origin") == EVIL
    assert let_in is not guarded


@pytest.mark.parametrize("whose", ["nobody", "maria"])
def test_a_file_is_put_into_her_page(page: Page, server: Server, maria: str, guarded: bool, whose: str) -> None:
    cookies = {"aspen": maria} if whose == "maria" else {}
    answer = httpx.post(server.origin + page.upload, cookies=cookies, files={"file": ("a.txt", b"a")})
    assert (answer.status_code == 200) is not guarded


def test_a_file_far_over_the_limit(page: Page, server: Server, guarded: bool) -> None:
    """The limit that NiceGUI's upload is given holds in the browser only."""
    answer = httpx.post(server.origin + page.upload, cookies={"aspen": page.token}, content=b"0" * TOO_MUCH,
                        headers={"content-type": "multipart/form-data; boundary=x"}, timeout=60)  # fmt: skip
    assert (answer.status_code == 413) is guarded
    if guarded:
        small = httpx.post(server.origin + page.upload, cookies={"aspen": page.token}, files={"file": ("a.txt", b"a")})
        assert small.status_code == 200
