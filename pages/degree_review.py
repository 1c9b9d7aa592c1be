"""One degree: the form and the diploma side by side, and the coordinator's two deeds."""

from models.degrees import DegreeStatus
from models.times import shown_day
from pages._papers import paper
from pages._places import Who, page
from pages._visit import Visit
from pages._words import in_program_zone
from pages.degree import degree_facts
from services import degree_queue, live
from services.degree_queue import DegreeSheet
from ui.dialogs import ReasonDialog, confirm
from ui.parts import chip, esc, facts, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column

WORDS = {"PENDING": "Pending", "RECORDED": "Approved", "RETURNED": "Returned", "WITHDRAWN": "Withdrawn"}


@page("/review/degrees/{degree_id}", who=Who.COORDINATOR, title="Review a degree", nav="/review")
async def degree_review_page(visit: Visit, degree_id: int) -> None:
    found = await visit.load(degree_queue.show, degree_id)
    visit.title = f"Degree of {found.person.name}"
    beside = f'<a class="btn btn--plain" href="/people/{found.person.id}">Whole record</a>'
    with column():
        heading(visit.title, back=("Review", "/review"), beside=beside)
        view = DegreeReview(visit, found)

    async def again() -> None:
        with visit.client:
            view.show(await visit.load(degree_queue.show, degree_id))

    visit.keep_fresh(live.record_changed, again, key=found.person.id)


class DegreeReview:
    """What was typed on one side, the file on the other; the file is drawn once."""

    def __init__(self, visit: Visit, found: DegreeSheet) -> None:
        self.visit, self.found = visit, found
        self.dialog = ReasonDialog()
        self.state = html("")
        with box("sides"):
            with box("side"):
                with section("What was handed in"):
                    self.facts = html("")
                with section("Decision") as self.deciding:
                    self.consequence = html("")
                    with box("deeds"):
                        self.record = button("Record and issue", self._record, kind="main")
                        self.send_back = button("Return with a note", self._return, kind="brick")
            with box("side side--file"), section("The diploma"):
                html(paper(found.file, f"The diploma of {found.person.name}"))
        self.show(found)

    def show(self, found: DegreeSheet) -> None:
        self.found = found
        self.state.set_content(_state(found))
        self.facts.set_content(str(facts(_facts(found))))
        self.consequence.set_content(f'<p id="consequence">{esc(degree_queue.consequence(found))}</p>')
        self.deciding.set_visibility(found.degree.status == DegreeStatus.PENDING)
        self.record.set_enabled(not found.is_own)
        self.send_back.set_enabled(not found.is_own)

    async def _record(self) -> None:
        found = self.found
        question = f"Record this degree and issue the certificate to {found.person.name}?"
        if not await confirm(question, degree_queue.consequence(found), "Record and issue"):
            return
        outcome = await self.visit.act(degree_queue.record, found.degree.id or 0)
        self.visit.tell(outcome)
        if outcome.done:
            self.visit.toast.say(f"Recorded, and issued: {outcome.value}.")

    async def _return(self) -> None:
        async def deed(note: str) -> str | None:
            outcome = await self.visit.act(degree_queue.send_back, self.found.degree.id or 0, note)
            return None if outcome.done else outcome.sentence

        title = f"Return this degree to {self.found.person.name}?"
        if await self.dialog.return_with_note(title, deed, "The person reads it with the form and by mail."):
            self.visit.toast.say("Returned with your note.")


def _state(found: DegreeSheet) -> str:
    parts = [f'<p class="state-line">{chip(WORDS[found.degree.status])}</p>']
    if found.certificate:
        way = f'<a href="/certificates/{esc(found.certificate)}">Certificate {esc(found.certificate)}</a>'
        parts.append(
            str(notice("Recorded and issued.", "It stands on the person’s page.", kind="done", action_html=way))
        )
    if found.degree.reason:
        parts.append(str(notice("Returned.", found.degree.reason, kind="dup")))
    if found.is_own:
        parts.append(str(notice("This is your own degree.", "A colleague decides on it.", kind="dup")))
    return "".join(parts)


def _facts(found: DegreeSheet) -> list[tuple[str, str]]:
    rows = [
        ("Track", found.track),
        *degree_facts(found.degree, {found.degree.kind: found.kind}, found.file.name),
        ("Library", found.library),
        ("Handed in", in_program_zone(found.degree.handed_in_at)),
        ("Would be valid until", shown_day(found.due_on) if found.degree.status == DegreeStatus.PENDING else ""),
    ]
    return [(name, value) for name, value in rows if value]
