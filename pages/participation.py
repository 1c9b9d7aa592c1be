"""One participation: status, progress, credit by credit, Submit, and Update."""

from nicegui import ui

from models.credits import counted_credits
from models.participations import Participation, ParticipationStatus
from models.times import shown_day
from pages._history import draw_history
from pages._interim import draw_interim
from pages._places import Who, page
from pages._record_tables import credit_by_credit, met_sentences, steps
from pages._reliefs import draw_reliefs
from pages._visit import Visit
from pages._words import progress_of
from services import live, participations, programs, submissions
from services.participations import ParticipationPage
from ui.dialogs import confirm
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.parts import chip, esc, facts, notice
from ui.progress import progress, progress_table
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/ce/tracks/{participation_id}", who=Who.SIGNED_IN, title="Track participation", nav="/ce")
async def participation_page(visit: Visit, participation_id: int) -> None:
    found = await visit.load(participations.show, participation_id)
    one = found.participation
    visit.title = f"{found.track_name} track"
    back = (
        ("Continuing Education Control Panel", "/ce")
        if found.is_own
        else (found.person_name, f"/people/{one.person_id}")
    )
    with column():
        heading(visit.title, back=back)
        view = RecordView(visit, found)
        if found.is_own and one.is_open:
            view.update = box_of_update(visit, found)
            draw_interim(visit, found)
        if visit.actor.is_coordinator and not found.is_own and one.is_open:
            draw_reliefs(visit, found)

        async def again() -> None:
            with visit.client:
                view.show(await visit.load(participations.show, participation_id))

        visit.keep_fresh(live.record_changed, again, key=one.person_id)
        await draw_history(visit, "participation", participation_id)


class RecordView:
    """The record and its next deed; `show` brings it up to date without touching the form."""

    def __init__(self, visit: Visit, found: ParticipationPage) -> None:
        self.visit, self.found = visit, found
        self.update: ui.element | None = None
        self.state = html("")
        with box("sheet"):
            self.progress = html("")
        with section("Submit", anchor="submit") as self.handing_in:
            self.sentences = html("")
            with box("deeds"):
                self.submit = button("Submit", self._submit, kind="main").props("aria-describedby=submit-why")
            self.why = html("")
        with section("Where it stands") as self.way:
            self.steps = html("")
        with section("As a table"):
            self.table = html("")
        with section("Credit by credit", intro="Where each credit counts, or why it does not."):
            self.credits = html("")
        self.show(found)

    def show(self, found: ParticipationPage) -> None:
        self.found = found
        one = found.participation
        shown = progress_of(one, found.track_name, found.evaluation)
        self.state.set_content(_state(found))
        self.progress.set_content(str(progress(shown)) + str(facts(_facts(found))))
        self.table.set_content(str(progress_table(shown)))
        self.credits.set_content(credit_by_credit(found.rows, found.evaluation))
        in_progress = one.status == ParticipationStatus.IN_PROGRESS
        self.handing_in.set_visibility(in_progress and found.is_own)
        self.sentences.set_content(met_sentences(found.evaluation))
        self.submit.set_enabled(found.evaluation.can_be_submitted)
        self.why.set_content(f'<p class="hint" id="submit-why">{esc(submit_why(found))}</p>')
        self.way.set_visibility(one.status in {ParticipationStatus.SUBMITTED, ParticipationStatus.ISSUED})
        self.steps.set_content(steps(one, found.certificate))
        if self.update is not None:
            self.update.set_visibility(one.is_open)

    async def _submit(self) -> None:
        if await hand_in(self.visit, self.found.participation.id or 0, self.found.track_name):
            self.visit.toast.say("Submitted. The coordinator sees it now.")


async def hand_in(visit: Visit, participation_id: int, track_name: str) -> bool:
    """Asks, then submits; a refusal is told. True when it was done."""
    if not await confirm(
        f"Submit your record for {track_name}?",
        "The coordinator reviews it, then your supervisor confirms it. Until then the credits on it stay as they are; "
        "what you claim later counts for the time after.",
        "Submit",
    ):
        return False
    outcome = await visit.act(submissions.submit, participation_id)
    visit.tell(outcome)
    return outcome.done


def submit_why(found: ParticipationPage) -> str:
    """Why Submit can be pressed, or not yet."""
    evaluation = found.evaluation
    if not evaluation.can_be_submitted:
        return f"{counted_credits(evaluation.missing)} missing. Submit opens when earned and pending credits suffice."
    if evaluation.pending:
        return "Earned and pending credits together suffice. The coordinator decides on the pending ones."
    return "Everything that the track asks for is there."


def _state(found: ParticipationPage) -> str:
    """The status, and what was written to the person."""
    one = found.participation
    parts = [f'<p class="state-line">{chip(one.shown_status(programs.current().today()))}</p>']
    if one.returned_note and one.is_open:
        parts.append(str(notice("Returned to you:", one.returned_note, kind="dup")))
    if found.certificate:
        way = f'<a href="/certificates/{esc(found.certificate)}/view">View Certificate</a>'
        parts.append(f'<p class="lead">Issued ({way})</p>')
    return "".join(parts)


def _facts(found: ParticipationPage) -> list[tuple[str, str]]:
    one = found.participation
    rows = [
        ("Since", shown_day(one.begins_on)),
        ("Due", due_of(one) or "No due date until a certificate exists"),
        ("Rules", f"Version {found.version}, {'renewal' if one.renewal else 'first certification'}"),
        ("Library", found.libraries.get(one.library_id or 0, "")),
        ("Position", one.position),
        ("Proposed verifier", " ".join(part for part in (one.verifier_name, one.verifier_email) if part)),
        ("Note", one.note),
    ]
    return [(name, value) for name, value in rows if value]


def due_of(one: Participation) -> str:
    """The due day, and why it was moved; empty without one."""
    if one.due_on is None:
        return ""
    if one.first_due_on is None:
        return shown_day(one.due_on)
    return f"{shown_day(one.due_on)}, extended from {shown_day(one.first_due_on)}: {one.extension_reason}"


def box_of_update(visit: Visit, found: ParticipationPage) -> ui.element:
    """The form under the record: library, position, verifier, note; and the way out."""
    one = found.participation
    form = Form()
    with section("Update", intro="The version of the rules stays as it is.") as drawn, box("form"):
        form.summary()
        _add_fields(form, found)

        async def update() -> None:
            outcome = await visit.act(participations.update, one.id or 0, form.values())
            visit.tell(outcome, form)
            if outcome.done:
                form.clear()
                visit.toast.say("Updated.")

        async def withdraw() -> None:
            if await confirm(
                "Withdraw from this track?",
                "Your credits stay in your list, and you can take the track up again at any time.",
                "Withdraw",
                grave=True,
            ):
                outcome = await visit.act(participations.withdraw, one.id or 0)
                if outcome.done:
                    ui.navigate.to("/ce")
                visit.tell(outcome)

        with box("deeds"):
            button("Update", update, kind="main")
            button("Withdraw", withdraw, kind="brick")
    return drawn


def _add_fields(form: Form, found: ParticipationPage) -> None:
    one = found.participation
    form.add(
        choice_field(
            "Library",
            name="library",
            options={str(k): v for k, v in found.libraries.items()},
            value=str(one.library_id or ""),
            placeholder="No library",
        )
    )
    form.add(text_field("Position", name="position", value=one.position))
    form.add(
        text_field(
            "Verifier’s name",
            name="verifier_name",
            value=one.verifier_name,
            hint="Your director; for directors and trustees the board chair.",
        )
    )
    form.add(text_field("Verifier’s e-mail", name="verifier_email", value=one.verifier_email, kind="email"))
    form.add(text_field("Note", name="note", value=one.note, kind="area"))
