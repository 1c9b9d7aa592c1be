"""One event of the calendar: a page with an address of its own, which tells what it is where it is shared."""

import json

from nicegui import ui

from models.events import Event
from models.times import shown_span
from pages._blue_box import blue_box
from pages._places import Who, page
from pages._visit import Visit
from pages._words import now
from pages.claim import event_facts
from services import claims, events, installation, programs
from services.events import EventView
from ui.my_time import MyTime, event_time
from ui.parts import esc, facts
from ui.sections import box, heading, html
from ui.sections import page as column

LONGEST = 200


@page("/events/{event_id}", who=Who.ANYONE, title="Event", nav="/events")
async def event_page(visit: Visit, event_id: int) -> None:
    view = await visit.read(events.one, event_id)
    visit.title = view.event.title
    if not visit.client.has_socket_connection:
        ui.add_head_html(_shared(view))
    with column():
        heading(view.event.title, back=("Calendar", "/events"))
        with box("columns columns--two"):
            with box("col-main"), box("sheet"):
                html(str(facts([_when(view.event), *event_facts(view)[1:]])))
                html(await _what_now(visit, view))
            with box("col-right", "aside") as right:
                right.props('aria-label="Your certification"')
                html(await blue_box(visit))
    MyTime()


def _when(event: Event) -> tuple[str, str]:
    words = shown_span(event.begins_at, event.ends_at, event.time_zone)
    return "When", event_time(event.begins_at, event.time_zone, words)


def _shared(view: EventView) -> str:
    """What a message or a search engine shows of the page: Open Graph, and schema.org's Event."""
    event, base = view.event, installation.settings().base_url.rstrip("/")
    address = f"{base}/events/{event.id}"
    about = " · ".join(
        part
        for part in (
            shown_span(event.begins_at, event.ends_at, event.time_zone),
            "Online" if event.online else event.location,
            event.description,
        )
        if part
    )[:LONGEST]
    told = {
        "og:type": "website",
        "og:site_name": programs.current().name,
        "og:title": event.title,
        "og:description": about,
        "og:url": address,
    }
    metas = "".join(f'<meta property="{name}" content="{esc(value)}">' for name, value in told.items())
    data = json.dumps(_schema(event, address), ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<meta name="description" content="{esc(about)}">{metas}<link rel="canonical" href="{esc(address)}">'
        f'<script type="application/ld+json">{data}</script>'
    )


def _schema(event: Event, address: str) -> dict[str, object]:
    mode = "OnlineEventAttendanceMode" if event.online else "OfflineEventAttendanceMode"
    place = {"@type": "VirtualLocation", "url": address} if event.online else {"@type": "Place", "name": event.location}
    return {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": event.title,
        "startDate": event.begins_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": place,
        "description": event.description,
        "organizer": {"@type": "Organization", "name": event.sponsor},
        "url": address,
    }


async def _what_now(visit: Visit, view: EventView) -> str:
    event = view.event
    if not event.has_ended(now()):
        return (
            '<p class="hint">Registration comes later. When the event has ended, you can claim its credit.</p>'
            f'<p><a class="btn btn--plain" href="/events/{event.id}.ics">Add to my calendar</a></p>'
        )
    if not view.credits:
        return '<p class="hint">This event gave no credit.</p>'
    if visit.opened_by is None:
        return f'<p><a class="btn btn--main" href="/login?next=/ce/claim/{event.id}">Sign in to claim it</a></p>'
    outlook = await visit.load(claims.outlook, event.id or 0)
    if outlook.standing is None and outlook.why_not:
        return f'<p class="hint">{esc(outlook.why_not)}</p>'
    if outlook.standing:
        return f'<p class="hint">It is in your list. <a href="/ce/credits/{outlook.standing}">See that credit</a></p>'
    return f'<p><a class="btn btn--main" href="/ce/claim/{event.id}">Claim this event</a></p>'
