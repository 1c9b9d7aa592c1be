"""Create New Independent Learning Event, and the same form to change or correct one."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from models.entries import LONGEST_TEXT, LONGEST_TITLE
from models.errors import LikelyDuplicate, Problems
from pages._conversion_form import ConversionFields
from pages._places import Who, page
from pages._visit import Outcome, Visit
from services import conversions, drafts, event_entries, independent_events, programs
from ui.fields import Field, check_field, choice_field, text_field
from ui.form import Form
from ui.parts import esc
from ui.sections import box, button, heading, html
from ui.sections import page as column

Save = Callable[[dict[str, object], bool], Awaitable[Outcome[Any]]]
KEEP = "It is a different event. Save it as well."


@page("/ce/events/new", who=Who.SIGNED_IN, title="Create New Independent Learning Event", nav="/ce")
async def new_event_page(visit: Visit) -> None:
    draft = await visit.load(drafts.kept, independent_events.FORM)
    with column(narrow=True):
        heading("Create New Independent Learning Event", back=("Continuing Education Control Panel", "/ce"))
        html(
            '<p class="intro">Fields with a red asterisk <span class="req" aria-hidden="true">*</span> are required. '
            "The state library reviews the event; when it is approved, the credit counts.</p>"
        )

        async def save(values: dict[str, object], different: bool) -> Outcome[Any]:
            outcome = await visit.act(independent_events.save, values, different=different)
            if outcome.done:
                ui.navigate.to(f"/ce/credits?saved={outcome.value}")
            return outcome

        kept = (str(draft.get("transcript") or ""), "your transcript")
        form = EventForm(visit, draft, save, draft_key=independent_events.FORM, computed=True, transcript=kept)
        if draft:
            form.tell_draft()


class EventForm:
    """The fields of an independent event. Each is kept as a draft on leaving it, so nothing typed is lost."""

    def __init__(
        self,
        visit: Visit,
        values: dict[str, Any],
        save: Save,
        *,
        draft_key: str = "",
        reason: bool = False,
        computed: bool = False,
        transcript: tuple[str, str] = ("", ""),
        deed: str = "SAVE",
        cancel: str = "/ce",
    ) -> None:
        self.visit, self.values, self.save, self.draft_key = visit, values, save, draft_key
        self.duplicate_of: tuple[int, ...] = ()
        self.computed, self.transcript = computed and bool(conversions.offered()), transcript
        self.form = Form()
        with box("form"):
            self.draft_note = ui.element("div")
            self.form.summary()
            with box("notice notice--dup") as self.duplicates:
                self.duplicate_text = html("")
                self.different = check_field(KEEP, name="different")
            self.duplicates.set_visibility(False)
            self._draw_event()
            self._draw_credit()
            self._draw_more()
            if reason:
                self._text(
                    "Reason",
                    "reason",
                    kind="area",
                    required=True,
                    hint="The person reads it beside the credit and in a letter.",
                )
            with box("deeds"):
                self.button = button(deed, self._save, kind="main", size="big")
                html(f'<a class="btn btn--quiet" href="{esc(cancel)}">Cancel</a>')

    def tell_draft(self) -> None:
        """Says that what was typed before is here again, with a way to start anew."""
        with self.draft_note, box("notice"):
            html("<p>What you typed before is here again. Nothing is saved until you press SAVE.</p>")
            button("Start with an empty form", self._discard, kind="quiet")

    def _draw_event(self) -> None:
        html("<h2>The event</h2>")
        self._text("Event Title", "title", required=True, max_length=LONGEST_TITLE)
        for which, name in (("Begin", "begin"), ("End", "end")):
            fields = [
                self._text(f"{which} Date", f"{name}_date", kind="date", required=True),
                self._text(f"{which} Time", f"{name}_time", kind="time", required=True),
            ]
            self.form.pair(*fields, name=f"{name}s")
        zone = programs.current().time_zone.partition("/")[2].replace("_", " ")
        html(f'<p class="hint">Times are those of {esc(zone)}.</p>')
        self._text("Sponsor", "sponsor", required=True, hint="Who offered it", max_length=LONGEST_TITLE)
        self._text("Trainer/Presenter Name", "presenter", required=True, max_length=LONGEST_TITLE)

    def _draw_credit(self) -> None:
        html("<h2>The credit</h2>")
        categories = {category.key: category.name for category in programs.current().categories.values()}
        self.form.add(
            choice_field(
                "CE Category",
                name="category",
                options=categories,
                value=self._value("category"),
                required=True,
                placeholder="Choose a category",
                on_leave=self._left,
            )
        )
        converted = None
        if self.computed:
            converted = ConversionFields(self.form, self.values, self._left, self.transcript)
        credits = self._text(
            "Credit Value",
            "credits",
            kind="decimal",
            required=True,
            suffix="credits",
            hint="One hour is 1 credit; .5 is the smallest.",
        )
        if converted:
            converted.stand_for(credits)
        self.remark = html('<div role="status"></div>')

    def _draw_more(self) -> None:
        html('<h2>More about it <span class="optional">(optional)</span></h2>')
        self._text(
            "Description",
            "description",
            kind="area",
            max_length=LONGEST_TEXT,
            hint="A few sentences help whoever reviews and verifies your record.",
        )
        self._text("Location", "location", max_length=LONGEST_TITLE)
        self._text("Link", "link", kind="url", placeholder="https://")
        self.form.add(
            check_field(
                "Email on Assigned Credit",
                name="email",
                value=bool(self.values.get("email")),
                on_leave=self._left,
                hint="A letter when the credit is approved.",
            )
        )

    def _text(self, label: str, name: str, **more: Any) -> Field:
        return self.form.add(text_field(label, name=name, value=self._value(name), on_leave=self._left, **more))

    def _value(self, name: str) -> str:
        return str(self.values.get(name) or "")

    async def _left(self, name: str, value: str | bool) -> None:
        """A field was left: keep it, and say so if the credit is more than the event is long."""
        if self.draft_key:
            await self.visit.act(drafts.keep, self.draft_key, name, value)
        if name in {"credits", "begin_date", "begin_time", "end_date", "end_time"}:
            self._show_remark()

    def _show_remark(self) -> None:
        try:
            remark = event_entries.read({**COMPLETE, **self.form.values()}).remark
        except Problems:
            remark = ""
        text = f'<p class="notice notice--dup">{esc(remark)}</p>' if remark else ""
        self.remark.set_content(f'<div role="status">{text}</div>')

    async def _save(self) -> None:
        self.button.disable()
        outcome = await self.save(self.form.values(), self.different.value and bool(self.duplicate_of))
        if outcome.done:
            return
        self.button.enable()
        if isinstance(outcome.refusal, LikelyDuplicate):
            self._show_duplicates(outcome.refusal)
        else:
            self.visit.tell(outcome, self.form)
        self._show_remark()

    def _show_duplicates(self, found: LikelyDuplicate) -> None:
        self.form.clear()
        self.duplicate_of = found.claim_ids
        self.different.value = False
        items = "".join(
            f'<p>{esc(sentence)} <a href="/ce/credits/{claim_id}">See that credit</a></p>'
            for sentence, claim_id in zip(found.sentences, found.claim_ids, strict=True)
        )
        self.duplicate_text.set_content(
            f'<div id="duplicate" tabindex="-1" role="alert"><h2>This looks like a duplicate</h2>{items}</div>'
        )
        self.duplicates.set_visibility(True)
        ui.run_javascript("requestAnimationFrame(() => document.getElementById('duplicate')?.focus())")

    async def _discard(self) -> None:
        await self.visit.act(drafts.discard, self.draft_key)
        ui.navigate.to("/ce/events/new?fresh=1")


COMPLETE = {"title": "-", "sponsor": "-", "presenter": "-", "category": "administration", "description": "", "link": ""}
