"""Leaving a library: the credits so far are verified by the supervisor there."""

from pages._visit import Visit
from services import interim
from services.participations import ParticipationPage
from ui.dialogs import confirm
from ui.sections import box, button, section


def draw_interim(visit: Visit, found: ParticipationPage) -> None:
    """The section with its one deed."""

    async def ask() -> None:
        if not await confirm(
            "Ask your supervisor to verify your credits so far?",
            "A letter with a link goes out now. What is verified stays verified, wherever you work next.",
            "Ask now",
        ):
            return
        outcome = await visit.act(interim.ask, found.participation.id or 0)
        visit.tell(outcome)
        if outcome.done:
            visit.toast.say(f"A letter is on its way to {outcome.value}.")

    intro = "Whoever supervises you today can verify what you have learned so far, so that it counts at the next place."
    with section("Leaving your library?", intro=intro), box("deeds"):
        button("Have my credits verified now", ask)
