"""Events as a list with a large day at the left, and what is left of their seats."""

from datetime import datetime

from models.credits import counted_credits
from models.events import EventState
from models.times import local_time, shown_clock, shown_day
from pages._words import now
from services import programs
from services.events import EventsPage, EventView
from ui.my_time import event_time
from ui.parts import chip, esc

GONE = f" {chip('Cancelled')}"


def event_list(found: EventsPage) -> str:
    """The year stands beside days of another one."""
    this_year = programs.current().today().year
    return f'<ul class="events">{"".join(_item(view, this_year) for view in found.events)}</ul>'


def _item(view: EventView, this_year: int) -> str:
    event = view.event
    begins, ends = (local_time(at, event.time_zone) for at in (event.begins_at, event.ends_at))
    day, hours = shown_day(begins.date()), f"{shown_clock(begins)} to {shown_clock(ends)}"
    year = "" if begins.year == this_year else f"<span>{begins.year}</span>"
    gone = GONE if event.state == EventState.CANCELLED else ""
    mine = f" {chip(view.mine.capitalize())}" if view.mine else ""
    when = event_time(event.begins_at, event.ends_at, event.time_zone, hours)
    where = "online" if event.online else event.location
    credit = ", ".join(f"{counted_credits(value)} {name}" for name, value in view.credits) or "no credit"
    return (
        f'<li class="event"><p class="event-day"><span>{day.partition(", ")[0]}, {day.split(" ")[1]}</span>'
        f'<strong>{begins.day}</strong>{year}</p><div><h2 class="event-title"><a href="/events/{event.id}">'
        f'{esc(event.title)}</a>{gone}{mine}</h2><p class="second">{when}'
        f"{', ' + esc(where) if where else ''}<br>{esc(credit)}{_seats(view, now())}</p></div></li>"
    )


def _seats(view: EventView, moment: datetime) -> str:
    event = view.event
    if view.room is None or not event.takes_place or event.has_ended(moment):
        return ""
    closes, left = event.registration_closes_at, view.room.left
    if closes is not None and moment >= closes:
        words = "Registration closed"
    elif left is None:
        words = "Registration open"
    else:
        words = f"{left} seat{'' if left == 1 else 's'} left" if left else "Full: waiting list"
    return f' · <span class="event-seats">{words}</span>'
