"""Who comes due when: filtered, paged, and as an Excel file."""

import asyncio
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from models.credits import shown_credits
from models.texts import typed_id
from models.times import shown_day
from pages._places import Who, page, plain
from pages._visit import Visit
from pages._words import in_program_zone, now
from pages.files import excel
from services import expiration_export, expirations, programs, queue
from services.expirations import ALL, OVERDUE, PAGE, WITHIN, ExpiryFilter, ExpiryLine
from ui.fields import check_field, choice_field
from ui.parts import chip, empty, esc
from ui.sections import box, button, heading, html
from ui.sections import page as column
from ui.tables import table

SPANS = {**{key: f"Within {days} days, and overdue" for key, days in WITHIN.items()}, OVERDUE: "Overdue", ALL: "All"}


@page("/review/expiring", who=Who.COORDINATOR, title="Coming due", nav="/review")
async def review_expiring_page(visit: Visit) -> None:
    wanted = _wanted(dict(visit.query))
    found = await visit.load(expirations.page, wanted)
    libraries = await visit.load(queue.library_names)
    with column():
        heading("Coming due", back=("Review", "/review"), intro="Open tracks by their due day, the next one first.")
        ExpiryWindow(visit, wanted, libraries).show(found)


@plain("/review/expiring.xlsx", who=Who.COORDINATOR)
async def expiring_workbook(request: Request) -> Response:
    wanted = _wanted(dict(request.query_params))
    return excel(await asyncio.to_thread(expiration_export.workbook, request.scope["aspen_actor"], wanted))


class ExpiryWindow:
    """The list with its filters and its page."""

    def __init__(self, visit: Visit, wanted: ExpiryFilter, libraries: dict[int, str]) -> None:
        self.visit, self.wanted, self.number = visit, wanted, 0
        tracks = {str(id_): track.name for id_, track in programs.current().tracks.items()}
        with box("toolbar"):
            choice_field(
                "Comes due",
                name="within",
                options=SPANS,
                value=wanted.within,
                on_change=lambda value: self._filter(within=value),
            )
            choice_field(
                "Track",
                name="track",
                options={"": "All tracks", **tracks},
                value=str(wanted.track_id or ""),
                on_change=lambda value: self._filter(track_id=typed_id(value) or 0),
            )
            choice_field(
                "Library",
                name="library",
                options={"": "All libraries", **{str(id_): name for id_, name in libraries.items()}},
                value=str(wanted.library_id or ""),
                on_change=lambda value: self._filter(library_id=typed_id(value) or 0),
            )
            check_field(
                "Directors only",
                name="directors",
                value=wanted.directors,
                on_leave=lambda _, on: self._filter(directors=on),
            )
        self.state = html("")
        self.table = html("")
        with box("deeds") as self.paging:
            self.previous = button("Previous page", partial(self._turn, -1))
            self.following = button("Next page", partial(self._turn, 1))

    def show(self, found: tuple[list[ExpiryLine], int]) -> None:
        lines, total = found
        pages = max(1, -(-total // PAGE))
        place = f", page {self.number + 1} of {pages}" if pages > 1 else ""
        count = f"{total} track{'' if total == 1 else 's'}{place}, as of {in_program_zone(now())}."
        export = f"/review/expiring.xlsx?{esc(urlencode(_query(self.wanted)))}"
        self.state.set_content(
            f'<p role="status">{esc(count)}</p>'
            f'<p class="deeds list-deeds"><a class="btn btn--plain" href="{export}">Export this list to Excel</a></p>'
        )
        self.table.set_content(_table(lines) if lines else str(empty("No open track comes due in this time.")))
        self.paging.set_visibility(pages > 1)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled(self.number + 1 < pages)

    async def _filter(self, **changed: str | int | bool) -> None:
        self.wanted, self.number = replace(self.wanted, **changed), 0  # type: ignore[arg-type]
        await self._reload()

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self._reload()

    async def _reload(self) -> None:
        outcome = await self.visit.act(expirations.page, self.wanted, self.number)
        self.visit.tell(outcome)
        if outcome.value:
            self.show(outcome.value)


def _wanted(query: dict[str, str]) -> ExpiryFilter:
    """What an address asks for; whatever is no filter stands for the usual one."""
    within = query.get("within", "")
    return ExpiryFilter(
        within=within if within in SPANS else ExpiryFilter.within,
        track_id=typed_id(query.get("track")) or 0,
        library_id=typed_id(query.get("library")) or 0,
        directors=query.get("directors") == "1",
    )


def _query(wanted: ExpiryFilter) -> dict[str, str]:
    told = {
        "within": wanted.within,
        "track": str(wanted.track_id or ""),
        "library": str(wanted.library_id or ""),
        "directors": "1" if wanted.directors else "",
    }
    return {name: value for name, value in told.items() if value}


def _table(lines: list[ExpiryLine]) -> str:
    body = [_row(one) for one in lines]
    columns = {"Person": "", "Track": "", "Due": "", "Credits": "n", "Status": ""}
    return table("Who comes due when", columns, body)


def _row(one: ExpiryLine) -> str:
    part, found = one.participation, one.evaluation
    where = ", ".join(text for text in (part.position, one.library) if text)
    kind = "Renewal" if part.renewal else "First certification"
    told = [
        kind + (f", after {one.certificate}" if one.certificate else ""),
        f"Reminded on {shown_day(one.reminded_on)}" if one.reminded_on else "",
        f"Extended: {part.extension_reason}" if part.extension_reason else "",
    ]
    notes = "".join(f'<p class="second">{esc(text)}</p>' for text in told if text)
    return (
        f'<tr><td class="cell-main"><a class="title" href="/people/{part.person_id}">{esc(one.person.name)}</a>'
        f'<p class="second">{esc(where)}</p></td>'
        f'<td data-label="Track"><a href="/ce/tracks/{part.id}">{esc(one.track)}</a>{notes}</td>'
        f'<td class="nowrap" data-label="Due">{shown_day(part.due_on) if part.due_on else ""}'
        f'<p class="second">{esc(_left(one.days_left))}</p></td>'
        f'<td class="n" data-label="Credits">{shown_credits(found.needed - found.missing)} of '
        f"{shown_credits(found.needed)}</td>"
        f'<td class="state">{chip(part.shown_status(programs.current().today()))}</td></tr>'
    )


def _left(days: int) -> str:
    """In days for two months, then in months, then in years: nobody plans by the 1,278th day."""
    if days == 0:
        return "today"
    count, unit = next((abs(days) // size, unit) for size, unit in UNITS if abs(days) >= 2 * size or size == 1)
    span = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {span}" if days > 0 else f"{span} ago"


UNITS = ((365, "year"), (30, "month"), (1, "day"))
