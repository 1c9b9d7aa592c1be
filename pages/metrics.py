"""What a monitor scrapes; nobody else knows that it is there."""

import asyncio
import hmac

from nicegui import Client
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from models.errors import NotFound
from pages._places import Who, plain
from services import counts, installation, metrics


@plain("/metrics", who=Who.ANYONE)
async def metrics_page(request: Request) -> Response:
    """For whoever brings ASPEN_METRICS_TOKEN as a bearer token; without that setting for nobody."""
    wanted = installation.settings().metrics_token
    brought = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(brought.encode(), wanted.encode()):
        raise NotFound
    counts.WINDOWS.set(len(Client.instances))
    told = await asyncio.to_thread(metrics.exposition)
    return Response(told, headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"})
