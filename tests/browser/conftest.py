"""Chromium beside a served demo: `server`, `chromium` and `window`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from tests.browser.server import Server, serving
from tests.browser.windows import Window
from tests.services.postman import Postman, at_work

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET = (768, 1024)
PATIENCE = 10_000
CLEANLY = {0, -15}
"""Ended by itself, or by the signal after it had closed everything."""

OpenWindow = Callable[..., Window]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo as it is after the first start; it must end cleanly within five seconds and without a fault."""
    with serving(tmp_path_factory.mktemp("served"), filled_from=demo_template) as served:
        yield served
        assert served.end() in CLEANLY
        assert "Traceback" not in served.log, served.log


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, server: Server) -> Iterator[OpenWindow]:
    """Opens a window of one of the five (`participant`, …), of a token's person, or of nobody.

    At the end no window may have seen a console error, a page error or a request to another origin.
    """
    opened: list[Window] = []

    def open_window(who: str = "", *, token: str = "", size: tuple[int, int] = TABLET) -> Window:
        context = chromium.new_context(viewport=ViewportSize(width=size[0], height=size[1]), locale="en-US")
        context.set_default_timeout(PATIENCE)
        if who:
            context.request.post(f"{server.origin}/login", form={"as": who}).dispose()
        if token:
            context.add_cookies([{"name": "aspen", "value": token, "url": server.origin}])
        opened.append(Window(context.new_page(), server))
        return opened[-1]

    yield open_window
    problems = [problem for one in opened for problem in one.unexpected()]
    for one in opened:
        one.page.context.close()
    assert problems == []


@pytest.fixture(scope="module")
def postman() -> Iterator[Postman]:
    """A mail server, for letters of the served app."""
    with at_work(Postman()) as postman:
        yield postman
