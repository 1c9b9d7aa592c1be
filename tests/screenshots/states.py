"""How a screen comes into the state that a picture shows."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.forms import NEW, enter, fill
from tests.browser.windows import Window
from tests.screenshots.studio import Studio

Prepare = Callable[[Window, Studio], None]


def press(name: str) -> Prepare:
    """Press a button; the first, where several say the same."""

    def prepare(window: Window, _studio: Studio) -> None:
        window.button(name).first.click()
        window.page.wait_for_load_state("networkidle")

    return prepare


def choose_another_track(window: Window, _studio: Studio) -> None:
    window.field("Track").select_option(label="Library Administrator")
    expect(window.button("Add")).to_be_enabled()


def plan_ahead(window: Window, _studio: Studio) -> None:
    window.button("Choose coming events").click()
    boxes = window.page.get_by_role("group", name="Coming events").get_by_role("checkbox")
    expect(boxes.first).to_be_visible()
    for place in (0, 2, 3):
        boxes.nth(place).check()
    expect(window.page.get_by_text("With these 3 events")).to_be_visible()


def open_select(window: Window, _studio: Studio) -> None:
    window.page.get_by_role("combobox", name="Event", exact=True).click()
    expect(offered(window).first).to_be_visible()


def offered(window: Window) -> Locator:
    """The lines of the open drop-down."""
    return window.page.locator(".event-menu").get_by_role("option")


def search(text: str) -> Prepare:
    def prepare(window: Window, studio: Studio) -> None:
        open_select(window, studio)
        with window.page.expect_response("**/ce/past-events?**"):
            window.page.keyboard.type(text)
        expect(offered(window).filter(has_text=text).first).to_be_visible()

    return prepare


def make_mistakes(window: Window, _studio: Studio) -> None:
    fill(window, Event_Title="", End_Time="08:30", Credit_Value="1.25")
    window.button("SAVE").click()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_be_visible()


def save_empty(window: Window, _studio: Studio) -> None:
    window.button("SAVE").click()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_be_visible()


def type_too_much_credit(window: Window, _studio: Studio) -> None:
    fill(window, Credit_Value="6")
    window.page.keyboard.press("Tab")
    expect(window.page.locator(".notice--dup").filter(has_text="6")).to_be_visible()


def type_a_duplicate(window: Window, studio: Studio) -> None:
    title = "Story Hours in Small Places"
    with_it = studio.open("director")
    with_it.open("/ce/credits")
    known = with_it.page.get_by_role("link", name=title).count()
    if not known:
        enter(with_it, title)
    with_it.page.context.close()
    window.open(NEW)
    fill(window, Event_Title="Story hours in small places")
    window.button("SAVE").click()
    expect(window.page.get_by_text("This looks like a duplicate")).to_be_visible()


def filter_credits(status: str) -> Prepare:
    def prepare(window: Window, _studio: Studio) -> None:
        window.field("Approval status").select_option(status)
        expect(window.page.locator(".tb--credits .chip--approved")).to_have_count(0)

    return prepare


def type_a_wrong_address(window: Window, _studio: Studio) -> None:
    window.field("Verifier’s e-mail").fill("ellen at the library")
    window.button("Update").click()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_be_visible()


def waiting(window: Window) -> Locator:
    """Entries that this coordinator may decide on."""
    return window.page.get_by_role("row").filter(has=window.page.locator(".q-approve"))


def select_some(window: Window, _studio: Studio) -> None:
    for number in range(3):
        waiting(window).nth(number).get_by_role("checkbox").check()
    expect(window.button("Approve selected")).to_be_visible()


def find(text: str) -> Prepare:
    def prepare(window: Window, _studio: Studio) -> None:
        window.field("Find").fill(text)
        expect(waiting(window)).to_have_count(0)

    return prepare


def decline(window: Window, _studio: Studio) -> None:
    waiting(window).nth(1).locator(".q-decline").click()
    expect(window.page.get_by_role("dialog")).to_be_visible()


def decline_without_reason(window: Window, studio: Studio) -> None:
    decline(window, studio)
    window.page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(window.page.get_by_role("dialog").locator(".error")).to_be_visible()


def approve_the_first(window: Window, _studio: Studio) -> None:
    waiting(window).first.locator(".q-approve").click()
    expect(window.button("Undo")).to_be_visible()


def decide_beside(window: Window, studio: Studio) -> None:
    """A row of one's own deciding among others that wait."""
    approve_the_first(window, studio)
    waiting(window).nth(1).locator(".q-approve").click()
    expect(window.page.locator("tr.decided")).to_have_count(2)


def hear_of_a_new_one(window: Window, studio: Studio) -> None:
    window.field("Order").select_option("oldest")
    expect(window.page.get_by_role("row").nth(1)).to_be_visible()
    window.page.wait_for_load_state("networkidle")
    other = studio.open("administrator")
    enter(other, "Beekeeping for Librarians", Begin_Date="2026-11-18", End_Date="2026-11-18")
    other.page.context.close()
    expect(window.button("1 new")).to_be_visible()


def save_claim(window: Window, _studio: Studio) -> None:
    window.button("SAVE").click()
    expect(window.page.get_by_role("status").filter(has_text="stands in your list as PENDING")).to_be_visible()


def leave_out_the_name(window: Window, _studio: Studio) -> None:
    window.field("First name").fill("")
    window.field("E-mail").fill("maria at the library")
    window.button("Save").click()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_be_visible()


def ask_for_another_address(window: Window, _studio: Studio) -> None:
    window.field("E-mail").fill("somebody.new@example.org")
    window.button("Save").click()
    expect(window.page.get_by_text("A letter is on its way")).to_be_visible()


def approve_record(window: Window, _studio: Studio) -> None:
    if window.button("Approve record").is_visible():
        window.button("Approve record").click()
    expect(window.button("Record the verification")).to_be_visible()


def record_without_how(window: Window, studio: Studio) -> None:
    approve_record(window, studio)
    window.button("Record the verification").click()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_be_visible()


def find_certificates(text: str) -> Prepare:
    def prepare(window: Window, _studio: Studio) -> None:
        window.field("Find").fill(text)
        expect(window.page.locator(".tb--certs")).to_have_count(0)

    return prepare


def find_letters(text: str) -> Prepare:
    def prepare(window: Window, _studio: Studio) -> None:
        window.field("Find").fill(text)
        expect(window.page.locator(".tb--letters")).to_have_count(0)

    return prepare


def leave_out_the_link(window: Window, _studio: Studio) -> None:
    window.field("Subject").fill("Confirm {something}")
    window.field("Body").fill("Open the link.")
    window.button("Save").click()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_be_visible()


def correct_nothing(window: Window, _studio: Studio) -> None:
    window.button("Correct").click()
    window.button("Issue the corrected certificate").click()
    expect(window.page.get_by_role("alert")).to_contain_text("Nothing would change")


def correct_a_name(window: Window, _studio: Studio) -> None:
    """The first time; then the old certificate is looked at."""
    if window.button("Correct").is_visible():
        path = window.page.url
        window.button("Correct").click()
        window.page.get_by_role("textbox", name="Name on the certificate").fill("Ruth Ellingson-Montgomery")
        window.page.get_by_role("textbox", name="Reason").fill("Her married name.")
        window.button("Issue the corrected certificate").click()
        expect(window.page.locator(".toast")).to_contain_text("was issued in place of")
        window.page.goto(path)
        window.ready()


def revoke(window: Window, _studio: Studio) -> None:
    if window.button("Revoke").is_visible():
        window.button("Revoke").click()
        dialog = window.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name="Reason").fill("Issued to the wrong person.")
        dialog.get_by_role("button", name="Revoke").click()
    expect(window.page.locator(".notice--wrong")).to_contain_text("REVOKED")
