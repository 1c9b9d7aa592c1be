"""Events from a file: choose it, look at what would change, import."""

from pages._places import Who, page
from pages._visit import Visit
from services import event_imports
from services.event_imports import MOST_SIGNS, Change
from ui.fields import check_field
from ui.form import Form
from ui.parts import chip, esc, notice
from ui.sections import box, button, heading, html
from ui.sections import page as column
from ui.tables import table
from ui.text_file import text_file_field

INTRO = "A CSV file with the columns of ASPeN, or an iCalendar file. What was imported before is recognized."
HINT = "title, begins, ends, time_zone, sponsor, presenter, category, credits, location, online, source; or .ics"
WORDS = {"new": "New", "changed": "Changed", "cancelled": "Cancelled", "same": "Unchanged"}


@page("/review/events/import", who=Who.COORDINATOR, title="Import events", nav="/review")
async def review_import_page(visit: Visit) -> None:
    with column():
        heading("Import events", back=("Events", "/review/events"), intro=INTRO)
        ImportForm(visit)


class ImportForm:
    """The file, what it would change, and the button that does it."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.form = visit, Form()
        with box("form"):
            self.form.summary()
            accept = ".csv,.ics,text/csv,text/calendar"
            self.file = text_file_field(
                "File", name="file", accept=accept, most=MOST_SIGNS, hint=HINT, on_read=self._preview
            )
            self.form.add(self.file)
        self.shown = html('<div role="status"></div>')
        with box("form") as self.rest:
            self.publish = check_field("Publish new events at once", name="publish", hint="Else they are drafts.")
            with box("deeds"):
                self.button = button("Import", self._import, kind="main", size="big")
        self.rest.set_visibility(False)

    async def _preview(self, name: str, text: str) -> None:
        outcome = await self.visit.act(event_imports.preview, name, text)
        self.visit.tell(outcome, self.form)
        self.rest.set_visibility(False)
        self.shown.set_content('<div role="status"></div>')
        if outcome.value is not None:
            self.form.show({})
            todo = sum(one.kind != "same" for one in outcome.value)
            self.shown.set_content(_changes(outcome.value, done=False))
            self.rest.set_visibility(todo > 0)

    async def _import(self) -> None:
        name, text = self.file.file_name, self.file.value
        outcome = await self.visit.act(event_imports.apply, name, text, publish=bool(self.publish.value))
        self.visit.tell(outcome, self.form)
        if outcome.value is not None:
            self.shown.set_content(_changes(outcome.value, done=True))
            self.rest.set_visibility(False)


def _changes(changes: list[Change], *, done: bool) -> str:
    counts = {kind: sum(one.kind == kind for one in changes) for kind in WORDS}
    words = ", ".join(f"{count} {WORDS[kind].lower()}" for kind, count in counts.items() if count)
    way = '<a href="/review/events?show=drafts">See the drafts</a>' if done else ""
    title = "Imported:" if done else "This file would bring:"
    said = notice(title, f"{words}.", kind="done" if done else "", action_html=way)
    rows = [_row(one) for one in changes]
    return (
        f'<div role="status">{said}</div>{table("What changes", {"Event": "", "What": "", "In which way": ""}, rows)}'
    )


def _row(one: Change) -> str:
    title = (
        f'<a class="title" href="/events/{one.event_id}/manage">{esc(one.title)}</a>'
        if one.event_id
        else esc(one.title)
    )
    return (
        f'<tr><td class="cell-main">{title}<p class="second">{esc(one.when)}</p></td>'
        f'<td data-label="What">{chip(WORDS[one.kind])}</td><td>{esc(one.what)}</td></tr>'
    )
