"""The supervisor of a submitted record: who is asked, what became of the letters, and asking again or somebody else."""

from collections.abc import Callable

from models.supervision import RequestState
from pages._visit import Visit
from pages._words import in_program_zone
from services import supervision
from services.supervision import Asked, Asking
from ui.fields import text_field
from ui.form import Form
from ui.parts import chip, empty, esc
from ui.sections import box, button, html, section


class AskingForm:
    """`shown` says whether asking is possible now."""

    def __init__(self, visit: Visit, participation_id: int, asking: Asking, *, possible: Callable[[], bool]) -> None:
        self.visit, self.participation_id, self.possible = visit, participation_id, possible
        with section(
            "Supervisor", intro="Gets a letter with a link, and needs no account.", anchor="supervisor"
        ) as self.frame:
            self.letters = html("")
            with box("form") as self.asking:
                self.form = Form()
                self.form.summary()
                self._draw_fields(asking)
                with box("deeds"):
                    self.send = button("Send the letter", self._ask)
        self.show(asking)

    def show(self, asking: Asking) -> None:
        self.letters.set_content(_letters(asking))
        self.asking.set_visibility(self.possible())
        self.send.set_text("Send a new letter" if asking.letters else "Send the letter")
        self.frame.set_visibility(self.possible() or bool(asking.letters))

    async def again(self) -> None:
        self.show(await self.visit.load(supervision.shown, self.participation_id))

    def _draw_fields(self, asking: Asking) -> None:
        proposed = asking.proposed
        relation = f"Proposed by the positions: the {proposed.relation}." if proposed and proposed.relation else ""
        self.form.add(
            text_field(
                "Supervisor to ask",
                name="supervisor_name",
                value=proposed.name if proposed else "",
                required=True,
                hint=relation or "The director; for directors and trustees the board chair.",
            )
        )
        self.form.add(
            text_field(
                "E-mail of the supervisor",
                name="supervisor_email",
                value=proposed.email if proposed else "",
                required=True,
                kind="email",
            )
        )

    async def _ask(self) -> None:
        outcome = await self.visit.act(supervision.ask, self.participation_id, self.form.values())
        self.visit.tell(outcome, self.form)
        if outcome.done:
            self.form.clear()
            self.visit.toast.say("The letter is on its way. Earlier links answer nothing any more.")


def _letters(asking: Asking) -> str:
    if not asking.letters:
        return str(empty("Nobody was asked yet."))
    return f'<ul class="lines lines--met">{"".join(_letter(one) for one in asking.letters)}</ul>'


def _letter(one: Asked) -> str:
    state = "Expired" if one.is_over else STATES[one.state]
    told = [f"{one.name}, {one.email}", f"asked {in_program_zone(one.asked_at)}"]
    if one.reminded_at:
        told.append(f"reminded {in_program_zone(one.reminded_at)}")
    if one.ended_at and one.state != RequestState.OPEN:
        told.append(f"{ENDED[one.state]} {in_program_zone(one.ended_at)}")
    if one.answered_by:
        told.append(f"by {one.answered_by}, {', '.join(part for part in (one.device, one.address) if part)}")
    note = f'<p class="second">The note: {esc(one.note)}</p>' if one.note else ""
    return f"<li>{chip(state)} <span>{esc('; '.join(told))}{note}</span></li>"


STATES = {
    RequestState.OPEN: "Waits",
    RequestState.ANSWERED: "Done",
    RequestState.REFERRED: "Wrong person",
    RequestState.REPLACED: "Replaced",
}
ENDED = {
    RequestState.ANSWERED: "answered",
    RequestState.REFERRED: "said so",
    RequestState.REPLACED: "replaced",
}
