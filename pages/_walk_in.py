"""On the attendance page: who came without a seat, found in the directory by a coordinator, else by the address."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pages._visit import Outcome, Visit
from services import attendance_walk_ins, directory
from services.access import Actor
from services.attendance_sheet import Trainer
from services.directory import PersonLine
from ui.fields import text_field
from ui.form import Form
from ui.parts import empty, esc
from ui.sections import box, button, focus_on, html, section

MOST_FOUND = 8


class WalkIns:
    """What is typed stays until somebody was added."""

    def __init__(self, visit: Visit, event_id: int) -> None:
        self.visit, self.event_id, self.form = visit, event_id, Form()
        self.there: set[int] = set()
        with section("Came without a registration") as self.frame:
            self.frame.props("tabindex=-1")
            with box("") as self.trainers:
                pass
            with box("form form--row"):
                self.form.summary()
                if visit.actor.is_coordinator:
                    hint = "Name, library or e-mail address"
                    self.form.add(text_field("Person", name="text", hint=hint, required=True, on_enter=self._find))
                    button("Find the person", self._find)
                else:
                    email = text_field(
                        "E-mail address", name="email", kind="email", required=True, on_enter=self._add_by_email
                    )
                    self.form.add(email)
                    button("Add the person", self._add_by_email)
            with box("found") as self.found:
                self.found.props("role=status")

    def show(self, trainers: list[Trainer], there: set[int], *, closed: bool) -> None:
        """`there` are the ids of who has a seat."""
        self.there = there
        self.frame.set_visibility(not closed)
        self.trainers.clear()
        with self.trainers:
            for one in trainers:
                deed = partial(self._add, attendance_walk_ins.add_trainer, one.person_id)
                self._offer(one.name, "trainer of this event", "Add as presenter", deed)

    async def _find(self) -> None:
        text = str(self.form.values()["text"] or "").strip()
        if not text:
            self.form.show({"text": "Enter a name, a library or an e-mail address."})
            return
        outcome = await self.visit.act(directory.page, text)
        self.visit.tell(outcome, self.form)
        if outcome.value is not None:
            self.form.clear()
            self._show_found(*outcome.value)

    def _show_found(self, lines: list[PersonLine], total: int) -> None:
        self.found.clear()
        with self.found:
            if not lines:
                html(str(empty("Nobody is called that.")))
            for one in lines[:MOST_FOUND]:
                about = "; ".join(one.positions) or one.email
                if one.id in self.there:
                    self._offer(one.name, about, "In the list", None)
                else:
                    deed = partial(self._add, attendance_walk_ins.add_person, one.id)
                    self._offer(one.name, about, "Add", deed)
            if total > MOST_FOUND:
                html(f'<p class="hint">{total - MOST_FOUND} more: enter more of the name.</p>')

    def _offer(self, name: str, about: str, words: str, deed: Callable[[], Any] | None) -> None:
        with box("named"):
            html(f'<div><strong>{esc(name)}</strong><p class="second">{esc(about)}</p></div>')
            if deed is None:
                html(f'<p class="second">{esc(words)}</p>')
                return
            button(words, deed).props(f'aria-label="{esc(f"{words}: {name}")}"')

    async def _add_by_email(self) -> None:
        email = str(self.form.values()["email"] or "")
        self._after(await self.visit.act(attendance_walk_ins.add_by_email, self.event_id, email))

    async def _add(self, deed: Callable[[Actor, int, int], Any], person_id: int) -> None:
        self._after(await self.visit.act(deed, self.event_id, person_id))

    def _after(self, outcome: Outcome[Any]) -> None:
        self.visit.tell(outcome, self.form)
        if outcome.done:
            self.form.clear()
            self.found.clear()
            self.visit.toast.say("Added.")
            focus_on(self.frame)
