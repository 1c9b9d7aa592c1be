"""On an event's page: register, wait, give the seat back, and the same for one's staff."""

from functools import partial

from markupsafe import Markup
from nicegui import ui

from models.events import Event, RegistrationMode
from models.registrations import Registration, RegistrationState
from models.texts import typed_id
from pages._visit import Visit
from services import live, registrations
from services.registrations import Colleague, Standing
from services.seats import Room
from ui.dialogs import confirm
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.parts import chip, esc, facts, notice
from ui.sections import box, button, focus_on, html

ME = "me"


async def draw_registration(visit: Visit, event: Event, room: Room) -> None:
    """Live: seats and one's own place change by themselves."""
    if event.registration == RegistrationMode.ELSEWHERE:
        html(f'<p><a class="btn btn--main" href="{esc(event.registration_link)}" rel="noopener">Register</a></p>')
        return
    if event.registration == RegistrationMode.NONE:
        html('<p class="hint">Registration is not necessary.</p>')
        return
    if visit.opened_by is None:
        words = "Sign in to wait for a seat" if room.left == 0 else "Sign in to register"
        way = f'<a class="btn btn--main" href="/login?next=/events/{event.id}">{words}</a>'
        with box("registration"):
            html(f'<p class="seats">{esc(room_words(event, room))}</p><p>{way}</p>')
        return
    standing = await visit.load(registrations.standing, event.id or 0)
    staff = await visit.load(registrations.colleagues, event.id or 0)
    panel = RegistrationPanel(visit, event, standing, staff)

    async def again(*_facts: object) -> None:
        news = await visit.load(registrations.standing, event.id or 0)
        panel.show(news, await visit.load(registrations.colleagues, event.id or 0))

    visit.keep_fresh(live.registrations_changed, again, key=event.id)


class RegistrationPanel:
    """What is typed stays until one's own standing, or that of one's staff, is another."""

    def __init__(self, visit: Visit, event: Event, standing: Standing, staff: list[Colleague]) -> None:
        self.visit, self.event, self.standing, self.staff = visit, event, standing, staff
        self.deed: ui.button | None = None
        with box("registration") as self.frame:
            self.frame.props('role=group aria-label="Registration" tabindex=-1')
            self.room = html("")
            with box("registration-own") as self.own:
                pass
        self._draw()

    def show(self, standing: Standing, staff: list[Colleague]) -> None:
        before, self.standing = self.standing, standing
        self.room.set_content(self._room())
        if self.deed is not None and not self.deed.is_deleted:
            self.deed.set_text(self._words())
        if (_own(before), before.place, before.why_not, self.staff) == (
            _own(standing), standing.place, standing.why_not, staff,
        ):  # fmt: skip
            return
        self.staff = staff
        self.own.clear()
        with self.own:
            self._draw_own()
        if _state(before) == RegistrationState.WAITING and _state(standing) == RegistrationState.REGISTERED:
            self.visit.toast.say("A seat became free: you have it now.")

    def _draw(self) -> None:
        self.room.set_content(self._room())
        with self.own:
            self._draw_own()

    def _room(self) -> str:
        return f'<p class="seats" role="status">{esc(room_words(self.event, self.standing.room))}</p>'

    def _draw_own(self) -> None:
        mine = self.standing.mine
        if mine is not None:
            self._draw_mine(mine)
        free = [one for one in self.staff if not one.registration_id]
        if self.standing.why_not:
            html(f'<p class="hint">{esc(self.standing.why_not)}</p>' if mine is None else "")
        elif mine is None or free:
            self._draw_form({} if mine else {ME: "Me"}, free)
        for one in self.staff:
            if one.registration_id:
                self._draw_colleague(one)

    def _draw_mine(self, mine: Registration) -> None:
        html(
            f"<p>{chip(str(mine.state).capitalize())}</p>{_told(self.event, self.standing)}{_answers(self.event, mine)}"
        )
        if mine.state in {RegistrationState.REGISTERED, RegistrationState.WAITING} and not self.standing.why_not:
            words = "Cancel my registration" if mine.state == RegistrationState.REGISTERED else "Leave the waiting list"
            button(words, partial(self._cancel, mine.id or 0, words), kind="brick")

    def _draw_form(self, me: dict[str, str], free: list[Colleague]) -> None:
        self.form = Form()
        if not me:
            html("<h2>Your staff</h2>")
        with box("form"):
            self.form.summary()
            whom = {**me, **{str(one.person_id): one.name for one in free}}
            if free:
                self.form.add(choice_field("Who", name="who", options=whom, value=next(iter(whom)), required=True))
            for one in self.event.questions:
                self.form.add(
                    text_field(str(one["label"]), name=str(one["key"]), required=bool(one["required"]), max_length=1000)
                )
            with box("deeds"):
                self.deed = button(self._words(), self._register, kind="main", size="big")

    def _words(self) -> str:
        return "Join the waiting list" if self.standing.room.left == 0 else "Register"

    def _draw_colleague(self, one: Colleague) -> None:
        with box("registration-colleague"):
            html(f"<p><strong>{esc(one.name)}</strong> {chip(one.state.capitalize())}</p>")
            if one.state in {RegistrationState.REGISTERED, RegistrationState.WAITING} and not self.standing.why_not:
                words = f"Cancel the registration of {one.name}"
                button("Cancel", partial(self._cancel, one.registration_id, words), kind="quiet").props(
                    f'aria-label="{esc(words)}"'
                )

    async def _register(self) -> None:
        values = self.form.values()
        who = str(values.pop("who", ME))
        number, other = self.event.id or 0, typed_id(who)
        if other is None:
            outcome = await self.visit.act(registrations.register, number, values)
        else:
            outcome = await self.visit.act(registrations.register_other, number, other, values)
        self.visit.tell(outcome, self.form)
        if outcome.done:
            focus_on(self.frame)
            waiting = outcome.value == RegistrationState.WAITING
            self.visit.toast.say("On the waiting list. A letter is on its way." if waiting else
                                 "Registered. A letter with the calendar entry is on its way.")  # fmt: skip

    async def _cancel(self, registration_id: int, words: str) -> None:
        sentence = f"“{self.event.title}”: the seat goes to whoever waits first."
        if await confirm(f"{words}?", sentence, "Give it back", grave=True, keep="Keep it"):
            outcome = await self.visit.act(registrations.cancel, registration_id)
            self.visit.tell(outcome)
            if outcome.done:
                focus_on(self.frame)
                self.visit.toast.say("Cancelled. A letter is on its way.")


def room_words(event: Event, room: Room) -> str:
    """`12 of 20 seats taken, 3 on the waiting list.`"""
    waiting = f", {room.waiting} on the waiting list" if room.waiting else ""
    if event.capacity is None:
        return f"{room.seated} registered{waiting}."
    return f"{room.seated} of {event.capacity} seats taken{waiting}."


def _answers(event: Event, mine: Registration) -> str:
    """What one answered, where anything was asked."""
    told = [(str(one["label"]), mine.answers.get(str(one["key"]), "")) for one in event.questions]
    return str(facts([(label, answer) for label, answer in told if answer])) if any(a for _, a in told) else ""


def _state(standing: Standing) -> str:
    return str(standing.mine.state) if standing.mine else ""


def _own(standing: Standing) -> object:
    return standing.mine and (standing.mine.id, standing.mine.state)


def _told(event: Event, standing: Standing) -> str:
    mine = standing.mine
    if mine is None:
        return ""
    if mine.state == RegistrationState.WAITING:
        return f"<p>You are number {standing.place} on the waiting list. When it is your turn, you have the seat.</p>"
    if mine.state == RegistrationState.ABSENT and event.attendance_closed_at:
        return str(notice("You were not there,", "says the attendance list. If you were, claim the event."))
    if mine.state == RegistrationState.ATTENDED and event.attendance_closed_at:
        return '<p>Your credit is <a href="/ce/credits">in your list</a>.</p>'
    if event.meeting_link and mine.state == RegistrationState.REGISTERED:
        return str(
            Markup('<p><a class="btn btn--plain" href="{}" rel="noopener">Go to the online meeting</a></p>').format(
                event.meeting_link
            )
        )
    return ""
