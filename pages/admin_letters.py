"""The outbox for administrators: how letters leave, which ones wait, failed or went, and what to do about them."""

import asyncio
from typing import Any

from nicegui import background_tasks, events

from models.letters import LetterState
from models.times import shown
from pages._places import Who, page
from pages._visit import Visit
from services import installation, letter_outbox, programs
from services.letter_outbox import PAGE, LetterLine, Shown, Standing
from ui.fields import choice_field, text_field
from ui.parts import chip, empty, esc, link, notice
from ui.sections import box, button, heading, html
from ui.sections import page as column
from ui.tables import table


@page("/admin/letters", who=Who.ADMINISTRATOR, title="Letters")
async def admin_letters_page(visit: Visit) -> None:
    standing = await visit.load(letter_outbox.standing)
    lines, total = await visit.load(letter_outbox.listing)
    with column():
        words = link("Words of the letters", "/admin/letter-words", kind="plain")
        heading("Letters", intro="The newest first.", beside=str(words))
        LetterWindow(visit, standing).show(lines, total)


class LetterWindow:
    """The list with its filter, its search and its page."""

    def __init__(self, visit: Visit, standing: Standing) -> None:
        self.visit, self.chosen, self.text, self.typed, self.number = visit, Shown.ALL, "", "", 0
        self.standing = html(standing_notice(standing))
        with box("letters-find"):
            which = choice_field("Show", name="show", options=CHOICES, value=Shown.ALL, on_change=self._choose)
            find = text_field("Find", name="find", hint="Name, address or subject")
        which.classes("letters-which")
        find.on_value_change(lambda event: self._type(event.value or ""))
        self.count = html("")
        self.table = html("").mark("letters").on("click", self._press, js_handler=PRESSED)
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.place = html("")
            self.following = button("Next page", lambda: self._turn(1))

    def show(self, lines: list[LetterLine], total: int) -> None:
        pages = max(1, -(-total // PAGE))
        counted = "1 letter" if total == 1 else f"{total} letters"
        self.count.set_content(f'<p class="second" role="status">{counted}</p>')
        self.place.set_content(f"<p>Page {self.number + 1} of {pages}</p>")
        self.paging.set_visibility(pages > 1)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled(self.number + 1 < pages)
        self.table.set_content(letter_table(lines) if lines else str(empty(self._nothing())))

    def _nothing(self) -> str:
        if self.text:
            return "No letter fits these words."
        if self.chosen is Shown.ATTENTION:
            return "No letter failed, and none waits for longer than it should. There is nothing to do."
        return "There is no such letter. Letters are written when something is decided about a record."

    async def _choose(self, value: str) -> None:
        self.chosen, self.number = Shown(value) if value in CHOICES else Shown.ALL, 0
        await self._reload()

    def _type(self, text: str) -> None:
        """Search when the person has stopped typing."""
        self.typed = text.strip()[:100]

        async def search(typed: str) -> None:
            await asyncio.sleep(0.3)
            if typed == self.typed and typed != self.text:
                self.text, self.number = typed, 0
                await self._reload()

        background_tasks.create(search(self.typed), name="search letters")

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self._reload()

    async def _press(self, event: events.GenericEventArguments) -> None:
        deed, letter_id = (*event.args, "", 0)[:2] if isinstance(event.args, list) else ("", 0)
        await act_on(self.visit, str(deed), letter_id)
        await self._reload()

    async def _reload(self) -> None:
        with self.visit.client:
            outcome = await self.visit.act(letter_outbox.listing, self.chosen, self.text, self.number)
            self.visit.tell(outcome)
            told = await self.visit.act(letter_outbox.standing)
            if outcome.value and told.value and not self.table.is_deleted:
                self.standing.set_content(standing_notice(told.value))
                self.show(*outcome.value)


async def act_on(visit: Visit, deed: str, letter_id: Any) -> bool:
    """Retry or give up, as the button says; True if it was done."""
    service = {"retry": letter_outbox.retry, "give-up": letter_outbox.give_up}.get(deed)
    if service is None or not isinstance(letter_id, int):
        return False
    outcome = await visit.act(service, letter_id)
    visit.tell(outcome)
    if outcome.done:
        visit.toast.say("It goes out with the next round." if deed == "retry" else "Given up: it is not sent any more.")
    return outcome.done


def standing_notice(found: Standing) -> str:
    """Whether letters go out, in one box."""
    late = "" if not found.due else f" {found.due} {'waits' if found.due == 1 else 'wait'} to be sent."
    if not found.server:
        kept = "The demo sends no letters: they are kept here."
        if not installation.settings().demo:
            kept = "They are kept here until ASPEN_SMTP_URL and ASPEN_MAIL_FROM name a mail server and a sender."
        return str(notice("Letters are not sent.", kept + late))
    zone = programs.current().time_zone
    good = f" It last took letters {shown(found.good_at, zone)}." if found.good_at else ""
    if found.problem:
        return str(notice("Letters wait.", f"{found.problem}.{good} We try again by ourselves.{late}", kind="wrong"))
    return str(notice("Letters go out", f"through {found.server} as {found.sender}.{good}{late}", kind="done"))


def letter_table(lines: list[LetterLine]) -> str:
    rows = [_row(line) for line in lines]
    columns = {"Letter": "", "To": "", "Written": "wide", "State": "", "Deeds": "sr"}
    return table("Letters, the newest first", columns, rows, kind="letters")


def _row(line: LetterLine) -> str:
    written = shown(line.written_at, programs.current().time_zone)
    problem = f'<p class="reason">{esc(line.problem)}</p>' if line.problem else ""
    return (
        f'<tr><td><a class="title" href="/admin/letters/{line.id}">{esc(line.subject)}</a>'
        f'<p class="second">{esc(line.kind)}</p></td>'
        f'<td class="letter-to">{esc(line.name)}<p class="second">{esc(line.address)}</p>'
        f'<p class="fold">{written}</p></td>'
        f'<td class="wide">{written}</td>'
        f'<td class="letter-state">{chip(STATES[line.state])}{problem}</td>'
        f'<td class="letter-deeds">{deed_buttons(line)}</td></tr>'
    )


def deed_buttons(line: LetterLine) -> str:
    """Retry and Give up, where there is something to do."""
    if not line.may_act:
        return ""
    about = esc(f"{line.subject}, {line.name}")
    return "".join(
        f'<button type="button" class="btn btn--plain btn--small" data-deed="{deed}" data-letter="{line.id}" '
        f'aria-label="{text}: {about}">{text}</button>'
        for deed, text in (("retry", "Retry"), ("give-up", "Give up"))
    )


CHOICES: dict[str, str] = {
    Shown.ALL: "All letters",
    Shown.ATTENTION: "What needs attention",
    Shown.WAITING: "Waiting",
    Shown.SENT: "Sent",
    Shown.FAILED: "Failed",
    Shown.CANCELLED: "Cancelled",
}
STATES = {
    LetterState.WAITING: "Waiting",
    LetterState.SENT: "Sent",
    LetterState.FAILED: "Failed",
    LetterState.CANCELLED: "Cancelled",
}
PRESSED = """(event) => {
  const pressed = event.target.closest("button[data-letter]");
  if (pressed) emit(pressed.dataset.deed, Number(pressed.dataset.letter));
}"""
