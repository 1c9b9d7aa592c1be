"""Files: the workbook, the calendar file, the style sheet, and the answers of the searchable drop-down."""

import asyncio
import hashlib

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages._downloads import attachment
from pages._numbers import number
from pages._places import Who, plain
from pages._words import event_options
from services import claims, credit_export, event_calendar, installation
from services.access import Actor
from services.sheets import File
from ui.theme import full_sheet

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@plain("/ce/credits.xlsx", who=Who.SIGNED_IN)
async def own_workbook(request: Request) -> Response:
    return await asyncio.to_thread(_workbook, request.scope["aspen_actor"], None)


@plain("/people/{person_id}/credits.xlsx", who=Who.COORDINATOR)
async def workbook_of(request: Request) -> Response:
    person_id = number(request.path_params["person_id"])
    return await asyncio.to_thread(_workbook, request.scope["aspen_actor"], person_id)


@plain("/ce/past-events", who=Who.SIGNED_IN)
async def past_events(request: Request) -> Response:
    """At most 50 claimable events that hold the words of `q`."""
    text = request.query_params.get("q", "")[:200]
    found = await asyncio.to_thread(claims.search_claimable, request.scope["aspen_actor"], text)
    return JSONResponse(event_options(found), headers={"cache-control": "no-store"})


@plain("/events.ics", who=Who.ANYONE)
async def calendar_file(request: Request) -> Response:
    """Calendars that subscribe ask every few hours: what they have is not sent again."""
    content = await asyncio.to_thread(event_calendar.calendar, installation.settings().base_url)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag})
    found = _calendar(content, "aspen-events.ics")
    found.headers["etag"] = tag
    return found


@plain("/events/{event_id}.ics", who=Who.ANYONE)
async def event_file(request: Request) -> Response:
    event_id = number(request.path_params["event_id"])
    base_url, actor = installation.settings().base_url, request.scope.get("aspen_actor")
    content = await asyncio.to_thread(event_calendar.of_one, base_url, event_id, actor)
    found = _calendar(content, f"aspen-event-{event_id}.ics")
    found.headers["cache-control"] = "private, no-store"
    return found


@plain("/static/aspen.css", who=Who.ANYONE)
async def style_sheet(_request: Request) -> Response:
    return Response(
        full_sheet(), media_type="text/css", headers={"cache-control": "public, max-age=31536000, immutable"}
    )


def _calendar(content: bytes, name: str) -> Response:
    return Response(content, media_type="text/calendar; charset=utf-8", headers=attachment(name))


def _workbook(actor: Actor, person_id: int | None) -> Response:
    return excel(credit_export.workbook(actor, person_id=person_id))


def excel(content: File) -> Response:
    """A workbook to be saved."""
    headers = {**attachment(content.name), "cache-control": "private, no-store"}
    return Response(content.body, media_type=EXCEL, headers=headers)
