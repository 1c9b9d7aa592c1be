"""On the ASPeN User page: the secret address of one's own calendar."""

from pages._visit import Visit
from services import personal_calendar
from ui.dialogs import confirm
from ui.parts import esc
from ui.sections import box, button, html, section

INTRO = (
    "Your registrations and due days in your own calendar, kept up to date. Whoever has the address can read them: "
    "give it to your calendar only."
)


async def draw_calendar(visit: Visit) -> None:
    """Made, replaced or ended."""
    address = await visit.load(personal_calendar.address)
    with section("Your calendar", anchor="calendar", intro=INTRO):
        shown = html(_shown(address))
        with box("deeds"):
            make = button("Make an address", None)
            finish = button("End the address", None, kind="brick")

    def show(news: str) -> None:
        shown.set_content(_shown(news))
        make.set_text("Make a new address" if news else "Make an address")
        finish.set_visibility(bool(news))

    async def renew() -> None:
        if finish.visible and not await confirm(
            "Make a new address?", "The one you have leads nowhere from then on.", "Make a new address"
        ):
            return
        outcome = await visit.act(personal_calendar.make)
        visit.tell(outcome)
        if outcome.value:
            show(outcome.value)

    async def end() -> None:
        if await confirm("End the address?", "Calendars that read it get nothing more.", "End it", grave=True):
            outcome = await visit.act(personal_calendar.end)
            visit.tell(outcome)
            if outcome.done:
                show("")

    make.on_click(renew)
    finish.on_click(end)
    show(address)


def _shown(address: str) -> str:
    if not address:
        return '<p role="status">You have not made an address yet.</p>'
    return (
        '<p class="field-label" id="calendar-address">Address to subscribe to</p>'
        f'<p class="secret" role="status" aria-labelledby="calendar-address">{esc(address)}</p>'
        f'<p><a class="btn btn--plain" href="{esc(address.replace("https://", "webcal://").replace("http://", "webcal://"))}">'
        "Open it in my calendar</a></p>"
    )
