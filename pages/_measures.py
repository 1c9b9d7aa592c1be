"""Every request is an errand with a reference, counted by the template of its route: never by its address."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages._places import place_of
from services import counts, journal
from services.errands import errand

METHODS = {"GET", "HEAD", "POST"}
OURS = (("/static/", "/static"), ("/_nicegui_ws/", "/_nicegui_ws"), ("/_nicegui/", "/_nicegui"))
POLLING = "/_nicegui_ws"
NOWHERE = "nowhere"
REFUSED = {400, 403, 404, 411, 413, 429}


class Measures:
    """Pure ASGI, around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with counts.SOCKETS.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._count(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        route, began, status = route_of(scope["path"], scope["method"]), time.perf_counter(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with errand(route):
                await self.app(scope, receive, sent)
                if status in REFUSED and route != NOWHERE:
                    actor = scope.get("aspen_actor")
                    journal.refused(str(status), actor.person_id if actor else None)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "OTHER"
            counts.REQUESTS.labels(method, route, status).inc()
            if route != POLLING:  # it is held open on purpose
                counts.SECONDS.labels(route).observe(time.perf_counter() - began)


def route_of(path: str, method: str = "GET") -> str:
    """`/ce/claim/{event_id}` for `/ce/claim/12`; one word for all that is not there."""
    place = place_of(path.partition("?")[0], method)
    if place is not None:
        return place.path
    return next((route for prefix, route in OURS if path.startswith(prefix)), NOWHERE)
