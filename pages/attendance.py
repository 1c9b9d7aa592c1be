"""Who came to an event, for a tablet at the door: everybody's marks are live in every open window."""

from models.credits import counted_credits
from models.events import RegistrationMode
from models.registrations import RegistrationState
from models.times import shown_span
from pages._attendance_correction import Correction
from pages._places import Who, page
from pages._visit import Visit
from services import attendance, live
from services.attendance import AttendanceRow, AttendanceSheet, Mark
from ui.attendance_list import AttendanceItem, AttendanceList
from ui.dialogs import confirm
from ui.fields import text_field
from ui.form import Form
from ui.parts import empty, esc, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/events/{event_id}/attendance", who=Who.SIGNED_IN, title="Attendance", nav="/review")
async def attendance_page(visit: Visit, event_id: int) -> None:
    found = await visit.load(attendance.sheet, event_id)
    event = found.event
    visit.title = f"Attendance: {event.title}"
    with column():
        heading(
            "Attendance",
            back=(event.title, f"/events/{event_id}/manage"),
            intro=f"{event.title}, {shown_span(event.begins_at, event.ends_at, event.time_zone)}",
        )
        if event.registration != RegistrationMode.HERE:
            html(str(empty("Nobody registers for this event here, so whoever came claims it.")))
            return
        window = AttendanceWindow(visit, found)

    async def again(number: int = 0, *_more: object) -> None:
        await window.hear(number)

    visit.keep_fresh(live.registrations_changed, again, key=event_id)


class AttendanceWindow:
    """The counts, the list, and the end of it."""

    def __init__(self, visit: Visit, found: AttendanceSheet) -> None:
        self.visit, self.found, self.event_id = visit, found, found.event.id or 0
        self.correction = Correction(visit, found.event)
        self.form = Form()
        self.state = html("")
        self.nobody = html(str(empty("Nobody is registered. Add who came below.")))
        self.list = AttendanceList([], length=found.event.minutes, on_mark=self._mark, on_correct=self._correct)
        with box("deeds") as self.deeds:
            self.rest = button("Everybody else was present", lambda: self._mark_rest("present"))
            self.absent = button("Everybody else was absent", lambda: self._mark_rest("absent"))
        with section("Came without a registration") as self.walk_in, box("form form--row"):
            self.form.summary()
            self.form.add(text_field("E-mail address", name="email", kind="email", required=True))
            button("Add the person", self._add)
        with box("deeds deeds--end"):
            self.close = button("Close attendance", self._close, kind="main", size="big")
            self.why_not = html("")
        self.show(found)

    def show(self, found: AttendanceSheet) -> None:
        self.found = found
        closed = found.event.attendance_closed_at is not None
        self.list.replace([item(one, closed=closed) for one in found.rows], closed=closed)
        self.nobody.set_visibility(not found.rows)
        self.deeds.set_visibility(not closed and bool(found.rows))
        self.walk_in.set_visibility(not closed)
        self._show_state()

    async def hear(self, registration_id: int) -> None:
        """One row changed, here or in another window; 0 is the whole list."""
        known = {row["id"] for row in self.list.rows}
        found = await self.visit.load(attendance.sheet, self.event_id)
        same = {one.registration.id for one in found.rows} == known
        if registration_id in known and same and found.event == self.found.event:
            self.found = found
            closed = found.event.attendance_closed_at is not None
            changed = next(one for one in found.rows if one.registration.id == registration_id)
            self.list.patch(item(changed, closed=closed))
            self._show_state()
        else:
            self.show(found)

    def _show_state(self) -> None:
        found = self.found
        counts = {state: sum(one.registration.state == state for one in found.rows) for state in RegistrationState}
        closed = found.event.attendance_closed_at is not None
        words = (
            f"{counts[RegistrationState.ATTENDED]} present, {counts[RegistrationState.ABSENT]} absent, "
            f"{counts[RegistrationState.REGISTERED]} without a mark"
        ) + (f", {found.waiting} on the waiting list" if found.waiting else "")
        state = f'<p class="att-counts" role="status">{esc(words)}.</p>'
        if closed:
            state += str(
                notice("Attendance is closed.", "The credits are there. Correct a line with a reason.", kind="done")
            )
        differing = sum(one.differs for one in found.rows)
        if differing:
            told = f"{differing} {'line differs' if differing == 1 else 'lines differ'} from the credit."
            state += str(notice(told, "It was verified or counted before the correction, and stays.", kind="dup"))
        self.state.set_content(state)
        self.close.set_visibility(not closed)
        self.close.set_enabled(not found.why_not_closed)
        self.rest.set_enabled(bool(counts[RegistrationState.REGISTERED]))
        self.absent.set_enabled(bool(counts[RegistrationState.REGISTERED]))
        self.why_not.set_content("" if closed else f'<p class="hint">{esc(found.why_not_closed)}</p>')

    async def _mark(self, number: int, what: str, minutes: int | None, presenter: bool) -> None:
        outcome = await self.visit.act(attendance.mark, number, Mark(what, minutes, presenter))
        self.visit.tell(outcome)
        if not outcome.done:
            await self.hear(number)

    async def _mark_rest(self, what: str) -> None:
        self.visit.tell(await self.visit.act(attendance.mark_rest, self.event_id, what))

    async def _add(self) -> None:
        outcome = await self.visit.act(attendance.add_walk_in, self.event_id, str(self.form.values()["email"] or ""))
        self.visit.tell(outcome, self.form)
        if outcome.done:
            self.form.clear()
            self.visit.toast.say("Added.")

    async def _close(self) -> None:
        came = sum(one.registration.state == RegistrationState.ATTENDED for one in self.found.rows)
        sentence = f"{came} {'person gets' if came == 1 else 'people get'} the credit at once, and a letter."
        if await confirm("Close attendance?", sentence, "Close attendance"):
            outcome = await self.visit.act(attendance.close, self.event_id)
            self.visit.tell(outcome)
            if outcome.done:
                self.visit.toast.say(f"Closed. {outcome.value} got the credit.")

    async def _correct(self, number: int) -> None:
        one = next(one for one in self.found.rows if one.registration.id == number)
        await self.correction.ask(one)


def item(one: AttendanceRow, *, closed: bool) -> AttendanceItem:
    """A row as the list shows it."""
    row = one.registration
    attended = row.state == RegistrationState.ATTENDED
    partly = attended and row.minutes is not None and row.minutes < one.length
    what = "partly" if partly else "present" if attended else "absent" if row.state == RegistrationState.ABSENT else ""
    made: AttendanceItem = {
        "id": row.id or 0,
        "name": one.name,
        "library": one.library,
        "what": what,
        "minutes": row.minutes,
        "presenter": row.presenter,
        "own": one.is_own,
    }
    if closed:
        made["credits"] = counted_credits(one.credits)
        if one.differs:
            made["note"] = f"By this mark it would be {counted_credits(one.due)}; the credit was verified or counted."
    return made
