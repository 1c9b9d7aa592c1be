"""Export CE Credits to Excel: a workbook with typed cells and formulas, whatever text it holds."""

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.times import local_time
from services import credits
from services.access import Actor
from services.credits import CreditList, Listed
from services.sheets import HEADER_FILL, HEADER_FONT, File, write_day, write_header, write_moment, write_text

COLUMNS = (
    ("Event Title", 48),
    ("Begin", 18),
    ("End", 18),
    ("Sponsor", 28),
    ("Trainer/Presenter", 26),
    ("CE Category", 34),
    ("Credits", 9),
    ("Status", 12),
    ("Source", 18),
    ("Period", 28),
    ("Expires", 12),
    ("Duplicate of", 40),
)
STATUSES = ("Approved", "Pending", "Declined")


def workbook(actor: Actor, *, person_id: int | None = None) -> File:
    """Sheets `Credits` and `Totals` of one's own record, or for a coordinator of anybody's. Raises NotFound."""
    found = credits.listing(actor, person_id=person_id)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 -- a new workbook has one
    _write_credits(sheet, found)
    _write_totals(book.create_sheet("Totals"), found, len(found.listed) + 1)
    book.properties.creator = "ASPeN Continuing Education"
    out = io.BytesIO()
    book.save(out)
    return File(f"CE Credits {_plain(found.person.last_name)}.xlsx", out.getvalue())


def _write_credits(sheet: Worksheet, found: CreditList) -> None:
    sheet.title = "Credits"
    titles = {one.row.claim_id: one.row.title for one in found.listed}
    write_header(sheet, COLUMNS, len(found.listed))
    for line, one in enumerate(found.listed, start=2):
        _write_credit(sheet, line, one, titles)


def _write_credit(sheet: Worksheet, line: int, one: Listed, titles: dict[int | None, str]) -> None:
    row = one.row
    twin = titles.get(one.duplicate.claim_id, "an entry that is not listed") if one.duplicate else ""
    texts = {
        1: row.title,
        4: row.sponsor,
        5: row.presenter,
        6: one.category,
        8: row.status,
        9: row.source,
        10: one.period,
        12: twin,
    }
    for place, value in texts.items():
        write_text(sheet.cell(line, place), value)
    for place, moment in ((2, row.begins_at), (3, row.ends_at)):
        write_moment(
            sheet.cell(line, place), local_time(moment, row.time_zone).replace(tzinfo=None), "yyyy-mm-dd hh:mm"
        )
    sheet.cell(line, 7, row.credits).number_format = "0.0"
    write_day(sheet.cell(line, 11), one.expires_on)


def _write_totals(sheet: Worksheet, found: CreditList, last: int) -> None:
    """Formulas, so that the totals follow when rows are edited; beside them the values, for previewers."""
    last = max(last, 2)
    header = ("CE Category", *STATUSES, "", *(f"{status} (value)" for status in STATUSES))
    for place, name in enumerate(header, start=1):
        if name:
            cell = sheet.cell(1, place, name)
            cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, Alignment(wrap_text=True)
    end = len(found.totals) + 1
    for line, total in enumerate(found.totals, start=2):
        write_text(sheet.cell(line, 1), total.category)
        values: tuple[Decimal, ...] = (total.approved, total.pending, total.declined)
        for place, (status, value) in enumerate(zip(STATUSES, values, strict=True), start=2):
            sheet.cell(
                line,
                place,
                f"=SUMIFS(Credits!$G$2:$G${last},Credits!$F$2:$F${last},$A{line},"
                f'Credits!$H$2:$H${last},"{status.upper()}")',
            ).number_format = "0.0"
            sheet.cell(line, place + 4, value).number_format = "0.0"
    sheet.cell(end + 1, 1, "All categories").font = HEADER_FONT
    for place in (2, 3, 4):
        letter = get_column_letter(place)
        sheet.cell(end + 1, place, f"=SUM({letter}2:{letter}{end})").number_format = "0.0"
        attribute = STATUSES[place - 2].lower()
        whole = sum((getattr(total, attribute) for total in found.totals), Decimal(0))
        sheet.cell(end + 1, place + 4, whole).number_format = "0.0"
    sheet.column_dimensions["A"].width = 44
    for letter in "BCDFGH":
        sheet.column_dimensions[letter].width = 12
    sheet.freeze_panes = "B2"


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isalnum() or char in " -'").strip() or "Credits"
