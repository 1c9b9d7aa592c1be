"""One person as the office may change her: name, address, positions, roles, accounts, and whether she may sign in."""

from typing import Any

from nicegui import ui

from pages._history import history_list
from pages._places import Who, page
from pages._positions_form import PositionsForm
from pages._visit import Outcome, Visit
from services import live, merges, people_changes, positions
from services.people_changes import Sheet
from ui.dialogs import ReasonDialog, confirm
from ui.fields import text_field
from ui.form import Form
from ui.parts import esc, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column

ROLES = {"coordinator": "Coordinator", "administrator": "Administrator"}
BACK = ("People", "/admin/people")


@page("/admin/people/new", who=Who.OFFICE, title="Add a person", nav="/admin/people")
async def new_person_page(visit: Visit) -> None:
    with column(narrow=True):
        heading("Add a person", back=BACK, intro="Only for somebody who has no record yet: search first.")
        form = Form()

        async def save() -> None:
            outcome = await visit.act(people_changes.add, form.values())
            visit.tell(outcome, form)
            if outcome.done:
                ui.navigate.to(f"/admin/people/{outcome.value}")

        with box("form"):
            _add_fields(form, None)
            with box("deeds"):
                button("Add", save, kind="main")


@page("/admin/people/{person_id}", who=Who.OFFICE, title="Person", nav="/admin/people")
async def person_page(visit: Visit, person_id: int) -> None:
    sheet = await visit.load(people_changes.sheet, person_id)
    offered = await visit.load(positions.libraries)
    visit.title = sheet.person.name
    with column(narrow=True):
        heading(sheet.person.name, back=BACK, intro=_standing(sheet))
        with box("deeds"):
            if visit.actor.is_coordinator:
                html(f'<a class="btn btn--plain" href="/people/{person_id}">Whole record</a>')
            if not sheet.is_own:
                html(f'<a class="btn btn--plain" href="/admin/people/{person_id}/merge">Merge with another record</a>')
        if sheet.kept_instead:
            link = f'<a href="/admin/people/{sheet.kept_instead}">Open that one</a>'
            html(str(notice("Merged", "This record was merged into another one.", action_html=link)))
        SheetView(visit, person_id, sheet, offered)


class SheetView:
    """The sections of the page; drawn anew after a deed of this window or another."""

    def __init__(self, visit: Visit, person_id: int, sheet: Sheet, offered: dict[int, str]) -> None:
        self.visit, self.person_id, self.offered = visit, person_id, offered
        self.dialog = ReasonDialog()
        with section("Name and address"):
            self._draw_form(sheet)
        with section("Positions"):
            self.positions = PositionsForm(visit, person_id, offered, self.refresh)
        self.rest = ui.element("div")
        self.show(sheet)
        visit.keep_fresh(live.record_changed, self.refresh, key=person_id)

    def show(self, sheet: Sheet) -> None:
        self.positions.show(sheet.held)
        self.rest.clear()
        with self.rest:
            if self.visit.actor.is_administrator:
                self._draw_roles(sheet)
            self._draw_accounts(sheet)
            self._draw_merges(sheet)
            if not sheet.is_own:
                self._draw_closing(sheet)
            with section("History", intro="Who did what, newest first."):
                html(history_list(sheet.history))

    async def refresh(self) -> None:
        with self.visit.client:
            self.show(await self.visit.load(people_changes.sheet, self.person_id))

    async def _done(self, outcome: Outcome[Any], told: str) -> None:
        self.visit.tell(outcome)
        if outcome.done:
            self.visit.toast.say(told)
            await self.refresh()

    def _draw_form(self, sheet: Sheet) -> None:
        form = Form()

        async def save() -> None:
            outcome = await self.visit.act(people_changes.change, self.person_id, form.values())
            self.visit.tell(outcome, form)
            if outcome.done:
                form.clear()
                self.visit.toast.say("Saved.")

        with box("form"):
            _add_fields(form, sheet)
            with box("deeds"):
                button("Save", save, kind="main")

    def _draw_roles(self, sheet: Sheet) -> None:
        with section("Roles"), box("lines", "ul"):
            for role, name in ROLES.items():
                has = role in sheet.roles

                async def change(role: str = role, has: bool = has) -> None:
                    outcome = await self.visit.act(people_changes.set_role, self.person_id, role, not has)
                    await self._done(outcome, "The role was taken away." if has else "The role was given.")

                with box("line", "li"):
                    html(f"{name}<p class='second'>{'Granted' if has else 'Not granted'}</p>")
                    button("Take away" if has else "Give", change).props(
                        f'aria-label="{"Take away" if has else "Give"}: {name}"'
                    )

    def _draw_accounts(self, sheet: Sheet) -> None:
        if not sheet.accounts:
            return
        with section("Sign-in accounts"), box("lines", "ul"):
            for account in sheet.accounts:

                async def remove(number: int = account.id) -> None:
                    sentence = "It signs nobody in any more, and sessions begun with it end."
                    if await confirm("Remove this account?", sentence, "Remove", grave=True):
                        outcome = await self.visit.act(people_changes.unlink, self.person_id, number)
                        await self._done(outcome, "Removed.")

                with box("line", "li"):
                    html(f'{esc(account.provider)}<p class="second">{esc(account.email) or "no verified address"}</p>')
                    button("Remove", remove).props(f'aria-label="Remove: {esc(account.provider)}"')

    def _draw_merges(self, sheet: Sheet) -> None:
        if not sheet.merges:
            return
        with section("Merged records"), box("lines", "ul"):
            for one in sheet.merges:

                async def undo(number: int = one.id) -> None:
                    await self._done(await self.visit.act(merges.undo, number), "Both records are what they were.")

                with box("line", "li"):
                    html(f'{esc(one.merged_name)}<p class="second">{esc(one.reason)}</p>')
                    if one.undoable:
                        button("Undo the merge", undo).props(f'aria-label="Undo the merge: {esc(one.merged_name)}"')

    def _draw_closing(self, sheet: Sheet) -> None:
        closed = sheet.person.deactivated_at is not None
        if closed and sheet.kept_instead:
            return
        intro = (
            "This person cannot sign in. The record is kept."
            if closed
            else "For somebody who left. The record is kept."
        )
        title = "Open this record again" if closed else "Close this record"

        async def ask() -> None:
            deed = people_changes.reopen if closed else people_changes.close

            async def act(reason: str) -> str | None:
                outcome = await self.visit.act(deed, self.person_id, reason)
                return None if outcome.done else outcome.sentence

            if await self.dialog.settle(f"{title}?", act, deed=title, grave=not closed):
                self.visit.toast.say("The record is open." if closed else "The record is closed.")
                await self.refresh()

        with section("Sign-in", intro=intro), box("deeds"):
            button(title, ask, kind="plain" if closed else "brick")


def _add_fields(form: Form, sheet: Sheet | None) -> None:
    person = sheet.person if sheet else None
    form.summary()
    first = text_field("First name", name="first_name", value=person.first_name if person else "", required=True)
    last = text_field("Last name", name="last_name", value=person.last_name if person else "", required=True)
    form.pair(form.add(first), form.add(last), name="name")
    hint = "By this address, if it is verified there, the first sign-in finds this record."
    form.add(text_field("E-mail", name="email", value=(person.email or "") if person else "", kind="email", hint=hint))
    form.add(text_field("Phone", name="phone", value=person.phone if person else ""))


def _standing(sheet: Sheet) -> str:
    if sheet.person.deactivated_at is not None:
        return "This record is closed."
    return (
        "New: came by a first sign-in, and has yet to give a name and a library."
        if sheet.person.awaits_introduction
        else ""
    )
