"""Journey 8: Edit CE Credits, with its filters, totals and duplicates, and the workbook of it."""

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.windows import Window, save

LIST = "Credits, the newest event first"
STATES = ("APPROVED", "PENDING", "DECLINED")


def test_every_credit_stands_in_a_row_and_the_totals_are_their_sums(window: OpenWindow) -> None:
    librarian = window("participant", size=(1280, 800))
    librarian.open("/ce/credits")

    listed = credits_by_status(librarian)

    assert listed["PENDING"] > 0
    assert listed["DECLINED"] > 0
    assert totals(librarian) == listed


def test_a_status_is_chosen_and_only_its_credits_are_left(window: OpenWindow) -> None:
    librarian = window("participant", size=(1280, 800))
    librarian.open("/ce/credits")
    everything = credits_by_status(librarian)

    librarian.field("Approval status").select_option("DECLINED")

    credits = librarian.page.get_by_role("table", name=LIST).get_by_role("row")
    expect(credits.filter(has_text="APPROVED")).to_have_count(0)
    expect(librarian.row("Chair Yoga for the Reference Desk")).to_contain_text("it is not about library work")
    assert totals(librarian) == {"APPROVED": 0, "PENDING": 0, "DECLINED": everything["DECLINED"]}


def test_a_filter_that_nothing_fits_says_so(window: OpenWindow) -> None:
    librarian = window("participant")
    librarian.open("/ce/credits")
    librarian.field("Approval status").select_option("WITHDRAWN")
    expect(librarian.page.get_by_text("No credit fits these filters.")).to_be_visible()


def test_a_period_shows_what_counts_in_it(window: OpenWindow) -> None:
    librarian = window("participant", size=(1280, 800))
    librarian.open("/ce/credits")

    librarian.field("Period").select_option(label="Not counted")

    expect(librarian.row("Chair Yoga for the Reference Desk")).to_be_visible()
    expect(librarian.rows("toward Any category")).to_have_count(0)


def test_duplicates_are_marked_and_counted(window: OpenWindow) -> None:
    director = window("director")
    director.open("/ce/credits")

    expect(director.page.get_by_text("One credit looks like a duplicate.")).to_be_visible()
    expect(director.rows("Writing a Library Policy", "has almost the same title and day")).to_have_count(1)


def test_somebody_without_credits_is_led_to_the_first_claim(window: OpenWindow) -> None:
    newcomer = window("administrator")
    newcomer.open("/ce/credits")

    newcomer.link("Claim an event").click()

    expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Continuing Education Control Panel")
    expect(newcomer.page.get_by_role("combobox", name="Event", exact=True)).to_be_in_viewport()


def test_the_workbook_holds_the_same_credits_and_totals(window: OpenWindow, tmp_path: Path) -> None:
    librarian = window("participant", size=(1280, 800))
    librarian.open("/ce/credits")
    listed = credits_by_status(librarian)

    with librarian.page.expect_download() as download:
        librarian.link("Export CE Credits to Excel").click()
    path = save(download.value, tmp_path)

    assert path.suffix == ".xlsx"
    book = load_workbook(path, data_only=True)
    head, *rows = book["Credits"].iter_rows(values_only=True)
    value, status = head.index("Credits"), head.index("Status")
    sums = {state: sum(Decimal(str(row[value])) for row in rows if row[status] == state) for state in STATES}
    assert sums == listed
    assert head == (
        "Event Title", "Begin", "End", "Sponsor", "Trainer/Presenter", "CE Category", "Credits", "Status", "Source",
        "Period", "Expires", "Duplicate of",
    )  # fmt: skip


def credits_by_status(window: Window) -> dict[str, Decimal]:
    """What the rows on the screen add up to."""
    table = window.page.get_by_role("table", name=LIST)
    expect(table).to_be_visible()
    found = dict.fromkeys(STATES, Decimal(0))
    for row in table.get_by_role("row").filter(has=window.page.get_by_role("cell")).all():
        cells = row.get_by_role("cell").all_inner_texts()
        found[cells[-2].strip()] += Decimal(cells[-3].strip())
    return found


def totals(window: Window) -> dict[str, Decimal]:
    """The last row of the totals by category."""
    cells = window.row("All categories").get_by_role("cell")
    return dict(zip(STATES, map(Decimal, cells.all_inner_texts()), strict=True))
