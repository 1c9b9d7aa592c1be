"""A year in numbers: plots, and the same as tables. The only page that loads what draws plots."""

import asyncio
from decimal import Decimal

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from models.credits import shown_credits
from models.texts import typed_id
from models.times import shown_day
from pages._places import Who, page, plain
from pages._visit import Visit
from pages.files import excel
from services import programs, report_export, reports
from services.report_export import MONTHS
from services.reports import HORIZONS, Report
from ui.charts import bars
from ui.fields import choice_field
from ui.parts import empty, esc, link
from ui.sections import heading, html, section
from ui.sections import page as column
from ui.tables import table

SHOWN = 60
ZERO = Decimal(0)


@page("/review/reports", who=Who.COORDINATOR, title="Reports", nav="/review")
async def review_reports_page(visit: Visit) -> None:
    years = await visit.load(reports.years)
    year = _year(dict(visit.query), years)
    found = await visit.load(reports.of_year, year)
    with column():
        way = f'<a class="btn btn--plain" href="/review/reports.xlsx?year={year}">Export to Excel</a>'
        heading(f"Report {year}", back=("Events", "/review/events"), beside=way)
        with ui.element("div").classes("toolbar"):
            choice_field(
                "Year",
                name="year",
                options={str(one): str(one) for one in years},
                value=str(year),
                on_change=lambda value: ui.navigate.to(f"/review/reports?year={value}"),
            )
        _draw_credits(found)
        _draw_events(found)
        _draw_certificates(found)
        _draw_due(found)


@plain("/review/reports.xlsx", who=Who.COORDINATOR)
async def report_workbook(request: Request) -> Response:
    year = typed_id(request.query_params.get("year")) or programs.current().today().year
    return excel(await asyncio.to_thread(report_export.workbook, request.scope["aspen_actor"], min(year, 9000)))


def _draw_credits(found: Report) -> None:
    total = sum((sum(values, ZERO) for values in found.credits.values()), ZERO)
    with section("Credits by category and month", intro="Approved, by the month in which the event ended."):
        bars(
            f"{shown_credits(total)} credits in {found.year}, by month; the table below says the same.",
            MONTHS,
            {name: [float(value) for value in values] for name, values in found.credits.items()},
        )
        rows = [
            f'<tr><th scope="row">{esc(name)}</th>'
            + "".join(
                f'<td data-label="{month}">{shown_credits(value)}</td>'
                for month, value in zip(MONTHS, values, strict=True)
            )
            + f'<td data-label="Year"><strong>{shown_credits(sum(values, ZERO))}</strong></td></tr>'
            for name, values in found.credits.items()
        ]
        heads = dict.fromkeys(("Category", *MONTHS, "Year"), "")
        html(table(f"Credits in {found.year}", heads, rows, kind="months"))


def _draw_events(found: Report) -> None:
    with section("Events by attendance", intro="Those with registration here, the newest first."):
        if not found.events:
            html(str(empty(f"No event with registration in {found.year}.")))
            return
        shown = found.events[:SHOWN]
        most = sorted(shown, key=lambda one: one.came, reverse=True)[:12]
        bars(
            "People present and absent, the best attended events first; the table below says the same.",
            [one.event.title[:40] for one in most],
            {"Present": [one.came for one in most], "Absent": [one.absent for one in most]},
            lying=True,
        )
        rows = [
            f'<tr><td class="cell-main">{link(one.event.title, f"/events/{one.event.id}/manage")}'
            f'<p class="second">{shown_day(one.event.ended_on)}</p></td><td class="n wide" data-label="Registered">'
            f'{one.registered}</td><td class="n" data-label="Present">{one.came}</td>'
            f'<td class="n wide" data-label="Absent">{one.absent}</td>'
            f'<td class="n wide" data-label="Credits">{shown_credits(one.credits)}</td></tr>'
            for one in shown
        ]
        heads = {"Event": "", "Registered": "n wide", "Present": "n", "Absent": "n wide", "Credits": "n wide"}
        html(table(f"Events in {found.year}", heads, rows))
        if len(found.events) > SHOWN:
            html(f'<p class="hint">{len(found.events) - SHOWN} more are in the Excel file.</p>')


def _draw_certificates(found: Report) -> None:
    with section("Certificates by track", intro="Issued in the year, and not replaced or revoked."):
        bars(
            f"{sum(found.certificates.values())} certificates in {found.year}; the table below says the same.",
            list(found.certificates),
            {"Certificates": list(found.certificates.values())},
            lying=True,
        )
        rows = [
            f'<tr><th scope="row">{esc(name)}</th><td class="n">{count}</td></tr>'
            for name, count in found.certificates.items()
        ]
        html(table(f"Certificates in {found.year}", {"Track": "", "Issued": "n"}, rows, kind="sums"))


def _draw_due(found: Report) -> None:
    heads = [name.capitalize() for name, _ in HORIZONS]
    with section("People near expiry", intro="Open tracks by how soon they come due, as of today."):
        bars(
            "Open tracks by how soon they come due; the table below says the same.",
            list(found.due),
            {name: [counts[place] for counts in found.due.values()] for place, name in enumerate(heads)},
            lying=True,
        )
        rows = [
            f'<tr><th scope="row">{esc(name)}</th>'
            + "".join(f'<td data-label="{head}">{one}</td>' for head, one in zip(heads, counts, strict=True))
            + "</tr>"
            for name, counts in found.due.items()
        ]
        html(table("People near expiry", dict.fromkeys(("Track", *heads), ""), rows, kind="months"))
        html('<p class="second"><a href="/review/expiring">See who they are</a></p>')


def _year(query: dict[str, str], years: list[int]) -> int:
    year = typed_id(query.get("year"))
    return year if year in years else years[0]
