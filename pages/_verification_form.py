"""The form in which a coordinator writes down what the supervisor said."""

from models.credits import CreditStatus, counted_credits
from models.errors import Problems
from models.participations import ParticipationStatus
from models.verifications import VerifiedBy
from pages._visit import Visit
from pages._words import day_of
from services import programs, verifications
from services.submission_queue import RecordPage
from services.verifications import Told
from ui.fields import CheckField, check_field, choice_field, text_field
from ui.form import Form
from ui.parts import esc
from ui.sections import box, button, html, section

HOW = {VerifiedBy.LETTER: "By letter or e-mail", VerifiedBy.PHONE: "By phone", VerifiedBy.PAPER: "On a paper form"}
INTRO = "Who confirmed that this learning happened, when, and how you were told. Uncheck what was not confirmed."


class VerificationForm:
    """Shown while the record waits for it; a refusal loses nothing that was typed."""

    def __init__(self, visit: Visit, found: RecordPage) -> None:
        self.visit, self.found = visit, found
        self.form = Form()
        self.checks: dict[int, CheckField] = {}
        with section("Record the verification", anchor="verification", intro=INTRO) as self.frame, box("form"):
            self.form.summary()
            self._draw_fields(found)
            html("<h3>Credits confirmed</h3>")
            self.unconfirmed = html("")
            with box("checks") as self.list:
                self._draw_credits(found)
            with box("deeds"):
                self.save = button("Record the verification", self._save, kind="main")
            self.what = html("")

    def show(self, found: RecordPage) -> None:
        self.found = found
        one = found.participation
        waits = one.status == ParticipationStatus.SUBMITTED and found.next_step == "verification" and not found.is_own
        self.frame.set_visibility(waits)
        with self.list:
            self._draw_credits(found)
        listed = {row.id: row for row in found.rows if row.status in LIVE}
        for credit_id, check in self.checks.items():
            check.set_visibility(credit_id in listed)
        last = one.reviewed_at is not None
        words = "This is the last step: the certificate is issued at once." if last else "Then the review comes."
        self.what.set_content(f'<p class="hint">{esc(words)}</p>')

    def _draw_fields(self, found: RecordPage) -> None:
        one, today = found.participation, programs.current().today()
        self.form.add(
            text_field(
                "Supervisor’s name",
                name="verifier_name",
                value=one.verifier_name,
                required=True,
                hint="The director; for directors and trustees the board chair.",
            )
        )
        self.form.pair(
            self.form.add(
                choice_field(
                    "How it came",
                    name="how",
                    options={str(key): text for key, text in HOW.items()},
                    placeholder="Choose",
                    required=True,
                )
            ),
            self.form.add(text_field("Day", name="verified_on", value=today.isoformat(), kind="date", required=True)),
            name="when_and_how",
        )

    def _draw_credits(self, found: RecordPage) -> None:
        """A box for each credit that has none yet; a corrected credit keeps its box, with the new words."""
        for row in found.rows:
            label = f"{row.title}, {day_of(row)}, {counted_credits(row.credits)}"
            if row.id in self.checks:
                self.checks[row.id].props["label"] = label
            elif row.status in LIVE:
                self.checks[row.id] = check_field(label, name=f"credit-{row.id}", value=True)

    async def _save(self) -> None:
        values = self.form.values()
        told = Told(
            verifier_name=str(values["verifier_name"] or ""),
            how=str(values["how"] or ""),
            verified_on=str(values["verified_on"] or ""),
            confirmed=frozenset(credit_id for credit_id, check in self.checks.items() if check.value),
        )
        outcome = await self.visit.act(verifications.record, self.found.participation.id or 0, told)
        self.visit.tell(outcome, self.form)
        problems = outcome.refusal.by_field if isinstance(outcome.refusal, Problems) else {}
        self.unconfirmed.set_content(f'<p class="error">{esc(problems.get("confirmed", ""))}</p>')
        if outcome.value is None:
            return
        self.form.clear()
        if outcome.value.certificate:
            self.visit.toast.say(f"Recorded. The certificate {outcome.value.certificate} is issued.")
        elif outcome.value.returned:
            self.visit.toast.say("Recorded. The rest does not suffice, so the record went back with a note.")
        else:
            self.visit.toast.say("Recorded. The review comes next.")


LIVE = {CreditStatus.PENDING, CreditStatus.APPROVED}
