"""Export CE Credits to Excel: the bytes as a spreadsheet program reads them."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from models.errors import NotFound
from services import credit_export, credits, participations, review
from services.access import Actor
from tests import make

HEADER = ["Event Title", "Begin", "End", "Sponsor", "Trainer/Presenter", "CE Category", "Credits", "Status", "Source",
          "Period", "Expires", "Duplicate of"]  # fmt: skip


def moment(text: str) -> datetime:
    """A cell's moment: spreadsheets know no time zones."""
    return datetime.fromisoformat(text)


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def opened(actor: Actor, person_id: int | None = None) -> Workbook:
    return load_workbook(io.BytesIO(credit_export.workbook(actor, person_id=person_id).body))


def test_the_sheet_credits_has_one_row_per_credit_under_the_promised_header(ann: Actor, cem: Actor) -> None:
    participations.add(ann, make.track("staff"))
    claim_id = make.claim(ann, "Open Meetings", credits={"administration": "1.5"})
    review.approve(cem, [claim_id])

    book = opened(ann)

    assert book.sheetnames == ["Credits", "Totals"]
    header, row = book["Credits"].iter_rows(values_only=True)
    assert list(header) == HEADER
    assert list(row) == [
        "Open Meetings", moment("2026-11-23 10:00"), moment("2026-11-23 11:00"), "State Library", "Pat Presenter",
        "Library Administration", 1.5, "APPROVED", "claim", "Library Staff, since 2026", moment("2030-11-23"), None,
    ]  # fmt: skip


def test_dates_and_numbers_are_typed_and_shown_as_such(ann: Actor) -> None:
    make.claim(ann)
    row = opened(ann)["Credits"][2]
    assert [(row[place].is_date, row[place].number_format) for place in (1, 2, 10)] == [
        (True, "yyyy-mm-dd hh:mm"), (True, "yyyy-mm-dd hh:mm"), (True, "yyyy-mm-dd")]  # fmt: skip
    assert (row[6].data_type, row[6].number_format) == ("n", "0.0")


def test_times_are_local_to_the_event(ann: Actor) -> None:
    make.claim(ann, zone="America/New_York")
    assert opened(ann)["Credits"]["C2"].value == moment("2026-11-23 13:00")


def test_the_header_stays_in_view_and_filters(ann: Actor) -> None:
    make.claim(ann)
    make.claim(ann, "Second")
    sheet = opened(ann)["Credits"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:L3")


def test_an_empty_record_is_a_whole_workbook_too(ann: Actor) -> None:
    book = opened(ann)
    assert [cell.value for cell in book["Credits"][1]] == HEADER
    assert (book["Credits"].max_row, book["Totals"]["B2"].data_type) == (1, "f")


def test_totals_are_formulas_with_their_values_beside_them(ann: Actor, cem: Actor) -> None:
    review.approve(cem, [make.claim(ann, "One", credits={"administration": "1.5"})])
    make.claim(ann, "Two", credits={"administration": "2", "technology": "0.5"})
    review.decline(cem, [make.claim(ann, "Three", credits={"technology": "4"})], "No.")

    sheet = opened(ann)["Totals"]

    assert [cell.value for cell in sheet[1]] == ["CE Category", "Approved", "Pending", "Declined", None,
                                                 "Approved (value)", "Pending (value)", "Declined (value)"]  # fmt: skip
    assert sheet["B2"].value == (
        '=SUMIFS(Credits!$G$2:$G$5,Credits!$F$2:$F$5,$A2,Credits!$H$2:$H$5,"APPROVED")')  # fmt: skip
    assert (sheet["A6"].value, sheet["B6"].value) == ("All categories", "=SUM(B2:B5)")
    values = [[cell.value for cell in row] for row in sheet["F2:H6"]]
    assert values == [[1.5, 2, 0], [0, 0, 0], [0, 0, 0], [0, 0.5, 4], [1.5, 2.5, 4]]


def test_formulas_and_values_agree_when_the_rows_are_added_up(ann: Actor, cem: Actor) -> None:
    for number in range(12):
        claim_id = make.claim(ann, f"Event {number}", credits={"technology": "0.5", "collections": "1"})
        if number % 3:
            review.approve(cem, [claim_id])
    book = opened(ann)
    rows = list(book["Credits"].iter_rows(min_row=2, values_only=True))
    for line in book["Totals"].iter_rows(min_row=2, max_row=5, values_only=True):
        for place, status in enumerate(("APPROVED", "PENDING", "DECLINED"), start=5):
            assert line[place] == sum(row[6] for row in rows if (row[5], row[7]) == (line[0], status))


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\tTab", "=cmd|' /C calc'!A0", "#N/A"])
def test_text_that_looks_like_a_formula_stays_text(ann: Actor, title: str) -> None:
    make.claim(ann, title, sponsor=title)
    row = opened(ann)["Credits"][2]
    for cell in (row[0], row[3]):
        assert (cell.value, cell.data_type) == (title, "s")
        assert bool(cell.quotePrefix) == (title[0] in "=+-@\t")


@pytest.mark.sqlite
@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_characters_that_no_spreadsheet_can_hold_are_removed(ann: Actor, char: str) -> None:
    make.claim(ann, f"Bell{char}s", sponsor=char)
    row = opened(ann)["Credits"][2]
    assert (row[0].value, row[3].value) == ("Bells", None)


def test_letters_of_every_script_and_long_texts_come_through(ann: Actor) -> None:
    make.claim(ann, "Ksanka: ʔa·kǂuⱡak “Ψ” 😀", sponsor="x" * 40_000)
    row = opened(ann)["Credits"][2]
    assert (row[0].value, len(row[3].value)) == ("Ksanka: ʔa·kǂuⱡak “Ψ” 😀", 32_767)


def test_a_duplicate_names_the_entry_that_it_repeats(ann: Actor) -> None:
    make.own_entry(ann, "Story Hours")
    make.own_entry(ann, "Story hours!")
    rows = {row[0]: row[11] for row in opened(ann)["Credits"].iter_rows(min_row=2, values_only=True)}
    assert rows == {"Story Hours": None, "Story hours!": "Story Hours"}


def test_the_file_is_named_after_the_person(ann: Actor) -> None:
    assert credit_export.workbook(ann).name == "CE Credits Ames.xlsx"
    strange = credit_export.workbook(make.person('Eve "../O\'Neil"\r\n'))
    assert strange.name == "CE Credits O'Neil.xlsx"


def test_another_persons_workbook_is_for_coordinators_only(ann: Actor, cem: Actor) -> None:
    make.claim(ann, ended=timedelta(days=2))
    assert opened(cem, ann.person_id)["Credits"]["A2"].value == "Open Meetings"
    for person_id in (ann.person_id, 999):
        with pytest.raises(NotFound):
            credit_export.workbook(make.person(f"Dia{person_id} Dunn"), person_id=person_id)


def test_all_that_the_page_lists_is_in_the_file(ann: Actor) -> None:
    for number in range(70):
        make.claim(ann, f"Event {number}", ended=timedelta(days=number + 1))
    exported = [row[0] for row in opened(ann)["Credits"].iter_rows(min_row=2, values_only=True)]
    assert exported == [one.row.title for one in credits.listing(ann).listed]
    assert len(exported) == 70
