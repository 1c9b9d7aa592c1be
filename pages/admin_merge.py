"""Two records of one person: found, compared, merged."""

import asyncio

from nicegui import background_tasks, ui

from pages._places import Who, page
from pages._visit import Visit
from services import directory, merges
from services.directory import PersonLine
from services.merges import Preview
from ui.dialogs import ReasonDialog
from ui.fields import text_field
from ui.parts import empty, esc, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/admin/people/{person_id}/merge", who=Who.OFFICE, title="Merge two records", nav="/admin/people")
async def merge_page(visit: Visit, person_id: int) -> None:
    found = await visit.load(directory.others, person_id, "")
    name = await visit.load(directory.name_of, person_id)
    with column(narrow=True):
        heading(
            "Merge two records",
            back=(name, f"/admin/people/{person_id}"),
            intro=f"This record of {name} is kept. Everything of the other one goes into it.",
        )
        MergeView(visit, person_id).show(found)


class MergeView:
    """The search for the other record, and what merging it would do."""

    def __init__(self, visit: Visit, person_id: int) -> None:
        self.visit, self.person_id, self.typed = visit, person_id, ""
        self.dialog = ReasonDialog()
        with section("The other record"):
            find = text_field("Find", name="find", hint="Name, e-mail or library")
            self.found = ui.element("div")
        self.compared = ui.element("div").props("aria-live=polite")
        find.on_value_change(lambda event: self._type(event.value or ""))

    def show(self, found: list[PersonLine]) -> None:
        self.found.clear()
        with self.found:
            if not found:
                html(str(empty("Nobody fits. Search by another word.")))
                return
            with box("lines", "ul"):
                for one in found:
                    self._draw_line(one)

    def _draw_line(self, one: PersonLine) -> None:
        async def compare() -> None:
            outcome = await self.visit.act(merges.preview, self.person_id, one.id)
            self.visit.tell(outcome)
            if outcome.value is not None:
                self._compare(outcome.value)

        with box("line", "li"):
            more = "; ".join(filter(None, (one.email, *one.positions))) or "nothing else is known"
            html(f'{esc(one.name)}<p class="second">{esc(more)}</p>')
            button("Compare", compare).props(f'aria-label="Compare: {esc(one.name)}, {esc(one.email)}"')

    def _compare(self, seen: Preview) -> None:
        self.compared.clear()
        with self.compared, section(f"What happens to the record of {seen.merged.name}"):
            goes = "".join(f"<li>{esc(line)}</li>" for line in seen.moves) or "<li>Nothing: it is empty</li>"
            stays = "".join(f"<li>{esc(line)}</li>" for line in seen.stays)
            html(f"<h3>Goes over</h3><ul>{goes}</ul>" + (f"<h3>Know this</h3><ul>{stays}</ul>" if stays else ""))
            html("<p>The other record is closed. While nothing of it has been changed, this can be undone.</p>")
            if seen.obstacle:
                html(str(notice("Not yet", seen.obstacle)))
                return
            with box("deeds"):
                button("Merge", lambda: self._merge(seen), kind="brick")
        ui.run_javascript("document.querySelector('[aria-live] h2')?.scrollIntoView({block: 'nearest'})")

    async def _merge(self, seen: Preview) -> None:
        async def act(reason: str) -> str | None:
            outcome = await self.visit.act(merges.merge, self.person_id, seen.merged.id or 0, reason)
            return None if outcome.done else outcome.sentence

        title = f"Merge the record of {seen.merged.name} into that of {seen.kept.name}?"
        if await self.dialog.settle(
            title, act, deed="Merge", hint="How do you know that it is one person?", grave=True
        ):
            ui.navigate.to(f"/admin/people/{self.person_id}")

    def _type(self, text: str) -> None:
        self.typed = text.strip()[:100]

        async def search(typed: str) -> None:
            await asyncio.sleep(0.3)
            if typed == self.typed:
                with self.visit.client:
                    outcome = await self.visit.act(directory.others, self.person_id, typed)
                    if outcome.value is not None:
                        self.show(outcome.value)

        background_tasks.create(search(self.typed), name="search people")
