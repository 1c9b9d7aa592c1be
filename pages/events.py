"""The calendar: coming and past events, and one of them; for everybody."""

from models.credits import counted_credits
from models.times import local_time, shown_clock, shown_day
from pages._places import Who, page
from pages._visit import Visit
from pages._words import now, sign_in_box, welcome
from pages.claim import event_facts
from services import claims, events, people
from services.events import EventsPage, EventView
from ui.parts import empty, esc, facts
from ui.sections import box, heading, html
from ui.sections import page as column


@page("/events", who=Who.ANYONE, title="Calendar")
async def events_page(visit: Visit) -> None:
    number = _page_number(visit.query.get("page", ""))
    past = visit.query.get("show") == "past"
    found = await visit.read(events.past if past else events.coming, number)
    with column():
        heading("Calendar", intro="What the state library and its partners offer, with the credit each event gives.")
        with box("columns columns--two"):
            with box("col-main"):
                html(_switch(past=past))
                html(event_list(found) if found.events else str(empty("No events here.")))
                html(_paging(found.total, number, past=past))
                html('<p class="second"><a href="/events.ics">The calendar as a file (iCalendar)</a></p>')
            with box("col-right", "aside") as right:
                right.props('aria-label="Your certification"')
                html(await _blue_box(visit))


@page("/events/{event_id}", who=Who.ANYONE, title="Event", nav="/events")
async def event_page(visit: Visit, event_id: int) -> None:
    view = await visit.read(events.one, event_id)
    visit.title = view.event.title
    with column():
        heading(view.event.title, back=("Calendar", "/events"))
        with box("columns columns--two"):
            with box("col-main"), box("sheet"):
                html(str(facts(event_facts(view))))
                html(await _what_now(visit, view))
            with box("col-right", "aside") as right:
                right.props('aria-label="Your certification"')
                html(await _blue_box(visit))


def event_list(found: EventsPage) -> str:
    """Events with a large day at the left."""
    items = []
    for view in found.events:
        event = view.event
        begins = local_time(event.begins_at, event.time_zone)
        ends = local_time(event.ends_at, event.time_zone)
        day = shown_day(begins.date())
        where = "online" if event.online else event.location
        credit = ", ".join(f"{counted_credits(value)} {name}" for name, value in view.credits) or "no credit"
        items.append(
            f'<li class="event"><p class="event-day"><span>{day.partition(", ")[0]}, {day.split(" ")[1]}</span>'
            f'<strong>{begins.day}</strong></p><div><h2 class="event-title"><a href="/events/{event.id}">'
            f'{esc(event.title)}</a></h2><p class="second">{shown_clock(begins)} to {shown_clock(ends)}'
            f"{', ' + esc(where) if where else ''}<br>{esc(credit)} · {esc(str(begins.year))}</p></div></li>"
        )
    return f'<ul class="events">{"".join(items)}</ul>'


async def _what_now(visit: Visit, view: EventView) -> str:
    event = view.event
    if not event.has_ended(now()):
        return '<p class="hint">Registration comes later. When the event has ended, you can claim its credit.</p>'
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


async def _blue_box(visit: Visit) -> str:
    if visit.opened_by is None:
        return sign_in_box()
    found = await visit.load(people.user_page)
    return welcome(visit.opened_by, found.positions[0] if found.positions else None)


def _switch(*, past: bool) -> str:
    links = [("Coming", "/events", not past), ("Past", "/events?show=past", past)]
    items = "".join(
        f'<a class="tab"{" aria-current=page" if current else ""} href="{href}">{name}</a>'
        for name, href, current in links
    )
    return f'<nav class="tabs" aria-label="Which events">{items}</nav>'


def _paging(total: int, number: int, *, past: bool) -> str:
    """Links to the pages before and after, where there are any."""
    which = "show=past&amp;" if past else ""
    links = []
    if number > 0:
        links.append(f'<a class="btn btn--plain" href="/events?{which}page={number}">Previous page</a>')
    if (number + 1) * events.PAGE < total:
        links.append(f'<a class="btn btn--plain" href="/events?{which}page={number + 2}">Next page</a>')
    return f'<p class="deeds">{"".join(links)}</p>' if links else ""


def _page_number(text: str) -> int:
    return min(int(text), 9999) - 1 if text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0 else 0  # noqa: PLR2004 -- 9999 pages
