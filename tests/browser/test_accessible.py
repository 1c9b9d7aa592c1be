"""Every screen and state of tests/screenshots by axe, and its width and targets at three sizes."""

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.audit import overflow, small_targets, violations
from tests.browser.server import Server
from tests.browser.windows import Window
from tests.screenshots.shots import SHOTS
from tests.screenshots.studio import Shot, Size, Studio

PHONE, *LARGER = (390, 844), (768, 1024), (1280, 800)
PEOPLE = ("participant", "director", "board_chair", "coordinator", "administrator")
EVERYBODY = ("/", "/ce", "/ce/credits", "/ce/events/new", "/user", "/events")


@pytest.fixture(scope="module")
def studio(server: Server, chromium: Browser) -> Studio:
    return Studio(server, chromium)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_screen_can_be_read_and_pressed_by_everybody(studio: Studio, shot: Shot) -> None:
    window = staged(studio, shot, PHONE)
    assert [problem for problem in window.unexpected() if "status of 404" not in problem] == []
    assert violations(window.page) == []
    assert too_wide_or_small(window) == []
    for size in LARGER:
        if shot.overlay:
            window.page.context.close()
            window = staged(studio, shot, size)
        window.page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
        assert too_wide_or_small(window) == []
    window.page.context.close()


@pytest.mark.parametrize("who", PEOPLE)
def test_the_pages_of_each_of_the_five_have_nothing_that_axe_minds(studio: Studio, who: str) -> None:
    window = studio.open(who, PHONE)
    for path in EVERYBODY:
        window.open(path)
        assert violations(window.page) == [], path
    window.page.context.close()


def staged(studio: Studio, shot: Shot, size: Size) -> Window:
    """The screen in its state, in a window of that size."""
    window = studio.open(shot.who, size)
    window.open(shot.path.format(**studio.numbers))
    shot.prepare(window, studio)
    return window


def too_wide_or_small(window: Window) -> list[str]:
    return overflow(window.page) + small_targets(window.page)
