"""States of the screens on which papers are handed in and looked at: diplomas, transcripts, evidence."""

from playwright.sync_api import expect

from tests.browser.windows import Window
from tests.screenshots.states import Prepare
from tests.screenshots.studio import Studio


def hand_in_no_evidence(window: Window, _studio: Studio) -> None:
    window.button("Hand in").click()
    expect(window.page.get_by_text("Choose the file: a certificate").last).to_be_visible()


def draw_nothing(window: Window, _studio: Studio) -> None:
    window.field("How many credits").fill("0")
    window.button("Draw").click()
    expect(window.page.get_by_text("Enter how many credits to draw").last).to_be_visible()


def draw_again(window: Window, _studio: Studio) -> None:
    window.button("Draw again to check").click()
    expect(window.page.get_by_text("The credits have changed since")).to_be_visible()


def hand_in_no_degree(window: Window, _studio: Studio) -> None:
    window.button("Hand in").click()
    expect(window.page.get_by_text("Choose the file with your diploma.").last).to_be_visible()


def choose_what_it_was(kind: str, label: str) -> Prepare:
    """A course or a workshop, whose credits are computed."""

    def prepare(window: Window, _studio: Studio) -> None:
        window.field("What was it?").select_option(label=label)
        window.field("Hours or college credits").fill("3")
        expect(window.page.get_by_text(kind)).to_be_visible()

    return prepare
