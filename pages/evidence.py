"""Evidence: what the random audit asks of a person, handed in one credit at a time."""

from models.credits import counted_credits
from models.evidence import EvidenceState
from models.times import shown_day
from pages._papers import paper_field
from pages._places import Who, page
from pages._visit import Visit
from services import drafts, evidence, live, programs
from services.evidence import AskedEvidence, EvidencePage
from ui.fields import text_field
from ui.form import Form
from ui.parts import chip, empty, esc, facts, notice
from ui.sections import box, button, heading, html
from ui.sections import page as column
from ui.tables import table

INTRO = (
    "From time to time the program draws some credits by lot and asks for evidence of them: a certificate of "
    "attendance, a letter of the organizer, or a picture of it."
)


@page("/ce/evidence", who=Who.SIGNED_IN, title="Evidence", nav="/ce")
async def evidence_list_page(visit: Visit) -> None:
    found = await visit.load(evidence.asked)
    with column():
        heading("Evidence", back=("Continuing Education Control Panel", "/ce"), intro=INTRO)
        lines = html(_table(found))

    async def again() -> None:
        lines.set_content(_table(await visit.load(evidence.asked)))

    visit.keep_fresh(live.record_changed, again, key=visit.actor.person_id)


@page("/ce/evidence/{evidence_id}", who=Who.SIGNED_IN, title="Evidence", nav="/ce")
async def evidence_page(visit: Visit, evidence_id: int) -> None:
    found = await visit.load(evidence.show, evidence_id)
    visit.title = f"Evidence for {found.asked.title}"
    with column(narrow=True):
        heading(visit.title, back=("Evidence", "/ce/evidence"))
        view = EvidenceForm(visit, found)

    async def again() -> None:
        view.show((await visit.load(evidence.show, evidence_id)).asked)

    visit.keep_fresh(live.record_changed, again, key=visit.actor.person_id)


class EvidenceForm:
    """What is asked, what became of it, and the form until it is decided."""

    def __init__(self, visit: Visit, found: EvidencePage) -> None:
        self.visit, self.evidence_id = visit, found.asked.request.id or 0
        self.state = html("")
        self.form = Form()
        kept = found.draft_file or found.asked.file
        with box("form") as self.frame:
            self.form.summary()
            self.form.add(paper_field("Evidence", evidence.PURPOSE, kept, self._left))
            self.form.add(
                text_field(
                    "A few words",
                    name="answer",
                    kind="area",
                    value=str(found.draft.get("answer", found.asked.request.answer)),
                    hint="If you like: what you learned, and what you did with it.",
                    max_length=evidence.LONGEST,
                    on_leave=self._left,
                )
            )
            with box("deeds"):
                self.save = button("Hand in", self._hand_in, kind="main", size="big")
                html('<a class="btn btn--quiet" href="/ce/evidence">Cancel</a>')
        self.show(found.asked)

    def show(self, found: AskedEvidence) -> None:
        self.state.set_content(_state(found))
        self.frame.set_visibility(not found.request.is_decided)
        self.save.set_text("Hand in" if found.file is None else "Hand in another file")

    async def _left(self, name: str, value: str) -> None:
        await self.visit.act(drafts.keep, evidence.form_of(self.evidence_id), name, value)

    async def _hand_in(self) -> None:
        self.save.disable()
        outcome = await self.visit.act(evidence.hand_in, self.evidence_id, self.form.values())
        self.save.enable()
        if outcome.done:
            self.visit.toast.say("Handed in. The coordinator sees it now.")
        self.visit.tell(outcome, self.form)


def _state(found: AskedEvidence) -> str:
    one = found.request
    told = {
        EvidenceState.ASKED: (f"Please hand it in by {shown_day(one.due_on)}.", "One file is enough.", "dup"),
        EvidenceState.RECEIVED: ("It waits for the coordinator.", "You get a letter when it is decided.", "done"),
        EvidenceState.ACCEPTED: ("Accepted. Thank you.", "Nothing more is needed.", "done"),
        EvidenceState.REFUSED: ("Refused.", one.reason, "wrong"),
        EvidenceState.EXCUSED: ("No evidence is needed any more.", one.reason, "done"),
    }
    title, words, kind = told[one.state]
    rows = [*evidence_facts(found), ("Handed in", found.file.name if found.file else "")]
    return str(notice(title, words, kind=kind)) + str(facts([row for row in rows if row[1]]))


def evidence_facts(asked: AskedEvidence) -> list[tuple[str, str]]:
    """The credit that is asked about."""
    category = programs.current().categories[asked.category_id].name
    return [
        ("Event", asked.title),
        ("Held", shown_day(asked.ended_on)),
        ("Credits", f"{counted_credits(asked.credits)} in {category}"),
    ]


def _table(found: list[AskedEvidence]) -> str:
    if not found:
        return str(empty("Nothing is asked of you. When the lot falls on a credit of yours, you get a letter."))
    body = [_row(one) for one in found]
    columns = {"Event": "", "By": "", "Status": "", "Open": "sr"}
    return table("Evidence that was asked for", columns, body)


def _row(one: AskedEvidence) -> str:
    href, asked = f"/ce/evidence/{one.request.id}", one.request.state == EvidenceState.ASKED
    name = f"{'Hand in' if asked else 'See'}: {one.title}"
    deed = f'<a class="btn btn--plain" href="{href}" aria-label="{esc(name)}">{"Hand in" if asked else "See"}</a>'
    return (
        f'<tr><td class="cell-main"><a class="title" href="{href}">{esc(one.title)}</a>'
        f'<p class="second">{shown_day(one.ended_on)} · {esc(counted_credits(one.credits))}</p></td>'
        f'<td class="nowrap" data-label="By">{shown_day(one.request.due_on)}</td>'
        f'<td class="state">{chip(one.request.state.capitalize())}</td><td class="deed">{deed}</td></tr>'
    )
