"""Cells of a workbook: text that stays text, days, and a header that stays in sight."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
HEADER_FONT = Font(bold=True)
HEADER_FILL = PatternFill("solid", fgColor="EFE9DC")


@dataclass(frozen=True)
class File:
    name: str
    body: bytes


def write_header(sheet: Worksheet, columns: tuple[tuple[str, int], ...], lines: int) -> None:
    """Names and widths; the first line stays in sight, has filters, and comes again on every printed page."""
    for place, (name, width) in enumerate(columns, start=1):
        cell = sheet.cell(1, place)
        write_text(cell, name)
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, lines + 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_text(cell: Cell | MergedCell, value: str) -> None:
    """Text stays text: what begins like a formula is marked as quoted, so that editing it in Excel starts nothing."""
    cell.value = ILLEGAL.sub("", value)[:32767] or None
    if cell.value:
        cell.data_type = "s"
        if str(cell.value).startswith(DANGEROUS):
            cell.quotePrefix = True


def write_moment(cell: Cell | MergedCell, value: datetime, shape: str) -> None:
    cell.value, cell.number_format = value, shape


def write_day(cell: Cell | MergedCell, day: date) -> None:
    write_moment(cell, datetime(day.year, day.month, day.day), "yyyy-mm-dd")  # noqa: DTZ001 -- a day
