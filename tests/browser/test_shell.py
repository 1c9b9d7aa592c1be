"""What stands around the pages: moving on, going back, what is not there, and signing out."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.windows import Window


def test_moving_on_within_the_shell_moves_title_and_focus(window: OpenWindow) -> None:
    librarian = window("participant")
    librarian.open("/ce")
    librarian.page.evaluate("window.sameDocument = true")

    librarian.link("Edit CE Credits").click()
    arrived(librarian, "Edit CE Credits")
    librarian.link("Calendar").click()
    arrived(librarian, "Calendar")
    librarian.page.go_back()
    arrived(librarian, "Edit CE Credits")

    assert librarian.page.evaluate("window.sameDocument") is True


def test_the_place_where_we_are_is_marked(window: OpenWindow) -> None:
    coordinator = window("coordinator")
    coordinator.open("/ce")
    expect(coordinator.link("Control Panel")).to_have_attribute("aria-current", "page")
    coordinator.link("Review").click()
    expect(coordinator.link("Review")).to_have_attribute("aria-current", "page")
    expect(coordinator.link("Control Panel")).not_to_have_attribute("aria-current", "page")


def test_what_is_not_there_is_told_inside_the_shell(window: OpenWindow) -> None:
    coordinator = window("coordinator")
    coordinator.open("/review")
    follow(coordinator, "/people/999999")
    arrived(coordinator, "There is nothing to see here")
    expect(coordinator.link("Review")).to_be_visible()
    follow(coordinator, "/nowhere")
    arrived(coordinator, "There is nothing to see here")


def test_what_is_not_ones_own_is_told_in_the_same_words(window: OpenWindow) -> None:
    librarian = window("participant")
    librarian.open("/ce")
    for path in ("/people/1", "/review", "/ce/credits/999999"):
        follow(librarian, path)
        arrived(librarian, "There is nothing to see here")
        expect(librarian.link("Control Panel")).to_be_visible()
        librarian.open("/ce")


def test_a_missing_page_asked_for_in_full_is_a_real_404(window: OpenWindow) -> None:
    coordinator = window("coordinator")
    coordinator.expected.append("status of 404")
    answer = coordinator.page.goto(f"{coordinator.server.origin}/people/999999")
    assert answer is not None
    assert answer.status == 404
    expect(coordinator.page.get_by_role("heading", level=1)).to_have_text("There is nothing to see here")


def test_signing_out_in_one_tab_sends_the_other_to_the_sign_in_page(window: OpenWindow) -> None:
    first = window("director")
    first.open("/ce")
    second = first.another()
    second.open("/ce/credits")
    somebody_else = window("participant")
    somebody_else.open("/ce")

    first.button("Sign out").click()

    first.arrives("/login")
    second.arrives("/login")
    expect(second.button("Director")).to_be_visible()
    expect(somebody_else.page.get_by_role("heading", level=1)).to_have_text("Continuing Education Control Panel")


def test_a_page_asked_for_before_signing_in_is_there_after_it(window: OpenWindow) -> None:
    visitor = window()
    visitor.open("/ce/credits?saved=1")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    visitor.button("Participant").click()
    visitor.arrives("/ce/credits?saved=1")


def test_the_first_tab_stop_skips_to_the_page(window: OpenWindow) -> None:
    librarian = window("participant")
    librarian.open("/ce")
    librarian.page.keyboard.press("Tab")
    expect(librarian.link("Skip to main content")).to_be_focused()
    expect(librarian.link("Skip to main content")).to_be_in_viewport()
    librarian.page.keyboard.press("Enter")
    librarian.page.keyboard.press("Tab")
    assert librarian.page.evaluate("!document.activeElement.closest('header')")


def arrived(window: Window, title: str) -> None:
    heading = window.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(title)
    expect(heading).to_be_focused()
    expect(window.page).to_have_title(f"{title} · ASPeN Continuing Education")


def follow(window: Window, path: str) -> None:
    """Presses a link to the path, as if the page had one."""
    window.page.evaluate(
        "path => { const a = document.createElement('a'); a.href = path; a.textContent = 'Go';"
        " document.querySelector('.shell').append(a); a.click(); a.remove(); }",
        path,
    )
