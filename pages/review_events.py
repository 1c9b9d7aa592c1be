"""The coordinator's events: drafts, coming ones, those whose attendance is open, past ones; with their numbers."""

from models.credits import shown_credits
from models.events import EventState, RegistrationMode
from models.times import shown_span
from pages._places import Who, page
from pages._visit import Visit
from services import event_desk
from services.event_desk import PAGE
from services.event_numbers import EventNumbers
from ui.fields import text_field
from ui.parts import chip, empty, esc
from ui.sections import box, button, heading, html
from ui.sections import page as column
from ui.tables import table

TABS = {"coming": "Coming", "drafts": "Drafts", "attendance": "Attendance open", "past": "Past"}
COLUMNS = {"Event": "", "Registered": "n", "Waiting": "n wide", "Came": "n wide", "Credits": "n wide"}


@page("/review/events", who=Who.COORDINATOR, title="Events", nav="/review")
async def review_events_page(visit: Visit) -> None:
    shown = visit.query.get("show", "coming")
    shown = shown if shown in TABS else "coming"
    found = await visit.load(event_desk.listing, shown)
    with column():
        heading("Calendar events", back=("Review", "/review"))
        html(
            '<p class="deeds"><a class="btn btn--main" href="/review/events/new">Add an event</a>'
            '<a class="btn btn--plain" href="/review/events/import">Import</a>'
            '<a class="btn btn--plain" href="/review/reports">Reports</a></p>'
        )
        html(_tabs(shown, await visit.load(event_desk.open_attendance)))
        DeskList(visit, shown).show(found)


class DeskList:
    """A page of them, with words to find."""

    def __init__(self, visit: Visit, shown: str) -> None:
        self.visit, self.shown, self.number, self.text = visit, shown, 0, ""
        with box("toolbar"):
            self.find = text_field("Find", name="find", on_leave=self._find, on_enter=self._enter)
        self.table = html("")
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.following = button("Next page", lambda: self._turn(1))

    def show(self, found: tuple[list[EventNumbers], int]) -> None:
        lines, total = found
        body = [_row(one, "attendance" if self.shown == "attendance" else "manage") for one in lines]
        self.table.set_content(table("Events", COLUMNS, body) if lines else str(empty("No event here.")))
        self.paging.set_visibility(total > PAGE)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled((self.number + 1) * PAGE < total)

    async def _find(self, _name: str, text: str) -> None:
        if text == self.text:
            return
        self.text, self.number = text, 0
        await self._load()

    async def _enter(self) -> None:
        await self._find("find", self.find.value or "")

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self._load()

    async def _load(self) -> None:
        outcome = await self.visit.act(event_desk.listing, self.shown, self.text, self.number)
        self.visit.tell(outcome)
        if outcome.value:
            self.show(outcome.value)


def _tabs(shown: str, waiting: int) -> str:
    counts = {"attendance": f' <span class="count">{waiting}</span>' if waiting else ""}
    items = "".join(
        f'<a class="tab"{" aria-current=page" if key == shown else ""} href="/review/events?show={key}">{name}'
        f"{counts.get(key, '')}</a>"
        for key, name in TABS.items()
    )
    return f'<nav class="tabs tabs--below" aria-label="Which events">{items}</nav>'


def _row(one: EventNumbers, way: str) -> str:
    event = one.event
    here = event.registration == RegistrationMode.HERE
    seats = f"{one.registered} of {event.capacity}" if event.capacity else str(one.registered)
    state = f" {chip(event.state.capitalize())}" if event.state != EventState.PUBLISHED else ""
    return (
        f'<tr><td class="cell-main"><a class="title" href="/events/{event.id}/{way}">{esc(event.title)}</a>{state}'
        f'<p class="second">{esc(shown_span(event.begins_at, event.ends_at, event.time_zone))}</p></td>'
        f'<td class="n" data-label="Registered">{seats if here else "–"}</td>'
        f'<td class="n wide" data-label="Waiting">{one.waiting if here else "–"}</td>'
        f'<td class="n wide" data-label="Came">{one.came if here else "–"}</td>'
        f'<td class="n wide" data-label="Credits">{shown_credits(one.credits)}</td></tr>'
    )
