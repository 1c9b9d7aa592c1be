"""Plan ahead, on the Control Panel: coming events to tick, and the track as if they were attended."""

from functools import partial

from models.credits import counted_credits, shown_credits
from models.evaluation import Evaluation
from models.participations import ParticipationStatus
from models.times import shown, shown_day
from pages._visit import Visit
from pages._words import progress_of
from services import planner, programs
from services.control_panel import OpenTrack, Panel
from services.planner import Plan, PlannedEvent
from ui.fields import check_field, choice_field
from ui.parts import empty, esc
from ui.progress import progress
from ui.sections import box, button, html, section


class Planner:
    """A button; what it opens is asked for and drawn when it is pressed."""

    def __init__(self, visit: Visit, panel: Panel) -> None:
        self.visit, self.pages, self.is_open, self.drawn = visit, 1, False, 0
        self.tracks: list[OpenTrack] = []
        self.participation_id = 0
        intro = "Tick coming events, and see your track as if you had attended them."
        with section("Plan ahead", anchor="plan", intro=intro) as self.frame:
            self.opener = button("Choose coming events", self._toggle).props(
                "aria-expanded=false aria-controls=plan-body"
            )
            with box("plan") as self.body:
                self.body.props("id=plan-body")
        self.body.set_visibility(False)
        self.show(panel)

    def show(self, panel: Panel) -> None:
        """Only tracks in progress can be planned; which they are may have changed."""
        self.tracks = [one for one in panel.tracks if one.participation.status == ParticipationStatus.IN_PROGRESS]
        self.frame.set_visibility(bool(self.tracks))

    async def _toggle(self) -> None:
        self.is_open = not self.is_open
        self.opener.props(f"aria-expanded={'true' if self.is_open else 'false'}")
        self.body.set_visibility(self.is_open)
        ids = [one.participation.id or 0 for one in self.tracks]
        if self.is_open and ids:
            self.participation_id = self.participation_id if self.participation_id in ids else ids[0]
            await self._draw()

    async def _draw(self) -> None:
        plan = await self._load()
        if plan is None:
            return
        self.body.clear()
        with self.body:
            if len(self.tracks) > 1:
                choice_field(
                    "Plan for the track",
                    name="plan-track",
                    options={str(one.participation.id): one.track_name for one in self.tracks},
                    value=str(self.participation_id),
                    on_change=self._choose_track,
                )
            self.result = html("")
            with box("plan-events") as self.events:
                self.events.props('role=group aria-label="Coming events"')
            self.more = button("Show more events", self._more)
        self.drawn = 0
        self._show(plan)

    async def _load(self) -> Plan | None:
        outcome = await self.visit.act(planner.outlook, self.participation_id, self.pages)
        self.visit.tell(outcome)
        return outcome.value

    def _show(self, plan: Plan) -> None:
        self.result.set_content(_result(plan))
        with self.events:
            for one in plan.events[self.drawn :]:
                with box("plan-event"):
                    check_field(
                        one.event.title,
                        name=f"plan-{one.event.id}",
                        value=one.chosen,
                        hint=_in_words(one),
                        on_leave=partial(self._tick, one.event.id or 0),
                    )
                    name = f"About {one.event.title}"
                    html(f'<a class="plan-link" href="/events/{one.event.id}" aria-label="{esc(name)}">About</a>')
            if not plan.events:
                html(str(empty("No event that gives credit is on the calendar for the next six months.")))
        self.drawn = len(plan.events)
        self.more.set_visibility(self.drawn < plan.total)

    async def _tick(self, event_id: int, _name: str, chosen: bool) -> None:
        outcome = await self.visit.act(planner.choose, self.participation_id, event_id, chosen=chosen)
        self.visit.tell(outcome)
        if outcome.done and (plan := await self._load()):
            self.result.set_content(_result(plan))

    async def _more(self) -> None:
        self.pages += 1
        if plan := await self._load():
            self._show(plan)

    async def _choose_track(self, value: str) -> None:
        self.participation_id, self.pages = int(value), 1
        await self._draw()


def _result(plan: Plan) -> str:
    drawn = progress(progress_of(plan.participation, plan.track_name, plan.after, "pending or planned"))
    return f'<p class="lead" role="status">{esc(_sentence(plan))}</p><p class="hint">{esc(_pace(plan))}</p>{drawn}'


def _sentence(plan: Plan) -> str:
    count = len(plan.chosen)
    if plan.before.missing <= 0:
        return "Nothing is missing: your record can be handed in now."
    if not count:
        return f"Nothing is ticked yet: {_left(plan.before)}."
    events = "this event" if count == 1 else f"these {count} events"
    last = shown_day(max(one.ended_on for one in plan.chosen))
    if plan.after.missing <= 0:
        return f"With {events} nothing is missing any more: you can hand your record in after {last}."
    gone = f" By {last}, {counted_credits(plan.expiring)} of yours expire." if plan.expiring else ""
    return f"With {events} {_left(plan.after)}.{gone}"


def _left(found: Evaluation) -> str:
    """`4 credits are left, 2 of them in Library Administration`."""
    gaps = [
        f"{shown_credits(met.missing)} in {met.requirement.label}"
        for met in found.requirements
        if met.missing > 0 and met.requirement.categories
    ]
    verb = "is" if found.missing == 1 else "are"
    where = f", of them {' and '.join(gaps)}" if gaps else ""
    return f"{counted_credits(found.missing)} {verb} left{where}"


def _pace(plan: Plan) -> str:
    """When the track is full at the pace of the last twelve months, against the due day."""
    done, due = plan.done_on, plan.participation.due_on
    if plan.before.missing <= 0:
        return ""
    if done is None:
        return "Nothing of the last twelve months counts yet, so there is no pace to go by."
    told = f"At your pace of the last twelve months nothing is missing by {shown_day(done)}"
    if due is None:
        return f"{told}."
    return f"{told}, {'in time for' if done <= due else 'after'} your due day, {shown_day(due)}."


def _in_words(one: PlannedEvent) -> str:
    event, categories = one.event, programs.current().categories
    credits = ", ".join(f"{counted_credits(value)} in {categories[id_].name}" for id_, value in one.credits)
    place = "Online" if event.online else event.location
    parts = [shown(event.begins_at, event.time_zone), credits, place, "You miss this category" if one.closes else ""]
    return " · ".join(part for part in parts if part)
