"""The first page: what this is, coming events, and the blue box."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from models.credits import counted_credits
from models.times import local_time, shown_clock, shown_day
from pages._places import Who, plain
from pages._plain import render
from services import events, people, programs
from services.access import Actor
from services.events import EventView
from ui.theme import static_url

SHOWN = 5


@plain("/", who=Who.ANYONE)
async def home_page(request: Request) -> Response:
    return await asyncio.to_thread(_draw, request.scope["aspen_actor"])


def _draw(actor: Actor | None) -> Response:
    coming = events.coming(limit=SHOWN)
    return render(
        "home.html",
        actor,
        title="ASPeN Continuing Education",
        events=[_event(view) for view in coming.events],
        person=_person(actor) if actor else None,
        program_title=programs.current().title,
        grove_url=static_url("grove.svg"),
    )


def _person(actor: Actor) -> dict[str, str]:
    found = people.user_page(actor)
    at = found.positions[0] if found.positions else None
    return {
        "first_name": actor.first_name,
        "name": actor.name,
        "position": (at.title or at.kind.capitalize()) if at else "",
        "library": at.library if at else "",
    }


def _event(view: EventView) -> dict[str, str]:
    event = view.event
    begins, ends = local_time(event.begins_at, event.time_zone), local_time(event.ends_at, event.time_zone)
    weekday, month_day, _year = shown_day(begins.date()).split(", ")
    return {
        "day_name": f"{weekday}, {month_day.split(' ')[0]}",
        "day": str(begins.day),
        "title": event.title,
        "href": f"/events/{event.id}",
        "when": f"{shown_clock(begins)} to {shown_clock(ends)}",
        "place": "online" if event.online else event.location,
        "credits": ", ".join(f"{counted_credits(value)} {name}" for name, value in view.credits),
    }
