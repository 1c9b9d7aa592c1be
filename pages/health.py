"""Is this installation ready?"""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pages._places import Who, plain
from services import installation


@plain("/healthz", who=Who.ANYONE)
async def health_page(_request: Request) -> Response:
    ready = await asyncio.to_thread(installation.is_ready)
    return PlainTextResponse("ready\n" if ready else "not ready\n", 200 if ready else 503)
