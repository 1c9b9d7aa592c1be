"""Who came to an event, for a tablet at the door: everybody's marks are live in every open window."""

from contextlib import suppress

from models.credits import counted_credits
from models.errors import NotFound
from models.events import RegistrationMode
from models.registrations import RegistrationState
from models.times import shown_span
from pages._attendance_correction import Correction
from pages._places import Who, page
from pages._visit import Visit
from pages._walk_in import WalkIns
from services import attendance, attendance_sheet, live
from services.attendance import Mark
from services.attendance_sheet import AttendanceCounts, AttendanceRow, AttendanceSheet
from ui.attendance_list import AttendanceItem, AttendanceList
from ui.dialogs import confirm
from ui.parts import empty, esc, notice
from ui.sections import box, button, focus_on, heading, html
from ui.sections import page as column


@page("/events/{event_id}/attendance", who=Who.SIGNED_IN, title="Attendance", nav="/review")
async def attendance_page(visit: Visit, event_id: int) -> None:
    found = await visit.load(attendance_sheet.sheet, event_id)
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
        self.visit, self.event_id = visit, found.event.id or 0
        self.correction = Correction(visit, found.event)
        self.state = html("").props("tabindex=-1")
        self.nobody = html(str(empty("Nobody is registered. Add who came below.")))
        self.list = AttendanceList([], length=found.event.minutes, on_mark=self._mark, on_correct=self._correct)
        with box("deeds") as self.deeds:
            self.rest = button("Everybody else was present", lambda: self._mark_rest("present"))
            self.absent = button("Everybody else was absent", lambda: self._mark_rest("absent"))
        self.walk_ins = WalkIns(visit, self.event_id)
        with box("deeds deeds--end"):
            self.close = button("Close attendance", self._close, kind="main", size="big")
            self.why_not = html("")
        self.show(found)

    def show(self, found: AttendanceSheet) -> None:
        closed, self.gives = found.counts.is_closed, found.gives
        self.rows = {one.registration.id or 0: one for one in found.rows}
        self.list.replace([item(one, closed=closed) for one in found.rows], closed=closed)
        self.nobody.set_visibility(not found.rows)
        self.deeds.set_visibility(not closed and bool(found.rows))
        self.walk_ins.show(found.trainers, {one.registration.person_id for one in found.rows}, closed=closed)
        self._show_counts(found.counts)

    async def hear(self, registration_id: int) -> None:
        """One row changed, here or in another window; 0 is the whole list."""
        if registration_id in self.rows:
            with suppress(NotFound):  # she gave her seat back: the list is another one
                changed, counts = await self.visit.load(attendance_sheet.line, registration_id)
                if counts.present + counts.absent + counts.without_mark == len(self.rows):
                    self.rows[registration_id] = changed
                    self.list.patch(item(changed, closed=counts.is_closed))
                    self._show_counts(counts)
                    return
        self.show(await self.visit.load(attendance_sheet.sheet, self.event_id))

    def _show_counts(self, counts: AttendanceCounts) -> None:
        self.counts = counts
        waiting = f", {counts.waiting} on the waiting list" if counts.waiting else ""
        words = f"{counts.present} present, {counts.absent} absent, {counts.without_mark} without a mark{waiting}."
        state = f'<p class="att-counts" role="status">{esc(words)}</p>'
        if counts.is_closed:
            told = "The credits are there. Correct a line with a reason."
            state += str(notice("Attendance is closed.", told, kind="done"))
        differing = sum(one.differs for one in self.rows.values())
        if differing:
            told = f"{differing} {'line differs' if differing == 1 else 'lines differ'} from the credit."
            state += str(notice(told, "What was approved, verified or counted before stays.", kind="dup"))
        self.state.set_content(state)
        self.close.set_visibility(not counts.is_closed)
        self.close.set_enabled(not counts.why_not_closed)
        self.rest.set_enabled(bool(counts.without_mark))
        self.absent.set_enabled(bool(counts.without_mark))
        self.why_not.set_content("" if counts.is_closed else f'<p class="hint">{esc(counts.why_not_closed)}</p>')

    async def _mark(self, number: int, what: str, minutes: int | None, presenter: bool) -> None:
        outcome = await self.visit.act(attendance.mark, number, Mark(what, minutes, presenter))
        self.visit.tell(outcome)
        if not outcome.done:
            await self.hear(number)

    async def _mark_rest(self, what: str) -> None:
        self.visit.tell(await self.visit.act(attendance.mark_rest, self.event_id, what))

    async def _close(self) -> None:
        came = self.counts.present
        who = "1 person gets" if came == 1 else f"{came} people get"
        sentence = f"{who} credit at once, and a letter. All of it gives {counted_credits(self.gives)}."
        if not self.gives:
            sentence = "This event gives no credit."
        if await confirm("Close attendance?", sentence, "Close attendance"):
            outcome = await self.visit.act(attendance.close, self.event_id)
            self.visit.tell(outcome)
            if outcome.done:
                focus_on(self.state)
                self.visit.toast.say(f"Closed. {outcome.value} got the credit.")

    async def _correct(self, number: int) -> None:
        await self.correction.ask(self.rows[number])


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
        made["note"] = f"By this mark it would be {counted_credits(one.due)}."
    if one.why:
        made["note"] = f"No credit for presenting. {one.why.replace('you presented it', 'it was presented')}"
    return made
