"""States of the office's pages: people, merging, libraries, audit."""

from playwright.sync_api import expect

from tests.browser.windows import Window
from tests.screenshots.states import Prepare
from tests.screenshots.studio import Studio


def add_an_empty_position(window: Window, _studio: Studio) -> None:
    window.button("Add a position").click()
    window.button("Save position").click()
    expect(window.page.get_by_text("Choose a library.").last).to_be_visible()


def compare_with(name: str) -> Prepare:
    """Finds another record and asks what merging it would do."""

    def prepare(window: Window, _studio: Studio) -> None:
        window.field("Find").fill(name)
        window.page.get_by_role("button", name=f"Compare: {name}").click()
        expect(window.page.get_by_role("heading", name=f"What happens to the record of {name}")).to_be_visible()

    return prepare


def ask_to_merge(window: Window, studio: Studio) -> None:
    compare_with("Lorraine Bauer")(window, studio)
    window.button("Merge").click()
    expect(window.page.get_by_role("dialog")).to_be_visible()


def find_no_line(window: Window, _studio: Studio) -> None:
    window.field("Find").fill("zeppelin")
    window.button("Search").click()
    expect(window.page.get_by_text("No line fits.")).to_be_visible()
