"""An event of the calendar: a new one, a session of a conference, and the form that changes one."""

from typing import Any

from nicegui import ui

from models.errors import Overtaken
from pages._event_form import LATER, CalendarForm, fresh_values
from pages._places import Who, page
from pages._visit import Outcome, Visit
from services import (
    drafts,
    event_changes,
    event_forms,
    event_pages,
)
from ui.parts import esc
from ui.sections import button, heading, html
from ui.sections import page as column


@page("/review/events/new", who=Who.COORDINATOR, title="Add an event", nav="/review")
async def new_event_page(visit: Visit) -> None:
    with column(narrow=True):
        heading("Add an event", back=("Events", "/review/events"), intro="It is a draft until you publish it.")
        await _draw_new(visit, None, fresh_values(), "/review/events")


@page("/events/{event_id}/sessions/new", who=Who.SIGNED_IN, title="Add a session", nav="/events")
async def new_session_page(visit: Visit, event_id: int) -> None:
    """A session begins where its conference does, with its sponsor and place."""
    found = await visit.load(event_forms.show, event_id)
    taken = ("begin_date", "end_date", "time_zone", "sponsor", "location", "online", "type")
    with column(narrow=True):
        heading("Add a session", back=(found.event.title, f"/events/{event_id}/manage"))
        values = {**fresh_values(), **{name: found.values[name] for name in taken}}
        await _draw_new(visit, event_id, values, f"/events/{event_id}/manage")


@page("/events/{event_id}/edit", who=Who.SIGNED_IN, title="Edit the event", nav="/events")
async def edit_event_page(visit: Visit, event_id: int) -> None:
    found = await visit.load(event_forms.show, event_id)
    room = (await visit.load(event_pages.desk, event_id)).room
    key = event_forms.form_of(event_id)
    draft = await visit.load(drafts.kept, key)
    back, was = f"/events/{event_id}/manage", dict(found.values)

    async def save(values: dict[str, object]) -> Outcome[Any]:
        later = bool(values.pop(LATER, False))
        outcome = await visit.act(event_changes.change, event_id, values, later=later, was=was)
        if isinstance(outcome.refusal, Overtaken):
            was.update(outcome.refusal.now)  # saved again, what this person typed stands
        if outcome.done:
            ui.navigate.to(f"{back}?told={outcome.value or 0}")
        return outcome

    with column(narrow=True):
        heading("Edit the event", back=(found.event.title, back))
        if room.seated or room.waiting:
            waiting = f" and {room.waiting} waiting" if room.waiting else ""
            told = f"{room.seated} registered{waiting}: they get a letter when time or place changes."
            html(f'<p class="notice">{esc(told)}</p>')
        if found.locked:
            html(f'<p class="notice">{esc(found.locked)}</p>')
        _tell_draft(visit, draft, key, f"/events/{event_id}/edit?fresh=1")
        shown = {**found.values, **draft}
        CalendarForm(visit, shown, save, draft_key=key, deed="Save", back=back, later=found.later)


async def _draw_new(visit: Visit, parent_id: int | None, values: dict[str, Any], back: str) -> None:
    key = event_forms.form_of(None, parent_id)
    draft = await visit.load(drafts.kept, key)

    async def save(typed: dict[str, object]) -> Outcome[Any]:
        outcome = await visit.act(event_changes.add, typed, parent_id)
        if outcome.done:
            ui.navigate.to(f"/events/{outcome.value}/manage")
        return outcome

    here = f"/events/{parent_id}/sessions/new" if parent_id else "/review/events/new"
    _tell_draft(visit, draft, key, f"{here}?fresh=1")
    CalendarForm(visit, {**values, **draft}, save, draft_key=key, deed="Save the draft", back=back)


def _tell_draft(visit: Visit, draft: dict[str, Any], key: str, fresh: str) -> None:
    """Says that what was typed before is here again, with a way to start anew."""
    if not draft:
        return

    async def discard() -> None:
        await visit.act(drafts.discard, key)
        ui.navigate.to(fresh)

    with ui.element("div").classes("notice"):
        html("<p>What you typed before is here again. Nothing is saved until you press the button below.</p>")
        button("Start anew", discard, kind="quiet")
