"""One credit with its evidence side by side, and the coordinator's three decisions."""

from collections.abc import Callable

from models.evidence import EvidenceState
from models.times import shown_day
from pages._papers import paper
from pages._places import Who, page
from pages._visit import Visit
from pages._words import in_program_zone
from pages.evidence import evidence_facts
from services import evidence_decisions, live
from services.evidence_decisions import EvidenceSheet
from ui.dialogs import ReasonDialog
from ui.parts import chip, empty, facts, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/review/evidence/{evidence_id}", who=Who.COORDINATOR, title="Evidence", nav="/review")
async def evidence_review_page(visit: Visit, evidence_id: int) -> None:
    found = await visit.load(evidence_decisions.sheet, evidence_id)
    visit.title = f"Evidence of {found.person.name}"
    beside = f'<a class="btn btn--plain" href="/people/{found.person.id}">Whole record</a>'
    with column():
        heading(visit.title, back=("The sample", f"/review/audits/{found.asked.request.sample_id}"), beside=beside)
        view = EvidenceReview(visit, found)

    async def again() -> None:
        view.show(await visit.load(evidence_decisions.sheet, evidence_id))

    visit.keep_fresh(live.evidence_changed, again, key=found.asked.request.sample_id)


class EvidenceReview:
    """The credit on one side, the file on the other."""

    def __init__(self, visit: Visit, found: EvidenceSheet) -> None:
        self.visit, self.found, self.drawn_file = visit, found, 0
        self.dialog = ReasonDialog()
        self.state = html("")
        with box("sides"):
            with box("side"):
                with section("What was reported"):
                    self.facts = html("")
                with section("Decision") as self.deciding, box("deeds"):
                    self.accept = button("Accept", self._accept, kind="main")
                    self.refuse = button("Refuse", self._refuse, kind="brick")
                    self.excuse = button("Excuse", self._excuse)
            with box("side side--file"), section("The evidence"):
                self.file = html("")
        self.show(found)

    def show(self, found: EvidenceSheet) -> None:
        self.found = found
        self.state.set_content(_state(found))
        self.facts.set_content(str(facts(_facts(found))))
        self.deciding.set_visibility(not found.asked.request.is_decided)
        self.accept.set_enabled(not found.is_own and found.asked.file is not None)
        self.refuse.set_enabled(not found.is_own)
        self.excuse.set_enabled(not found.is_own)
        if found.asked.file is None or found.asked.file.id != self.drawn_file:
            self.drawn_file = (found.asked.file and found.asked.file.id) or 0
            self.file.set_content(_file(found))

    async def _accept(self) -> None:
        outcome = await self.visit.act(evidence_decisions.accept, self.found.asked.request.id or 0)
        self.visit.tell(outcome)
        if outcome.done:
            self.visit.toast.say("Accepted.")

    async def _refuse(self) -> None:
        hint = "The person reads it by mail. The credit stays until you reopen and decline it."
        await self._settle("Refuse this evidence?", "Refuse", hint, evidence_decisions.refuse)

    async def _excuse(self) -> None:
        hint = "The person reads it by mail, and nothing more is asked."
        await self._settle("Ask for no evidence here any more?", "Excuse", hint, evidence_decisions.excuse)

    async def _settle(self, title: str, name: str, hint: str, service: Callable[..., None]) -> None:
        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(service, self.found.asked.request.id or 0, reason)
            return None if outcome.done else outcome.sentence

        if await self.dialog.settle(title, deed, deed=name, grave=name == "Refuse", hint=hint):
            self.visit.toast.say(f"{name}d.")


def _state(found: EvidenceSheet) -> str:
    one = found.asked.request
    parts = [f'<p class="state-line">{chip(one.state.capitalize())}</p>']
    if one.is_decided:
        way = f'<a href="/review/evidence/{found.following}">Decide the next one</a>' if found.following else ""
        words = one.reason or "Nothing more is needed."
        parts.append(
            str(notice(f"{one.state.capitalize()} by {found.decided_by}.", words, kind="done", action_html=way))
        )
    if one.state == EvidenceState.REFUSED:
        way = f'<a href="/people/{found.person.id}">Reopen it on the person’s record</a>'
        parts.append(
            str(
                notice(
                    "The credit still counts.", "To take it out, reopen and decline it.", kind="dup", action_html=way
                )
            )
        )
    if found.is_own:
        parts.append(str(notice("This is your own credit.", "A colleague decides on it.", kind="dup")))
    return "".join(parts)


def _facts(found: EvidenceSheet) -> list[tuple[str, str]]:
    one = found.asked.request
    rows = [
        *evidence_facts(found.asked),
        ("Asked", f"{in_program_zone(one.asked_at)}, by {shown_day(one.due_on)}"),
        ("Handed in", in_program_zone(one.received_at) if one.received_at else ""),
        ("In the person’s words", one.answer),
    ]
    return [row for row in rows if row[1]]


def _file(found: EvidenceSheet) -> str:
    if found.asked.file is None:
        return str(empty("Nothing was handed in yet."))
    return paper(found.asked.file, f"The evidence of {found.person.name}")
