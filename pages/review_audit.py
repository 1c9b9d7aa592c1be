"""One sample of the random audit: who was asked, what came, and how it was drawn."""

from decimal import Decimal

from models.credits import counted_credits
from models.evidence import EvidenceState
from models.times import shown_day
from pages._places import Who, page
from pages._visit import Visit
from pages._words import in_program_zone
from services import evidence_draws, evidence_letters, evidence_samples, live
from services.evidence_samples import AskedCredit, SamplePage
from ui.parts import chip, esc, facts
from ui.sections import box, button, heading, html, section
from ui.sections import page as column
from ui.tables import table


@page("/review/audits/{sample_id}", who=Who.COORDINATOR, title="Sample", nav="/review")
async def review_audit_page(visit: Visit, sample_id: int) -> None:
    found = await visit.load(evidence_samples.show, sample_id)
    visit.title = f"Sample of {in_program_zone(found.sample.drawn_at)}"
    with column():
        heading(visit.title, back=("Random audit", "/review/audits"))
        view = SampleView(visit, found)

    async def again() -> None:
        view.show(await visit.load(evidence_samples.show, sample_id))

    visit.keep_fresh(live.evidence_changed, again, key=sample_id)


class SampleView:
    """What was asked for, line by line, brought up to date by itself."""

    def __init__(self, visit: Visit, found: SamplePage) -> None:
        self.visit, self.sample_id = visit, found.sample.id or 0
        self.state = html("")
        with box("deeds list-deeds"):
            self.reminding = button("Remind those who have not answered", self._remind)
        self.table = html("")
        with section("How it was drawn"):
            html(_drawing(found))
            self.checked = html("")
            with box("deeds"):
                button("Draw again to check", self._check)
        self.show(found)

    def show(self, found: SamplePage) -> None:
        self.state.set_content(f'<p role="status">{esc(_counts(found))}</p>')
        self.table.set_content(_table(found.rows))
        self.reminding.set_enabled(found.missing > 0)

    async def _remind(self) -> None:
        outcome = await self.visit.act(evidence_letters.remind, self.sample_id)
        self.visit.tell(outcome)
        if outcome.value:
            people = f"{outcome.value} {'person' if outcome.value == 1 else 'people'}"
            self.visit.toast.say(f"Reminded {people}.")

    async def _check(self) -> None:
        outcome = await self.visit.act(evidence_draws.drawn_again, self.sample_id)
        self.visit.tell(outcome)
        if outcome.value:
            self.checked.set_content(f'<p role="status">{esc(outcome.value)}</p>')


def _counts(found: SamplePage) -> str:
    decided = sum(one.request.is_decided for one in found.rows)
    waiting = sum(one.request.state == EvidenceState.RECEIVED for one in found.rows)
    return (
        f"{counted_credits(Decimal(len(found.rows)))} asked for: {waiting} to be decided, {decided} decided, "
        f"{found.missing} still missing, due {shown_day(found.rows[0].request.due_on)}."
    )


def _drawing(found: SamplePage) -> str:
    sample = found.sample
    rows = [
        ("Drawn by", f"{found.by}, {in_program_zone(sample.drawn_at)}"),
        ("From", f"approved credits that people reported themselves, of events from {shown_day(sample.since)} "
                 f"to {shown_day(sample.until)}, and not asked for before: {sample.population}"),
        ("Seed", sample.seed),
        ("Rule", f"first come, in the order of the SHA-256 of “seed:number of the credit”: {sample.drawn}"),
        ("SHA-256 of the credits’ numbers", sample.population_sha256),
    ]  # fmt: skip
    return f'<div class="hashes">{facts(rows)}</div>'


def _table(rows: list[AskedCredit]) -> str:
    body = [_row(one) for one in rows]
    columns = {"Person": "", "Event": "", "Status": "", "Open": "sr"}
    return table("What was asked for", columns, body)


def _row(one: AskedCredit) -> str:
    href, waits = f"/review/evidence/{one.request.id}", one.request.state == EvidenceState.RECEIVED
    word = "Decide" if waits else "See"
    name = f"{word}: {one.title}, {one.person}"
    deed = f'<a class="btn btn--plain" href="{href}" aria-label="{esc(name)}">{word}</a>'
    return (
        f'<tr><td class="cell-main"><a class="title" href="/people/{one.request.person_id}">{esc(one.person)}</a>'
        f"{_no_letter(one)}</td>"
        f'<td data-label="Event">{esc(one.title)}<p class="second">{shown_day(one.ended_on)}</p></td>'
        f'<td class="state">{chip(one.request.state.capitalize())}</td><td class="deed">{deed}</td></tr>'
    )


def _no_letter(one: AskedCredit) -> str:
    if one.has_address or one.request.state != EvidenceState.ASKED:
        return ""
    return '<p class="second">No letter: this person has no e-mail address here. Ask by phone.</p>'
