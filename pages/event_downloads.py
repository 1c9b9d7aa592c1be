"""Files of events: who registered, the sign-in sheet, what is handed out; and calendars by a secret address."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from pages._downloads import attachment
from pages._numbers import number
from pages._places import Who, plain
from pages.files import excel
from services import event_lists, event_resources, personal_calendar


@plain("/events/{event_id}/registrations.xlsx", who=Who.SIGNED_IN)
async def registrations_workbook(request: Request) -> Response:
    event_id = number(request.path_params["event_id"])
    return excel(await asyncio.to_thread(event_lists.workbook, request.scope["aspen_actor"], event_id))


@plain("/events/{event_id}/sign-in-sheet.pdf", who=Who.SIGNED_IN)
async def sign_in_sheet(request: Request) -> Response:
    event_id = number(request.path_params["event_id"])
    sheet = await asyncio.to_thread(event_lists.sign_in_sheet, request.scope["aspen_actor"], event_id)
    headers = {**attachment(sheet.name), "cache-control": "private, no-store"}
    return Response(sheet.body, media_type="application/pdf", headers=headers)


@plain("/events/{event_id}/resources/{resource_id}", who=Who.ANYONE)
async def resource(request: Request) -> Response:
    event_id, resource_id = (number(request.path_params[name]) for name in ("event_id", "resource_id"))
    found = await asyncio.to_thread(event_resources.open_one, event_id, resource_id)
    headers = {
        **attachment(found.name),
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
    }
    return Response(found.body, media_type=found.media_type, headers=headers)


@plain("/calendar/{feed}.ics", who=Who.ANYONE)
async def personal_file(request: Request) -> Response:
    content = await asyncio.to_thread(personal_calendar.file, request.path_params["feed"])
    headers = {**attachment("my-certification.ics"), "cache-control": "private, no-store"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
