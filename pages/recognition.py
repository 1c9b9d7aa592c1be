"""The recognition list, for everybody: by year and track, those who agreed to be named."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from models.texts import typed_id
from pages._places import Who, plain
from pages._plain import render
from services import recognition
from services.access import Actor


@plain("/recognition", who=Who.ANYONE)
async def recognition_page(request: Request) -> Response:
    query = request.query_params
    year, number = typed_id(query.get("year")), typed_id(query.get("page")) or 1
    return await asyncio.to_thread(_draw, request.scope["aspen_actor"], year, number - 1)


def _draw(actor: Actor | None, year: int | None, number: int) -> Response:
    return render("recognition.html", actor, title="Recognition", found=recognition.of_year(year, number))
