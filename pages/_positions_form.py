"""A person's positions with their days, and the form that adds one or changes one."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from models.people import Position
from models.times import shown_day
from pages._visit import Visit
from services import positions
from services.people_changes import Held
from services.positions import KINDS
from ui.dialogs import confirm
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.parts import empty, esc
from ui.sections import box, button, html


class PositionsForm:
    """The list, and under it the form: empty for a new position, filled when one is being changed."""

    def __init__(
        self, visit: Visit, person_id: int, libraries: dict[int, str], again: Callable[[], Awaitable[None]]
    ) -> None:
        self.visit, self.person_id, self.again = visit, person_id, again
        self.libraries, self.changing = libraries, 0
        self.list = ui.element("div")
        self.opener = button("Add a position", lambda: self._open(None))
        with box("form") as self.frame:
            self.form = Form()
            self.form.summary()
            self._draw_fields()
            with box("deeds"):
                button("Save position", self._save, kind="main")
                button("Cancel", self._close, kind="quiet")
        self.frame.set_visibility(False)

    def show(self, held: list[Held]) -> None:
        self.list.clear()
        with self.list:
            if not held:
                html(str(empty("No position yet.")))
                return
            with box("lines", "ul"):
                for one in held:
                    self._draw_line(one)

    def _draw_line(self, one: Held) -> None:
        at, number = one.position, one.position.id or 0
        name = f"{at.title or KINDS[at.kind]}, {one.library}"
        until = (
            f"{shown_day(at.begins_on)} to {shown_day(at.ends_on)}"
            if at.ends_on
            else f"Since {shown_day(at.begins_on)}"
        )

        async def remove() -> None:
            sentence = "Only for one that was entered by mistake. One that is over is given its last day instead."
            if await confirm("Remove this position?", sentence, "Remove", grave=True):
                self.visit.tell(await self.visit.act(positions.remove, self.person_id, number))
                await self.again()

        with box("line", "li"):
            verified = f"; credits are verified by {one.supervisor}" if one.supervisor else ""
            html(f'{esc(name)}<p class="second">{esc(until + verified)}</p>')
            with box("line-deeds"):
                button("Change", lambda: self._open(one)).props(f'aria-label="Change: {esc(name)}"')
                button("Remove", remove, kind="quiet").props(f'aria-label="Remove: {esc(name)}"')

    def _draw_fields(self) -> None:
        options = {str(number): name for number, name in self.libraries.items()}
        self.library = self.form.add(
            choice_field("Library", name="library", options=options, required=True, placeholder="Choose one")
        )
        kinds = {str(kind): name for kind, name in KINDS.items()}
        self.kind = self.form.add(
            choice_field("Kind of position", name="kind", options=kinds, required=True, placeholder="Choose one")
        )
        self.title = self.form.add(text_field("Title", name="title", hint="In the library's own words, if it has some"))
        self.begins = self.form.add(text_field("First day", name="begins", kind="date", required=True))
        self.ends = self.form.add(text_field("Last day", name="ends", kind="date", hint="Empty while it lasts"))
        hint = "E-mail of the head of department who verifies credits. Empty: the director or the board chair does."
        self.supervisor = self.form.add(text_field("Supervisor", name="supervisor", kind="email", hint=hint))

    def _open(self, one: Held | None) -> None:
        at: Position | None = one.position if one else None
        self.changing = (at.id or 0) if at else 0
        if one and at:
            self.library.set_options({str(number): name for number, name in self.libraries.items()}
                                     | {str(at.library_id): one.library})  # fmt: skip
        self.library.value = str(at.library_id) if at else ""
        self.kind.value = str(at.kind) if at else ""
        self.title.value = at.title if at else ""
        self.begins.value = at.begins_on.isoformat() if at else ""
        self.ends.value = at.ends_on.isoformat() if at and at.ends_on else ""
        self.supervisor.value = one.supervisor if one else ""
        self.form.clear()
        self.frame.set_visibility(True)
        self.opener.set_visibility(False)
        ui.run_javascript(f"document.getElementById('{self.library.focus_id}')?.focus()")

    def _close(self) -> None:
        self.frame.set_visibility(False)
        self.opener.set_visibility(True)

    async def _save(self) -> None:
        outcome = await self.visit.act(positions.save, self.person_id, self.changing or None, self.form.values())
        self.visit.tell(outcome, self.form)
        if outcome.done:
            self._close()
            self.visit.toast.say("Saved.")
            await self.again()
