"""An event as whoever runs it sees it: publish, copy, repeat, cancel; its people, resources and sessions."""

from functools import partial

from nicegui import ui

from models.credits import shown_credits
from models.events import Event, EventState, RegistrationMode
from models.times import shown_span
from pages._event_named import draw_people, draw_resources
from pages._history import draw_history
from pages._places import Who, page
from pages._registration import room_words
from pages._visit import Visit
from pages._words import now
from services import (
    event_copies,
    event_pages,
    event_states,
    live,
)
from services.event_pages import EventPage
from ui.dialogs import ReasonDialog, confirm
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.parts import chip, empty, esc, facts
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/events/{event_id}/manage", who=Who.SIGNED_IN, title="Manage the event", nav="/review")
async def event_manage_page(visit: Visit, event_id: int) -> None:
    found = await visit.load(event_pages.desk, event_id)
    event = found.view.event
    visit.title = event.title
    back = ("Events", "/review/events") if visit.actor.is_coordinator else ("Calendar", "/events")
    with column():
        heading(event.title, back=back, beside=str(chip(event.state.capitalize())))
        if said := _said(dict(visit.query)):
            html(f'<p class="notice" role="status">{esc(said)}</p>')
        numbers = html(_numbers(found))
        _draw_ways(visit, found)
        EventDeeds(visit, event, found.later).draw()
        _draw_dates(found)
        if event.parent_id is None:
            _draw_sessions(found)
        draw_people(visit, event_id, found.people)
        draw_resources(visit, event_id, found.resources)
        await draw_history(visit, "event", event_id)

    async def again(*_facts: object) -> None:
        numbers.set_content(_numbers(await visit.load(event_pages.desk, event_id)))

    visit.keep_fresh(live.registrations_changed, again, key=event_id)


def _said(query: dict[str, str]) -> str:
    """What came of the deed before, from the address."""
    told, made = query.get("told", ""), query.get("made", "")
    if told == "0":
        return "Saved."
    if told.isdecimal():
        letters = "1 letter goes" if told == "1" else f"{told} letters go"
        return f"Saved. {letters} out to those who are registered or wait."
    if made == "0":
        return "Nothing was added: its series has these dates already."
    if made.isdecimal():
        return f"{made} more {'was' if made == '1' else 'were'} added."
    return ""


def _numbers(found: EventPage) -> str:
    event = found.view.event
    rows = [
        ("When", shown_span(event.begins_at, event.ends_at, event.time_zone)),
        ("Where", event.location or ("Online" if event.online else "not said")),
        ("Credits", "; ".join(f"{shown_credits(value)} {name}" for name, value in found.view.credits) or "none"),
        ("Registered", room_words(event, found.room) if event.registration == RegistrationMode.HERE else "not here"),
    ]
    if event.registration == RegistrationMode.HERE and event.attendance_closed_at is not None:
        rows.append(("Attendance", "closed"))
    if event.cancel_reason:
        rows.append(("Cancelled", event.cancel_reason))
    return str(facts(rows))


def _draw_ways(visit: Visit, found: EventPage) -> None:
    event = found.view.event
    base = f"/events/{event.id}"
    ways = [("Edit", f"{base}/edit", event.state != EventState.CANCELLED)]
    if event.registration == RegistrationMode.HERE:
        ways += [
            ("Attendance", f"{base}/attendance", event.state == EventState.PUBLISHED),
            ("Registrations to Excel", f"{base}/registrations.xlsx", True),
            ("Sign-in sheet (PDF)", f"{base}/sign-in-sheet.pdf", True),
        ]
    ways.append(("See it as others do", base, event.is_public))
    links = "".join(f'<a class="btn btn--plain" href="{href}">{name}</a>' for name, href, shown in ways if shown)
    html(f'<p class="deeds">{links}</p>')


class EventDeeds:
    """What changes the event's state, or makes others of it."""

    def __init__(self, visit: Visit, event: Event, later: int) -> None:
        self.visit, self.event, self.number = visit, event, event.id or 0
        self.later = f"and {later} later one{'' if later == 1 else 's'}" if later else ""
        self.dialog, self.form = ReasonDialog(keep="Keep it"), Form()

    def draw(self) -> None:
        event, coordinator = self.event, self.visit.actor.is_coordinator
        with box("deeds"):
            if event.state == EventState.DRAFT:
                button("Publish", self._publish, kind="main")
                if self.later:
                    button(f"Publish it {self.later}", partial(self._publish, later=True))
                button("Discard the draft", self._discard, kind="brick")
            if coordinator:
                button("Copy", self._copy)
            if event.state == EventState.PUBLISHED and not event.has_ended(now()):
                button("Cancel the event", self._cancel, kind="brick")
                if self.later:
                    button(f"Cancel it {self.later}", partial(self._cancel, later=True), kind="brick")
        if coordinator and event.parent_id is None and event.state != EventState.CANCELLED:
            with section("Repeat it", intro="The same again, at the same hour; each is an event of its own."):
                self._draw_repeat()

    def _draw_repeat(self) -> None:
        every = {"week": "Every week", "two weeks": "Every two weeks", "month": "Every month"}
        with box("form form--row"):
            self.form.summary()
            self.form.add(choice_field("How often", name="every", options=every, value="week", required=True))
            self.form.add(text_field("How many more times", name="times", value="1", required=True, kind="decimal"))
            button("Repeat", self._repeat)

    async def _publish(self, *, later: bool = False) -> None:
        outcome = await self.visit.act(event_states.publish, self.number, later=later)
        self.visit.tell(outcome)
        if outcome.done:
            ui.navigate.to(f"/events/{self.number}")

    async def _discard(self) -> None:
        if await confirm("Discard this draft?", "Nobody else has seen it. It is gone for good.", "Discard", grave=True):
            outcome = await self.visit.act(event_states.discard, self.number)
            self.visit.tell(outcome)
            if outcome.done:
                ui.navigate.to("/review/events")

    async def _copy(self) -> None:
        outcome = await self.visit.act(event_copies.copy, self.number)
        self.visit.tell(outcome)
        if outcome.done:
            ui.navigate.to(f"/events/{outcome.value}/edit")

    async def _repeat(self) -> None:
        outcome = await self.visit.act(event_copies.repeat, self.number, self.form.values())
        self.visit.tell(outcome, self.form)
        if outcome.done:
            ui.navigate.to(f"/events/{self.number}/manage?made={outcome.value}")

    async def _cancel(self, *, later: bool = False) -> None:
        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(event_states.cancel, self.number, reason, later=later)
            return None if outcome.done else outcome.sentence

        title = f"Cancel this event {self.later}?" if later else "Cancel this event?"
        words = f"Cancel it {self.later}" if later else "Cancel the event"
        hint = "Everybody who is registered or waits reads it in a letter, at once."
        if await self.dialog.settle(title, deed, deed=words, grave=True, hint=hint):
            ui.navigate.to(f"/events/{self.number}")


def _draw_dates(found: EventPage) -> None:
    if found.dates:
        with section("Other dates", intro="The coming ones of its series."):
            html(f'<ul class="lines">{"".join(map(_date, found.dates))}</ul>')


def _draw_sessions(found: EventPage) -> None:
    with section("Sessions", intro="For a conference: each session is claimed by itself."):
        items = "".join(map(_session, found.sessions))
        html(f'<ul class="lines">{items}</ul>' if items else str(empty("No sessions: it is one event.")))
        html(f'<p><a class="btn btn--plain" href="/events/{found.view.event.id}/sessions/new">Add a session</a></p>')


def _session(one: Event) -> str:
    when = shown_span(one.begins_at, one.ends_at, one.time_zone)
    return (
        f'<li class="line"><div><a href="/events/{one.id}/manage">{esc(one.title)}</a>'
        f'<p class="second">{esc(when)}</p></div>{chip(one.state.capitalize())}</li>'
    )


def _date(one: Event) -> str:
    when = shown_span(one.begins_at, one.ends_at, one.time_zone)
    return f'<li class="line"><a href="/events/{one.id}/manage">{esc(when)}</a>{chip(one.state.capitalize())}</li>'
