"""Random audit: the samples that were drawn, and a new one."""

from decimal import Decimal
from typing import Any

from nicegui import ui

from models.credits import counted_credits
from models.times import shown_day, years_after
from pages._places import Who, page
from pages._visit import Visit
from pages._words import in_program_zone
from services import evidence_draws, evidence_samples, programs
from services.evidence_samples import PAGE, SampleLine
from ui.dialogs import confirm
from ui.fields import Field, text_field
from ui.form import Form
from ui.parts import empty, esc
from ui.sections import box, button, heading, html, section
from ui.sections import page as column
from ui.tables import table


@page("/review/audits", who=Who.COORDINATOR, title="Random audit", nav="/review")
async def review_audits_page(visit: Visit) -> None:
    found = await visit.load(evidence_samples.listing)
    with column():
        heading(
            "Random audit",
            back=("Review", "/review"),
            intro="Draw some of the credits that people reported themselves, and ask for evidence of them.",
        )
        with section("Draw a sample"):
            DrawForm(visit)
        with section("Samples"):
            SampleList(visit).show(found)


class DrawForm:
    """From which days, how many, and the seed that decides."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.form = visit, Form()
        today = programs.current().today()
        with box("form"):
            self.form.summary()
            self._text("Events from", "since", years_after(today, -1).isoformat(), kind="date")
            self._text("Events until", "until", today.isoformat(), kind="date")
            self._text("How many credits", "size", "10", kind="decimal")
            hint = "The lot: the same seed on the same credits draws the same sample, so anybody can check it."
            self._text("Seed", "seed", evidence_draws.fresh_seed(), hint=hint, max_length=evidence_draws.LONGEST_SEED)
            with box("deeds"):
                button("Draw", self._draw, kind="main")

    def _text(self, label: str, name: str, value: str, **more: Any) -> Field:
        return self.form.add(text_field(label, name=name, value=value, required=True, **more))

    async def _draw(self) -> None:
        values = self.form.values()
        many = await self.visit.act(evidence_draws.available, values)
        self.visit.tell(many, self.form)
        if many.value is None:
            return
        self.form.show({})
        question = f"Draw {values['size']} of {counted_credits(Decimal(many.value))}?"
        if not await confirm(question, "Each person that is drawn gets a letter at once.", "Draw and write"):
            return
        outcome = await self.visit.act(evidence_draws.draw, values)
        self.visit.tell(outcome, self.form)
        if outcome.value:
            ui.navigate.to(f"/review/audits/{outcome.value}")


class SampleList:
    """A page of what was drawn before."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.number = visit, 0
        self.table = html("")
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.following = button("Next page", lambda: self._turn(1))

    def show(self, found: tuple[list[SampleLine], int]) -> None:
        lines, total = found
        self.table.set_content(_table(lines) if lines else str(empty("No sample was drawn yet.")))
        self.paging.set_visibility(total > PAGE)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled((self.number + 1) * PAGE < total)

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        outcome = await self.visit.act(evidence_samples.listing, self.number)
        self.visit.tell(outcome)
        if outcome.value:
            self.show(outcome.value)


def _table(lines: list[SampleLine]) -> str:
    body = [_row(one) for one in lines]
    columns = {"Drawn": "", "Events": "", "Came so far": "", "Credits": "n"}
    return table("Samples", columns, body)


def _row(one: SampleLine) -> str:
    sample = one.sample
    return (
        f'<tr><td class="cell-main"><a class="title" href="/review/audits/{sample.id}">'
        f'{esc(in_program_zone(sample.drawn_at))}</a><p class="second">by {esc(one.by)}</p></td>'
        f'<td data-label="Events">{shown_day(sample.since)} to {shown_day(sample.until)}</td>'
        f'<td data-label="Came so far">{one.answered} received, {one.decided} decided</td>'
        f'<td class="n" data-label="Credits">{sample.drawn} of {sample.population}</td></tr>'
    )
