"""A year's report as an Excel workbook: the same numbers as on the page, a sheet each."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from services import reports
from services.access import Actor
from services.reports import HORIZONS
from services.sheets import File, write_day, write_header, write_text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def workbook(actor: Actor, year: int) -> File:
    """Raises NotFound to all but coordinators."""
    found = reports.of_year(actor, year)
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)  # noqa: S101 -- a new workbook has one
    first.title = "Credits"
    _numbers(first, ("Category", *MONTHS), [(name, *values) for name, values in found.credits.items()])
    events = book.create_sheet("Events")
    columns = (("Event", 50), ("Date", 12), ("Registered", 12), ("Present", 12), ("Absent", 12), ("Credits", 12))
    write_header(events, columns, len(found.events))
    for place, one in enumerate(found.events, start=2):
        write_text(events.cell(place, 1), one.event.title)
        write_day(events.cell(place, 2), one.event.ended_on)
        for column, value in enumerate((one.registered, one.came, one.absent), start=3):
            events.cell(place, column, value)
        events.cell(place, 6, one.credits).number_format = "0.0"
    certificates = [(name, count) for name, count in found.certificates.items()]
    _numbers(book.create_sheet("Certificates"), ("Track", "Issued"), certificates)
    due = [(name, *counts) for name, counts in found.due.items()]
    _numbers(book.create_sheet("Coming due"), ("Track", *(name.capitalize() for name, _ in HORIZONS)), due)
    book.properties.creator = "ASPeN Continuing Education"
    out = io.BytesIO()
    book.save(out)
    return File(f"Report {year}.xlsx", out.getvalue())


def _numbers(sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows with a name and numbers."""
    write_header(sheet, tuple((head, 30 if place == 0 else 14) for place, head in enumerate(heads)), len(rows))
    for line, row in enumerate(rows, start=2):
        write_text(sheet.cell(line, 1), str(row[0]))
        for column, value in enumerate(row[1:], start=2):
            sheet.cell(line, column, cast(Decimal, value)).number_format = "0.0" if isinstance(value, Decimal) else "0"
