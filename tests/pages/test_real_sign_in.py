"""Signing in to a real installation: what the browser is given, and how often one may try."""

import re
from collections.abc import AsyncIterator, Iterator
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from shutil import copy

import httpx
import pytest
from nicegui.testing import User

from models.errors import SignedOut
from pages import _rates as rates
from services import clock, imports, installation, sign_in
from services.demo_calendar import DEMO_FILES
from tests.conftest import SECRET
from tests.make import NOON
from tests.oidc import CLIENT_ID, CLIENT_SECRET, PEOPLE, OpenIDProvider, providing

APP = "http://localhost:8079"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDProvider]:
    with providing(APP, PEOPLE) as running:
        yield running


@pytest.fixture
def _real(template: Path, tmp_path: Path, provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Montana's libraries and people, and one provider that signs them in."""
    copy(template, tmp_path / "aspen.sqlite3")
    settings = {
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": SECRET,
        "BASE_URL": APP,
        "OIDC_NAME": "Practice",
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"ASPEN_{name}", value)
    rates.forget()
    yield
    installation.close()
    clock.fix(None)


@pytest.fixture
async def visitor(_real: None, user: User) -> AsyncIterator[User]:
    imports.import_libraries(DEMO_FILES / "libraries.csv")
    imports.import_people(DEMO_FILES / "people.csv")
    clock.fix(NOON)
    yield user


async def begin(visitor: User, **form: str) -> str:
    """Press the provider's button; the address to which it leads."""
    answer = await visitor.http_client.post("/login", data={"provider": "practice", **form})
    assert answer.status_code == 200
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)
    assert found
    return unescape(found[1])


async def arrive(visitor: User, provider: OpenIDProvider, name: str, **form: str) -> httpx.Response:
    query = provider.sign_in(await begin(visitor, **form), name)
    return await visitor.http_client.get("/auth/callback", params=query)


async def test_a_known_person_lands_where_she_wanted_to_be(visitor: User, provider: OpenIDProvider) -> None:
    answer = await arrive(visitor, provider, "maria", next="/ce/credits?status=PENDING")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ce/credits?status=PENDING")
    assert (await visitor.http_client.get("/ce/credits")).status_code == 200


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/ce", "/\\evil.example", "javascript:alert(1)"]
)
async def test_nobody_is_led_elsewhere(visitor: User, provider: OpenIDProvider, target: str) -> None:
    assert (await arrive(visitor, provider, "maria", next=target)).headers["location"] == "/ce"


async def test_the_session_is_a_new_one_and_the_one_before_is_over(visitor: User, provider: OpenIDProvider) -> None:
    """Whoever planted a cookie in this browser holds nothing when its owner has signed in."""
    await arrive(visitor, provider, "ken")
    planted = visitor.http_client.cookies["aspen"]
    await arrive(visitor, provider, "maria")
    assert visitor.http_client.cookies["aspen"] != planted
    with pytest.raises(SignedOut):
        sign_in.who(planted)


async def test_a_cookie_that_was_bent_is_nobody(visitor: User, provider: OpenIDProvider) -> None:
    await arrive(visitor, provider, "maria")
    token = visitor.http_client.cookies["aspen"]
    for bent in (token[:-1], token + "A", token.swapcase(), ""):
        visitor.http_client.cookies.clear()
        visitor.http_client.cookies.set("aspen", bent)
        assert (await visitor.http_client.get("/ce")).headers["location"].startswith("/login")


@pytest.mark.parametrize("https", [False, True])
async def test_the_cookie_of_a_sign_in_on_its_way_is_out_of_reach(
    visitor: User, monkeypatch: pytest.MonkeyPatch, https: bool
) -> None:
    if https:
        secure = installation.settings().model_copy(update={"base_url": "https://ce.example.gov"})
        monkeypatch.setattr(installation, "_settings", secure)
    fresh = await visitor.http_client.post("/login", data={"provider": "practice"})
    given = [SimpleCookie(header) for header in fresh.headers.get_list("set-cookie")]
    name = "__Host-aspen-sign-in" if https else "aspen-sign-in"
    (cookie,) = [one[name] for one in given if name in one]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "lax", "/", "")
    assert bool(cookie["secure"]) is https
    assert fresh.headers.get("strict-transport-security") == ("max-age=31536000" if https else None)


async def test_the_five_buttons_of_the_demo_are_not_there(visitor: User) -> None:
    assert (await visitor.http_client.post("/login", data={"as": "coordinator"})).status_code == 404
    assert "Coordinator" not in (await visitor.http_client.get("/login")).text


async def test_a_newcomer_sees_no_page_before_she_has_told_who_she_is(visitor: User, provider: OpenIDProvider) -> None:
    answer = await arrive(visitor, provider, "newcomer")
    for path in (answer.headers["location"], "/ce", "/user", "/ce/credits", "/ce/credits.xlsx"):
        assert (await visitor.http_client.get(path)).headers["location"] == "/welcome"
    for path in ("/welcome", "/events", "/help", "/"):
        assert (await visitor.http_client.get(path)).status_code == 200


async def test_within_the_shell_a_newcomer_is_led_to_the_welcome_too(visitor: User, provider: OpenIDProvider) -> None:
    await arrive(visitor, provider, "newcomer")
    await visitor.open("/events")
    visitor.navigate.to("/ce")
    await visitor.should_see("Welcome to ASPeN Continuing Education", retries=50)


async def test_who_signs_out_is_told_that_the_provider_may_still_know_her(
    visitor: User, provider: OpenIDProvider
) -> None:
    await arrive(visitor, provider, "maria")
    answer = await visitor.http_client.post("/logout", headers={"content-length": "0"})
    page = (await visitor.http_client.get(answer.headers["location"])).text
    assert "You are signed out here." in page
    assert f'href="{provider.issuer}/session/end?client_id=aspen' in page


async def test_an_answer_out_of_nowhere_signs_nobody_in(visitor: User) -> None:
    for query in ("", "?code=a&state=b", "?error=access_denied", "?state=%C3%A9", "?state=a&state=b"):
        answer = await visitor.http_client.get(f"/auth/callback{query}")
        assert (answer.status_code, "You are not signed in" in answer.text) == (400, True)
        assert "aspen=" not in str(answer.headers.get_list("set-cookie")).replace("aspen-sign-in=", "")


async def test_a_logout_token_of_nobody_is_refused_by_the_book(visitor: User) -> None:
    answer = await visitor.http_client.post("/auth/logout", data={"logout_token": "a.b.c"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.headers["cache-control"] == "no-store"


async def test_after_sixty_tries_a_minute_an_address_waits(visitor: User) -> None:
    codes = [(await visitor.http_client.get("/auth/callback")).status_code for _ in range(61)]
    assert (codes[:60], codes[60]) == ([400] * 60, 429)
    answer = await visitor.http_client.get("/auth/callback")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert f"Try again in {answer.headers['retry-after']} seconds." in answer.text


async def test_a_session_is_given_so_many_pages_and_no_more(
    visitor: User, provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrive(visitor, provider, "maria")
    monkeypatch.setattr(rates, "PAGES", rates.Limiter(3))
    assert [(await visitor.http_client.get("/ce")).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert (await visitor.http_client.get("/help")).status_code == 200
    await arrive(visitor, provider, "ken")
    assert (await visitor.http_client.get("/ce")).status_code == 200


async def test_strangers_behind_one_address_share_what_it_is_given(
    visitor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "PAGES_OF_STRANGERS", rates.Limiter(2))
    assert [(await visitor.http_client.get("/events")).status_code for _ in range(3)] == [200, 200, 429]


async def test_forms_have_a_limit_of_their_own(visitor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "FORMS", rates.Limiter(2))
    empty = {"content-length": "0"}
    codes = [(await visitor.http_client.post("/user/email/none", headers=empty)).status_code for _ in range(3)]
    assert codes == [404, 404, 429]
