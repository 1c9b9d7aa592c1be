"""One event of the calendar: a page with an address of its own, which tells what it is where it is shared."""

from markupsafe import Markup
from nicegui import ui

from models.events import Event, EventResource, EventRole, EventState, EventType, RegistrationMode
from models.times import shown_span
from pages._blue_box import blue_box
from pages._event_shared import shared_head
from pages._places import Who, page
from pages._registration import draw_registration
from pages._visit import Visit
from pages._words import now
from pages.claim import event_facts
from services import claims, event_access, event_pages
from services.event_pages import EventPage
from services.event_people import Named
from services.events import EventView
from ui.my_time import MyTime, event_time
from ui.parts import chip, esc, facts, link, notice
from ui.sections import box, heading, html
from ui.sections import page as column


@page("/events/{event_id}", who=Who.ANYONE, title="Event", nav="/events")
async def event_page(visit: Visit, event_id: int) -> None:
    found = await visit.read(event_pages.page, event_id)
    event = found.view.event
    visit.title = event.title
    if not visit.client.has_socket_connection:
        ui.add_head_html(shared_head(found.view))
    me = visit.opened_by.person_id if visit.opened_by else None
    runs = me is not None and await visit.load(event_access.runs, event_id)
    in_it = runs or any(one.person_id == me for one in found.people)
    manage = f'<a class="btn btn--plain" href="/events/{event_id}/manage">Manage</a>' if runs else ""
    with column():
        heading(event.title, back=("Calendar", "/events"), beside=manage)
        with box("columns columns--two"):
            with box("col-main"):
                html(_cancelled(event))
                with box("sheet"):
                    html(str(facts([_when(event), *_facts(found), *_more(found, in_it=in_it)])))
                    await _draw_deeds(visit, found)
                html(_listed("Sessions", EACH, found.sessions))
                html(_dates(found.dates[:MOST_DATES]))
            with box("col-right", "aside") as right:
                right.props('aria-label="Your certification"')
                html(await blue_box(visit))
    MyTime()


async def _draw_deeds(visit: Visit, found: EventPage) -> None:
    event = found.view.event
    if event.has_ended(now()):
        html(await _claim(visit, found.view))
    elif event.takes_place:
        await draw_registration(visit, event, found.room)
        html(f'<p><a class="btn btn--plain" href="/events/{event.id}.ics">Add to my calendar</a></p>')


def _facts(found: EventPage) -> list[tuple[str, str]]:
    """Trainers who are named stand beside those who were typed."""
    presenter = found.view.event.presenter
    trainers = [one for one in found.people if one.role == EventRole.TRAINER and one.name not in presenter]
    told = ", ".join([*filter(None, [presenter]), *map(_named, trainers)])
    rows = [(name, value) for name, value in event_facts(found.view)[1:] if name != PRESENTER]
    if told:
        place = next((at for at, (name, _) in enumerate(rows) if name in AFTER_PRESENTER), len(rows))
        rows.insert(place, (PRESENTER, told))
    return rows


def _named(one: Named) -> str:
    return f"{one.name} ({one.library})" if one.library else one.name


def _more(found: EventPage, *, in_it: bool) -> list[tuple[str, str]]:
    """What ASPeN tells beside: type, people, resources, the conference it is a session of.

    Who runs the event, or is named on it, needs no seat for the link to the meeting.
    """
    event = found.view.event
    contacts = ", ".join(_named(one) for one in found.people if one.role == EventRole.CONTACT)
    told = in_it or event.registration == RegistrationMode.NONE
    open_to_all = told and event.meeting_link and event.takes_place
    rows = [
        ("Online meeting", link(event.meeting_link, event.meeting_link) if open_to_all else ""),
        ("Contact", contacts),
        ("Event type", "" if event.type == EventType.LEARNING else str(event.type)),
        ("Part of", link(found.parent.title, f"/events/{found.parent.id}") if found.parent else ""),
        ("Resources", resources_list(event.id or 0, found.resources)),
    ]
    return [(name, value) for name, value in rows if value]


def resources_list(event_id: int, resources: list[EventResource]) -> Markup:
    """Links and files, one under the other."""
    return Markup("<br>").join(
        link(one.title, one.link or f"/events/{event_id}/resources/{one.id}") for one in resources
    )


def _cancelled(event: Event) -> str:
    if event.state != EventState.CANCELLED:
        return ""
    return str(notice("This event was cancelled.", event.cancel_reason, kind="wrong"))


def _listed(title: str, intro: str, events: list[Event]) -> str:
    if not events:
        return ""
    items = "".join(
        f'<li class="line"><div><a href="/events/{one.id}">{esc(one.title)}</a><p class="second">'
        f"{esc(shown_span(one.begins_at, one.ends_at, one.time_zone))}</p></div>"
        f"{chip('Cancelled') if one.state == EventState.CANCELLED else ''}</li>"
        for one in events
    )
    return f'<section class="block"><h2>{title}</h2>{intro}<ul class="lines">{items}</ul></section>'


def _dates(events: list[Event]) -> str:
    if not events:
        return ""
    spans = [(one.id, shown_span(one.begins_at, one.ends_at, one.time_zone)) for one in events]
    items = "".join(f'<li class="line"><a href="/events/{number}">{esc(span)}</a></li>' for number, span in spans)
    return f'<section class="block"><h2>Other dates</h2><ul class="lines">{items}</ul></section>'


def _when(event: Event) -> tuple[str, str]:
    words = shown_span(event.begins_at, event.ends_at, event.time_zone)
    return "When", event_time(event.begins_at, event.ends_at, event.time_zone, words)


async def _claim(visit: Visit, view: EventView) -> str:
    event = view.event
    if not event.takes_place:
        return ""
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


MOST_DATES = 12
PRESENTER, AFTER_PRESENTER = "Trainer/Presenter", ("Credits", "Together", "Description", "Link")
EACH = '<p class="intro">Each gives its own credit.</p>'
