"""The calendar: coming and past events as a list or a month, filtered; for everybody."""

from dataclasses import replace
from datetime import date

from models.events import Event, EventState
from models.times import shown_day, shown_span
from pages._blue_box import blue_box
from pages._event_find import address, find_form, month_of, page_of, wanted_of
from pages._event_list import event_list
from pages._event_month import event_month
from pages._places import Who, page
from pages._visit import Visit
from services import event_desk, events, programs
from services.events import EventFilter, EventsPage
from ui.my_time import MyTime
from ui.parts import chip, empty, esc
from ui.sections import box, heading, html
from ui.sections import page as column

NOTHING = "No event fits. Look for fewer words, or clear the filters."
INTRO = "What the state library and its partners offer, with the credit each event gives."


@page("/events", who=Who.ANYONE, title="Calendar")
async def events_page(visit: Visit) -> None:
    query = dict(visit.query)
    wanted, month, number = wanted_of(query), month_of(query), page_of(query)
    if query.get("show") == "mine" and visit.opened_by is not None:
        wanted = replace(wanted, mine=visit.opened_by.person_id)
    if month:
        shown = event_month(await visit.read(events.month, wanted, month), wanted)
    else:
        shown = _listed(await visit.read(events.listing, wanted, number), wanted, number)
    with column():
        heading("Calendar", intro=INTRO)
        with box("columns columns--two") if month is None else box("month-alone"):
            with box("col-main"):
                html(_switch(wanted, month, signed_in=visit.opened_by is not None))
                html(find_form(wanted, month))
                html(shown)
                if wanted.mine:
                    html(_editable(await visit.load(event_desk.editable)))
                html('<p class="second"><a href="/events.ics">The calendar as a file (iCalendar)</a></p>')
            if month is None:
                with box("col-right", "aside") as right:
                    right.props('aria-label="Your certification"')
                    html(await blue_box(visit))
    MyTime()


def _listed(found: EventsPage, wanted: EventFilter, number: int) -> str:
    since = f" from {shown_day(wanted.since)} on" if wanted.since else ""
    count = f"{found.total} event{'' if found.total == 1 else 's'}{since}."
    drawn = event_list(found) if found.events else str(empty(NOTHING))
    return f'<p class="second" role="status">{count}</p>{drawn}{_paging(found.total, number, wanted)}'


def _editable(found: list[Event]) -> str:
    """What somebody was allowed to run beside the coordinators; drafts are found nowhere else."""
    if not found:
        return ""
    items = "".join(
        f'<li class="line"><div><a href="/events/{one.id}/manage">{esc(one.title)}</a>'
        f'<p class="second">{esc(shown_span(one.begins_at, one.ends_at, one.time_zone))}</p></div>'
        f"{chip('Draft') if one.state == EventState.DRAFT else ''}</li>"
        for one in found
    )
    return f'<section class="block"><h2>Events you run</h2><ul class="lines">{items}</ul></section>'


def _switch(wanted: EventFilter, month: date | None, *, signed_in: bool) -> str:
    kept = replace(wanted, past=False, since=None, mine=0)
    links = [
        ("Coming", address(kept), not (wanted.past or month or wanted.mine)),
        ("Past", address(replace(kept, past=True)), wanted.past and not month),
        ("Month", address(kept, month=month or _this_month()), month is not None),
    ]
    if signed_in:
        links.append(("Mine", address(replace(kept, mine=1)), bool(wanted.mine)))
    items = "".join(
        f'<a class="tab"{" aria-current=page" if current else ""} href="{href}">{name}</a>'
        for name, href, current in links
    )
    return f'<nav class="tabs" aria-label="Which events">{items}</nav>'


def _this_month() -> date:
    return programs.current().today().replace(day=1)


def _paging(total: int, number: int, wanted: EventFilter) -> str:
    """Links to the pages before and after, where there are any."""
    links = []
    if number > 0:
        links.append(f'<a class="btn btn--plain" href="{address(wanted, number=number - 1)}">Previous page</a>')
    if (number + 1) * events.PAGE < total:
        links.append(f'<a class="btn btn--plain" href="{address(wanted, number=number + 1)}">Next page</a>')
    return f'<p class="deeds">{"".join(links)}</p>' if links else ""
