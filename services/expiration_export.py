"""Who comes due when, as an Excel workbook."""

import io

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from services import expirations, programs
from services.access import Actor
from services.expirations import ExpiryFilter, ExpiryLine
from services.sheets import File, write_day, write_header, write_text

MOST = 5000
COLUMNS = (
    ("Due", 12),
    ("Days left", 10),
    ("Last name", 20),
    ("First name", 18),
    ("E-mail", 32),
    ("Library", 34),
    ("Position", 22),
    ("Track", 24),
    ("Kind", 20),
    ("Status", 14),
    ("Credits earned", 14),
    ("Credits needed", 14),
    ("Certificate", 18),
    ("Last reminder", 14),
    ("Extended because", 40),
)


def workbook(actor: Actor, wanted: ExpiryFilter) -> File:
    """At most 5,000 lines, the next due first. Raises NotFound to all but coordinators."""
    lines = expirations.first(actor, wanted, MOST)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 -- a new workbook has one
    sheet.title = "Coming due"
    write_header(sheet, COLUMNS, len(lines))
    for place, one in enumerate(lines, start=2):
        _write(sheet, place, one)
    book.properties.creator = "ASPeN Continuing Education"
    out = io.BytesIO()
    book.save(out)
    return File(f"Coming due {programs.current().today().isoformat()}.xlsx", out.getvalue())


def _write(sheet: Worksheet, place: int, one: ExpiryLine) -> None:
    part, person = one.participation, one.person
    if part.due_on:
        write_day(sheet.cell(place, 1), part.due_on)
    sheet.cell(place, 2, one.days_left)
    texts = {
        3: person.last_name,
        4: person.first_name,
        5: person.email or "",
        6: one.library,
        7: part.position,
        8: one.track,
        9: "Renewal" if part.renewal else "First certification",
        10: part.shown_status(programs.current().today()),
        13: one.certificate,
        15: part.extension_reason,
    }
    for column, text in texts.items():
        write_text(sheet.cell(place, column), text)
    found = one.evaluation
    sheet.cell(place, 11, found.needed - found.missing).number_format = "0.0"
    sheet.cell(place, 12, found.needed).number_format = "0.0"
    if one.reminded_on:
        write_day(sheet.cell(place, 14), one.reminded_on)
