"""The form of an event of the calendar; each field is kept as a draft on leaving it."""

from collections.abc import Awaitable, Callable
from typing import Any

from models.calendar_entries import CREDITS
from models.entries import LONGEST_TEXT, LONGEST_TITLE
from models.events import EventType, RegistrationMode
from pages._visit import Outcome, Visit
from services import drafts, programs
from ui.fields import Field, check_field, choice_field, text_field
from ui.form import Form
from ui.parts import esc
from ui.sections import box, button, html

LATER = "later"
Save = Callable[[dict[str, object]], Awaitable[Outcome[Any]]]
MODES = {
    RegistrationMode.NONE.value: "Registration not necessary",
    RegistrationMode.HERE.value: "Register here",
    RegistrationMode.ELSEWHERE.value: "Register elsewhere, by a link",
}
ZONES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain, no daylight saving (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}


def fresh_values() -> dict[str, Any]:
    """A form that nobody has typed into."""
    program = programs.current()
    return {
        "type": EventType.LEARNING.value,
        "time_zone": program.time_zone,
        "sponsor": program.name,
        "registration": RegistrationMode.HERE.value,
    }


class CalendarForm:
    """Six short parts; mistakes are told at their field and lose nothing."""

    def __init__(
        self, visit: Visit, values: dict[str, Any], save: Save, *, draft_key: str, deed: str, back: str, later: int = 0
    ) -> None:
        self.visit, self.values, self.save, self.draft_key = visit, values, save, draft_key
        self.form = Form()
        with box("form"):
            self.form.summary()
            self._draw_event()
            self._draw_place()
            self._draw_registration()
            self._draw_credit()
            if later:
                self._draw_series(later)
            with box("deeds"):
                self.button = button(deed, self._save, kind="main", size="big")
                html(f'<a class="btn btn--quiet" href="{esc(back)}">Cancel</a>')

    def _draw_event(self) -> None:
        html("<h2>The event</h2>")
        hint = "Select the type of event that best describes the event."
        self._choice("Event Type", "type", {one.value: one.value for one in EventType}, hint=hint)
        self._text("Event Title", "title", required=True, max_length=LONGEST_TITLE)
        for which, name in (("Begin", "begin"), ("End", "end")):
            fields = [
                self._text(f"{which} Date", f"{name}_date", kind="date", required=True),
                self._text(f"{which} Time", f"{name}_time", kind="time", required=True),
            ]
            self.form.pair(*fields, name=f"{name}s")
        zones = dict.fromkeys((*ZONES, programs.current().time_zone, self._value("time_zone")))
        shown = {zone: ZONES.get(zone, zone.replace("_", " ")) for zone in zones if zone}
        self._choice("Time zone", "time_zone", shown, hint="The times above are those of this place.")
        self._text("Description", "description", kind="area", max_length=LONGEST_TEXT)
        self._text("Sponsor", "sponsor", max_length=LONGEST_TITLE)
        self._text("Trainer/Presenter Name", "presenter", max_length=LONGEST_TITLE)
        self._text("Link", "link", kind="url", hint="A page about it, if there is one", placeholder="https://")

    def _draw_place(self) -> None:
        html("<h2>Where</h2>")
        self._text("Location", "location", hint="The place with its address", max_length=LONGEST_TITLE)
        self._check("It is online", "online")
        hint = "Where one registers here, only those who have a seat see it."
        self._text("Online Meeting URL", "meeting_link", kind="url", hint=hint, placeholder="https://")

    def _draw_registration(self) -> None:
        html("<h2>Registration</h2>")
        self._choice("Registration", "registration", MODES)
        self._text("Link to register", "registration_link", kind="url", placeholder="https://")
        hint = "Empty for no limit. When all are taken, a waiting list begins."
        self._text("Seats", "capacity", kind="decimal", hint=hint)
        fields = [
            self._text("Registration closes on", "closes_date", kind="date"),
            self._text("Registration closes at", "closes_time", kind="time"),
        ]
        self.form.pair(*fields, name="closes")
        hint = "A line each; an asterisk at the end makes the answer required."
        self._text("Questions to those who register", "questions", kind="area", hint=hint)

    def _draw_credit(self) -> None:
        html("<h2>Continuing Education Credit(s)</h2>")
        for category in programs.current().categories.values():
            self._text(category.name, CREDITS + category.key, kind="decimal", suffix="credits")

    def _draw_series(self, later: int) -> None:
        html("<h2>Its series</h2>")
        one = later == 1
        label = f"Change the {'later one' if one else f'{later} later ones'}, too"
        hint = "Only what you change here is changed there. Each keeps its own day, and all else."
        self.form.add(check_field(label, name=LATER, hint=hint))

    def _text(self, label: str, name: str, **more: Any) -> Field:
        return self.form.add(text_field(label, name=name, value=self._value(name), on_leave=self._left, **more))

    def _choice(self, label: str, name: str, options: dict[str, str], hint: str = "") -> None:
        value = self._value(name)
        field = choice_field(
            label, name=name, options=options, value=value, hint=hint, required=True, on_leave=self._left
        )
        self.form.add(field)

    def _check(self, label: str, name: str) -> None:
        self.form.add(check_field(label, name=name, value=bool(self.values.get(name)), on_leave=self._left))

    def _value(self, name: str) -> str:
        return str(self.values.get(name) or "")

    async def _left(self, name: str, value: str | bool) -> None:
        await self.visit.act(drafts.keep, self.draft_key, name, value)

    async def _save(self) -> None:
        self.button.disable()
        outcome = await self.save(self.form.values())
        if not outcome.done:
            self.button.enable()
            self.visit.tell(outcome, self.form)
