"""Signing in with a real provider, in a real installation: the newcomer, the coordinator, and the way out."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.audit import overflow, small_targets, violations
from tests.browser.conftest import CLEANLY, PATIENCE
from tests.browser.server import Server
from tests.browser.windows import Window
from tests.oidc import OpenIDProvider
from tests.oidc.real import real_installation

OpenReal = Callable[..., Window]
PHONE, DESK = (390, 844), (1280, 800)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, OpenIDProvider]]:
    with real_installation(tmp_path_factory.mktemp("real")) as (server, provider):
        yield server, provider
        assert server.end() in CLEANLY
        assert "Traceback" not in server.log, server.log


@pytest.fixture
def window(real: tuple[Server, OpenIDProvider], chromium: Browser) -> Iterator[OpenReal]:
    """Opens windows, each of another browser; requests to the provider are what they are for."""
    opened: list[Window] = []

    def open_window(size: tuple[int, int] = DESK) -> Window:
        context = chromium.new_context(viewport=ViewportSize(width=size[0], height=size[1]), locale="en-US")
        context.set_default_timeout(PATIENCE)
        expected = [f"request to another origin: {real[1].issuer}/"]
        opened.append(Window(context.new_page(), real[0], expected=expected))
        return opened[-1]

    yield open_window
    problems = [problem for one in opened for problem in one.unexpected()]
    for one in opened:
        one.page.context.close()
    assert problems == []


def at_provider(window: Window, name: str) -> None:
    """Presses the person's button there and comes back."""
    window.page.locator(f"button[value={name}]").click()


def sign_in(window: Window, name: str, path: str = "/login") -> None:
    window.open(path)
    window.button("Sign in with Practice").click()
    at_provider(window, name)


def clean(window: Window) -> None:
    window.expected += ["Applying inline style", "Couldn't load preload assets"]  # both are axe at work
    assert (violations(window.page), overflow(window.page), small_targets(window.page)) == ([], [], [])


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_newcomer_signs_in_tells_who_she_is_and_begins(window: OpenReal, size: tuple[int, int]) -> None:
    new = window(size)
    new.open("/ce/credits")
    assert new.page.url.endswith("/login?next=%2Fce%2Fcredits")
    clean(new)
    name = "newcomer" if size == DESK else "unverified"
    new.button("Sign in with Practice").click()
    at_provider(new, name)
    new.arrives("/welcome")
    new.ready()
    clean(new)
    new.open("/user")
    new.arrives("/welcome")
    new.button("Begin").click()
    expect(new.page.get_by_role("alert")).to_contain_text("Choose your library")
    clean(new)
    new.field("Library").select_option(label="My library is not listed")
    expect(new.field("What you are there")).to_be_hidden()
    new.field("Library").select_option(label="Hearst Free Library, Anaconda")
    new.field("What you are there").select_option(label="Staff")
    if name == "unverified":
        new.field("E-mail").fill("ken.impostor@example.org")
    new.button("Begin").click()
    new.arrives("/ce")
    new.link("ASPeN User page").first.click()
    new.arrives("/user")
    expect(new.page.get_by_role("region", name="Personal information")).to_contain_text("Hearst Free Library")


def test_the_coordinator_is_known_by_her_address_and_lands_where_the_work_is(window: OpenReal) -> None:
    joanna = window()
    sign_in(joanna, "joanna")
    joanna.arrives("/review")
    joanna.open("/user")
    expect(joanna.page.locator("#accounts")).to_contain_text("joanna.birdsong@example.org")
    clean(joanna)


def test_a_second_account_is_added_and_she_signs_out_everywhere(window: OpenReal) -> None:
    ruth, elsewhere = window(), window(PHONE)
    sign_in(ruth, "ruth", "/login?next=/user")
    ruth.arrives("/user")
    sign_in(elsewhere, "ruth", "/login?next=/user")
    elsewhere.arrives("/user")
    elsewhere.ready()
    ruth.open("/user")
    expect(ruth.page.locator("#sessions li")).to_have_count(2)
    clean(ruth)
    ruth.page.context.clear_cookies(domain="localhost", name="_session")  # the provider would know her at once
    ruth.button("Add an account at Practice").click()
    at_provider(ruth, "thomas")
    ruth.arrives("/user")
    ruth.ready()
    expect(ruth.page.locator("#accounts li")).to_have_count(2)
    ruth.button("Sign out everywhere").click()
    for window_of_hers in (ruth, elsewhere):
        window_of_hers.page.wait_for_url("**/login*")


def test_whoever_signs_out_at_the_provider_is_signed_out_here(
    window: OpenReal, real: tuple[Server, OpenIDProvider]
) -> None:
    maria = window()
    sign_in(maria, "maria")
    maria.arrives("/ce")
    maria.ready()
    there = maria.page.context.new_page()
    there.goto(f"{real[1].issuer}/session/end")
    there.get_by_role("button", name="Yes, sign me out").click()
    maria.page.wait_for_url("**/login*")


def test_an_answer_that_nobody_here_asked_for_is_told_in_a_sentence(window: OpenReal) -> None:
    stranger = window()
    stranger.expected.append("400")
    stranger.open("/auth/callback?code=abc&state=def")
    expect(stranger.page.get_by_role("heading", name="You are not signed in")).to_be_visible()
    expect(stranger.page.get_by_text("begun in another window")).to_be_visible()
    clean(stranger)
    stranger.page.get_by_role("link", name="Sign in").last.click()
    expect(stranger.button("Sign in with Practice")).to_be_visible()
