"""One submitted record, reviewed by the coordinator; the supervisor's verification is recorded here."""

from models.credits import CreditStatus, counted_credits
from models.participations import ParticipationStatus
from models.times import shown_day
from pages._asking import AskingForm
from pages._places import Who, page
from pages._record_tables import credit_by_credit, met_sentences, steps
from pages._verification_form import VerificationForm
from pages._visit import Visit
from pages._words import progress_of
from pages.participation import due_of
from services import live, programs, submission_queue, submissions, supervision
from services.submission_queue import RecordPage
from services.supervision import Asking
from ui.dialogs import ReasonDialog
from ui.parts import chip, duplicate_note, esc, facts, notice
from ui.progress import progress, progress_table
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/review/records/{participation_id}", who=Who.COORDINATOR, title="Review a record", nav="/review")
async def record_page(visit: Visit, participation_id: int) -> None:
    found = await visit.load(submission_queue.show, participation_id)
    asking = await visit.load(supervision.shown, participation_id)
    visit.title = f"{found.track_name}, {found.person.name}"
    beside = f'<a class="btn btn--plain" href="/people/{found.person.id}">Whole record</a>'
    with column():
        heading(visit.title, back=("Review", "/review"), beside=beside)
        view = ReviewView(visit, found, asking)

    async def again() -> None:
        with visit.client:
            view.show(await visit.load(submission_queue.show, participation_id))
            await view.asking.again()

    visit.keep_fresh(live.record_changed, again, key=found.person.id)


class ReviewView:
    """The record, the coordinator's deeds on it, and the form for the verification."""

    def __init__(self, visit: Visit, found: RecordPage, asking: Asking) -> None:
        self.visit, self.found = visit, found
        self.dialog = ReasonDialog()
        self.state = html("")
        with box("sheet"):
            self.progress = html("")
        with section("Steps"):
            self.steps = html("")
        with section("Review") as self.reviewing:
            self.sentences = html("")
            with box("deeds"):
                self.approve = button("Approve record", self._approve, kind="main").props("aria-describedby=why")
                self.send_back = button("Return with a note", self._return, kind="brick")
            self.why = html("")
        self.asking = AskingForm(visit, found.participation.id or 0, asking, possible=self._can_ask)
        self.verification = VerificationForm(visit, found)
        with section("Requirement by requirement"):
            self.table = html("")
        with section("Credit by credit", intro="Where each credit counts, or why it does not."):
            self.credits = html("")
        self.show(found)

    def show(self, found: RecordPage) -> None:
        self.found = found
        one = found.participation
        shown = progress_of(one, found.track_name, found.evaluation)
        self.state.set_content(_state(found))
        self.progress.set_content(str(progress(shown)) + str(facts(_facts(found))))
        self.steps.set_content(steps(one, found.certificate))
        self.sentences.set_content(met_sentences(found.evaluation) + _duplicates(found))
        self.table.set_content(str(progress_table(shown)))
        self.credits.set_content(credit_by_credit(found.rows, found.evaluation, found.duplicates))
        submitted = one.status == ParticipationStatus.SUBMITTED
        self.reviewing.set_visibility(submitted)
        why = _why_not(found)
        self.approve.set_visibility(one.reviewed_at is None)
        self.approve.set_enabled(not why)
        self.approve.set_text(_approve_text(found))
        self.send_back.set_enabled(not found.is_own)
        self.why.set_content(f'<p class="hint" id="why">{esc(why)}</p>')
        self.verification.show(found)

    def _can_ask(self) -> bool:
        return supervision.is_due(self.found.participation) and not self.found.is_own

    async def _approve(self) -> None:
        outcome = await self.visit.act(submissions.approve, self.found.participation.id or 0)
        self.visit.tell(outcome)
        if outcome.value:
            number = outcome.value.certificate
            self.visit.toast.say(f"Approved, and issued: {number}." if number else "Approved.")

    async def _return(self) -> None:
        async def deed(note: str) -> str | None:
            outcome = await self.visit.act(submissions.send_back, self.found.participation.id or 0, note)
            return None if outcome.done else outcome.sentence

        title = f"Return this record to {self.found.person.name}?"
        if await self.dialog.return_with_note(title, deed, OPEN_AGAIN):
            self.visit.toast.say("Returned with your note.")


def _state(found: RecordPage) -> str:
    one = found.participation
    parts = [f'<p class="state-line">{chip(one.shown_status(programs.current().today()))}</p>']
    if found.certificate:
        way = f'<a href="/certificates/{esc(found.certificate)}">Certificate {esc(found.certificate)}</a>'
        parts.append(str(notice("Issued.", "It stands on the person’s page.", kind="done", action_html=way)))
    if found.cannot_be_printed and one.is_open:
        parts.append(str(notice("The certificate could not be printed.", found.cannot_be_printed, kind="wrong")))
    if found.is_own:
        parts.append(str(notice("This is your own record.", "A colleague decides on it.", kind="dup")))
    return "".join(parts)


def _facts(found: RecordPage) -> list[tuple[str, str]]:
    one, program = found.participation, programs.current()
    submitted = shown_day(program.day_of(one.submitted_at)) if one.submitted_at else ""
    rows = [
        ("Submitted", submitted),
        ("Since", shown_day(one.begins_on)),
        ("Due", due_of(one)),
        ("Rules", f"Version {found.version}, {'renewal' if one.renewal else 'first certification'}"),
        ("Library", found.library),
        ("Position", one.position),
        ("Proposed verifier", " ".join(part for part in (one.verifier_name, one.verifier_email) if part)),
        ("Note", one.note),
    ]
    return [(name, value) for name, value in rows if value]


def _duplicates(found: RecordPage) -> str:
    claims = {row.claim_id for row in found.rows}
    alike = [like for claim_id, like in found.duplicates.items() if claim_id in claims]
    titles = {row.claim_id: row.title for row in found.rows}
    notes = "".join(
        str(duplicate_note(f"{titles[claim_id]}: {like.why}"))
        for claim_id, like in found.duplicates.items()
        if claim_id in claims
    )
    return f"<h3>Looks like a duplicate</h3>{notes}" if alike else "<p>No duplicates were found.</p>"


def _approve_text(found: RecordPage) -> str:
    if _approves_pending() and found.pending:
        return f"Approve record and its {found.pending} pending credit{'' if found.pending == 1 else 's'}"
    return "Approve record"


def _why_not(found: RecordPage) -> str:
    """Why the record cannot be approved now; empty when it can."""
    if found.is_own:
        return "This is your own record. A colleague decides on it."
    if found.participation.reviewed_at is not None:
        return "Approved. The supervisor’s verification comes next."
    if found.pending and not _approves_pending():
        waiting = sum(
            (row.credits for row in found.rows if row.status == CreditStatus.PENDING), found.rows[0].credits * 0
        )
        wait = "waits" if waiting == 1 else "wait"
        return f"{counted_credits(waiting)} on this record {wait} for your decision in the queue. Decide on them first."
    if not (found.evaluation.can_be_submitted if _approves_pending() else found.evaluation.is_met):
        return "What is approved does not meet the track. Return the record with a note."
    if found.next_step == "verification":
        return "In this program the verification comes first."
    return ""


def _approves_pending() -> bool:
    return bool(programs.current().settings["claims"] == "at_submission")


OPEN_AGAIN = "The record is open again for changes. The person reads the note on the Control Panel and by mail."
