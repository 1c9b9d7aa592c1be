"""What a message or a search engine shows of an event: Open Graph, and schema.org's Event."""

import json

from models.events import Event, EventState
from models.times import shown_span
from services import installation, programs
from services.events import EventView
from ui.parts import esc

LONGEST = 200


def shared_head(view: EventView) -> str:
    """Tags for the head of its page."""
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
    status = "EventCancelled" if event.state == EventState.CANCELLED else "EventScheduled"
    mode = "OnlineEventAttendanceMode" if event.online else "OfflineEventAttendanceMode"
    place = {"@type": "VirtualLocation", "url": address} if event.online else {"@type": "Place", "name": event.location}
    return {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": event.title,
        "startDate": event.begins_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": place,
        "description": event.description,
        "organizer": {"@type": "Organization", "name": event.sponsor},
        "url": address,
    }
