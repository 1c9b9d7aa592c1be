"""What is looked for on the calendar: read from the address, written into it, and the form that asks for it."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from models.texts import typed, typed_id
from models.times import day_of_iso
from services import events, programs
from services.events import EventFilter
from ui.parts import esc

LONGEST = 100
PLACES = {"": "Everywhere", events.ONLINE: "Online", events.HERE: "At a place"}
MOST_PAGES = 9999


def wanted_of(query: dict[str, str]) -> EventFilter:
    """What an address asks for; whatever is no filter stands for none."""
    category = typed_id(query.get("category")) or 0
    place = query.get("place", "")
    return EventFilter(
        text=typed(query.get("q"))[:LONGEST],
        category_id=category if category in programs.current().categories else 0,
        place=place if place in PLACES else "",
        near=typed(query.get("near"))[:LONGEST],
        room=query.get("room") == "1",
        past=query.get("show") == "past",
        since=_day(query.get("since", "")),
    )


def month_of(query: dict[str, str]) -> date | None:
    """The first day of the month that is asked for; None for the list."""
    if query.get("show") != "month":
        return None
    return _day(query.get("month", "") + "-01") or programs.current().today().replace(day=1)


def page_of(query: dict[str, str]) -> int:
    """From 0; an address counts from 1."""
    return min(typed_id(query.get("page")) or 1, MOST_PAGES) - 1


def address(wanted: EventFilter, *, month: date | None = None, number: int = 0) -> str:
    """The address of that view, escaped for an attribute."""
    told = {
        "q": wanted.text,
        "category": str(wanted.category_id or ""),
        "place": wanted.place,
        "near": wanted.near,
        "room": "1" if wanted.room else "",
        "show": _show(wanted, month),
        "month": month.isoformat()[:7] if month else "",
        "since": wanted.since.isoformat() if wanted.since else "",
        "page": str(number + 1) if number else "",
    }
    query = urlencode({name: value for name, value in told.items() if value})
    return str(esc(f"/events?{query}" if query else "/events"))


def find_form(wanted: EventFilter, month: date | None) -> str:
    """A plain form: what was found can be sent to somebody as an address."""
    kept = {
        "show": _show(wanted, month),
        "month": month.isoformat()[:7] if month else "",
    }
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{esc(value)}">' for name, value in kept.items() if value
    )
    categories = {"": "All categories"} | {str(id_): one.name for id_, one in programs.current().categories.items()}
    cleared = replace(wanted, text="", category_id=0, place="", near="", room=False)
    clear = (
        f'<a class="btn btn--quiet" href="{address(cleared, month=month)}">Clear</a>'
        if (wanted.text or wanted.category_id or wanted.place or wanted.near or wanted.room)
        else ""
    )
    return (
        f'<form class="event-find" role="search" action="/events">{hidden}'
        + _words("Find", "q", wanted.text, kind="search")
        + _choice("Category", "category", categories, str(wanted.category_id or ""))
        + _choice("Where", "place", PLACES, wanted.place)
        + _words("City or place", "near", wanted.near)
        + ROOM.format(" checked" if wanted.room else "")
        + f'<p class="event-find-deeds"><button class="btn btn--main" type="submit">Find</button>{clear}</p></form>'
    )


def _show(wanted: EventFilter, month: date | None) -> str:
    return "month" if month else "mine" if wanted.mine else "past" if wanted.past else ""


def _words(label: str, name: str, value: str, *, kind: str = "text") -> str:
    return (
        f'<div class="field"><label class="field-label" for="event-{name}">{label}</label>'
        f'<input class="in" id="event-{name}" name="{name}" type="{kind}" maxlength="{LONGEST}" autocomplete="off" '
        f'value="{esc(value)}"></div>'
    )


def _choice(label: str, name: str, options: dict[str, str], value: str) -> str:
    drawn = "".join(
        f'<option value="{esc(key)}"{" selected" if key == value else ""}>{esc(text)}</option>'
        for key, text in options.items()
    )
    return (
        f'<div class="field"><label class="field-label" for="event-{name}">{esc(label)}</label><span class="select">'
        f'<select class="in" id="event-{name}" name="{name}">{drawn}</select>'
        f"{MARK}</span></div>"
    )


def _day(text: str) -> date | None:
    day = day_of_iso(text)
    return day if day and EARLIEST <= day <= LATEST else None


MARK = '<svg class="select-mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 6l5 5 5-5"></path></svg>'
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
ROOM = (
    '<div class="field field--check"><label class="check"><input type="checkbox" name="room" value="1"{}>'
    "<span>Has room</span></label></div>"
)
