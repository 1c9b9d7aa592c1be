"""The dialog that corrects a line of a closed attendance list, with a reason."""

from models.events import Event
from models.registrations import RegistrationState
from pages._visit import Visit
from services import attendance_corrections
from services.attendance import Mark
from services.attendance_sheet import AttendanceRow
from ui.fields import check_field, choice_field, text_field
from ui.form import Form
from ui.modal import Modal
from ui.sections import html

WHAT = {"present": "Present", "absent": "Absent"}


class Correction:
    """One dialog for every line of the list."""

    def __init__(self, visit: Visit, event: Event) -> None:
        self.visit, self.event = visit, event
        self.form = Form()
        self.modal: Modal[bool] = Modal()
        with self.modal:
            self.title = self.modal.title()
            html('<p class="dlg-hint">The credit follows, and the person reads the reason in a letter.</p>')
            self.form.summary()
            self.what = self.form.add(choice_field("Attendance", name="what", options=WHAT, value="present"))
            hint = f"Of {event.minutes}; empty for the whole event."
            self.minutes = self.form.add(text_field("Minutes", name="minutes", kind="decimal", hint=hint))
            self.presenter = self.form.add(check_field("Presenter", name="presenter"))
            self.reason = self.form.add(text_field("Reason", name="reason", kind="area", required=True))
            deed = self.modal.buttons(lambda: self.modal.submit(True))
            deed.set_text("Correct")
        self.modal.focus_on(self.what.focus_id)

    async def ask(self, one: AttendanceRow) -> None:
        """Until it is done, or given up."""
        row = one.registration
        self.title.text = f"Correct: {one.name}"
        self.form.clear()
        self.what.value = "absent" if row.state == RegistrationState.ABSENT else "present"
        whole = row.minutes is None or row.minutes >= self.event.minutes
        self.minutes.value = "" if whole else str(row.minutes)
        self.presenter.value, self.reason.value = row.presenter, ""
        while await self.modal.answer():
            minutes = self._minutes()
            if minutes == WRONG:
                self.form.show({"minutes": "Minutes are a whole number from 0 on."})
                continue
            told = Mark(str(self.what.value), minutes, bool(self.presenter.value))
            outcome = await self.visit.act(
                attendance_corrections.correct, row.id or 0, told, str(self.reason.value or "")
            )
            self.visit.tell(outcome, self.form)
            if outcome.done:
                self.modal.close()
                self.visit.toast.say(outcome.value or "Corrected. A letter is on its way.")
                return

    def _minutes(self) -> int | None:
        text = str(self.minutes.value or "").strip()
        if not text or self.what.value == "absent":
            return None
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else WRONG


WRONG = -1
LONGEST = 6
