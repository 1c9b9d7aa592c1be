"""The Continuing Education Control Panel."""

from nicegui import ui

from models.credits import counted_credits
from models.participations import ParticipationStatus
from models.times import shown_day
from pages._certifications import certifications
from pages._panel_tracks import next_step, open_track
from pages._places import Who, page
from pages._planner import Planner
from pages._visit import Visit
from pages._words import day_of, event_options, welcome
from pages.participation import hand_in
from services import control_panel, degrees, live, participations, programs, submitted
from services.control_panel import OpenTrack, Panel
from ui.event_select import EventSelect
from ui.fields import ChoiceField, choice_field
from ui.parts import chip, esc
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/ce", who=Who.SIGNED_IN, title="Continuing Education Control Panel")
async def control_panel_page(visit: Visit) -> None:
    panel = await visit.load(control_panel.show)
    with column():
        heading("Continuing Education Control Panel")
        with box("columns"):
            with box("col-main"):
                drawn = MainColumn(visit, panel)
            with box("col-right", "aside") as right:
                right.props('aria-label="Your certification"')
                html(welcome(visit.actor, panel.position))
                beside = html(certifications(panel.certificates))
            with box("col-left", "nav") as left:
                left.props('aria-label="Resources"')
                html(_resources())

    async def again() -> None:
        with visit.client:
            news = await visit.load(control_panel.show)
            drawn.show(news)
            beside.set_content(certifications(news.certificates))

    visit.keep_fresh(live.record_changed, again, key=visit.actor.person_id)


class MainColumn:
    """The middle of the panel; `show` brings it up to date without touching what the person chose."""

    def __init__(self, visit: Visit, panel: Panel) -> None:
        self.visit = visit
        self.next = html(next_step(panel))
        with section(
            "Add Independent Learning Event",
            anchor="claim",
            intro="Events of the past year that you have not claimed yet, newest first. Type to search.",
        ):
            self._draw_claim(panel)
        with section(
            "Create New Independent Learning Event",
            intro="For learning that is not on the list: a local training, a college course, an out-of-state "
            "conference. You need its title, times, sponsor and trainer.",
        ):
            html('<p><a class="btn btn--plain" href="/ce/events/new">Create New Independent Learning Event</a></p>')
        with section("Change CE Track Status", anchor="track"):
            self._draw_tracks(panel)
        self.planner = Planner(visit, panel)
        with section("Your newest credits"):
            self.credits = html(_newest(panel))
        self.show(panel)

    def show(self, panel: Panel) -> None:
        self.panel = panel
        self.next.set_content(next_step(panel))
        self.planner.show(panel)
        self.credits.set_content(_newest(panel))
        options = event_options(panel.claimable)
        values = {option["value"] for option in options}
        chosen = self.events.value if self.events.value in values else (options[0]["value"] if options else None)
        self.events.set_options(options, chosen)
        self.go.set_enabled(bool(options))
        self.nothing.set_visibility(not options)
        self._show_tracks()

    def _draw_claim(self, panel: Panel) -> None:
        options = event_options(panel.claimable)
        with box("claim-row"):
            self.events = EventSelect(
                "Event", source="/ce/past-events", options=options, value=options[0]["value"] if options else None
            )
            self.go = button("Go!", self._go, kind="main").props("aria-describedby=nothing-to-claim")
        self.nothing = html(
            '<p class="hint" id="nothing-to-claim">There is nothing to claim: every event of the past '
            "year that gives credit is in your list already.</p>"
        )

    def _draw_tracks(self, panel: Panel) -> None:
        self.open_tracks = html("")
        self.track: ChoiceField = choice_field(
            "Track",
            name="track-choice",
            options=self._track_options(panel),
            value=self._first_track(panel),
            on_change=lambda _: self._show_tracks(),
        )
        with box("deeds"):
            self.add = button("Add", self._add).props("aria-describedby=track-state")
            self.update = button("Update", self._update).props("aria-describedby=track-state")
            self.submit = button("Submit", self._submit).props("aria-describedby=submit-why")
        self.state = html("")
        if degrees.is_offered(programs.current()):
            html(
                '<p class="second">You have a recent library degree? <a href="/ce/degree">Hand in your diploma</a></p>'
            )

    def _show_tracks(self) -> None:
        options = self._track_options(self.panel)
        if self.track.value not in options:
            self.track.value = next(iter(options), "")
        self.track.set_options(options)
        chosen = self._chosen()
        self.open_tracks.set_content("".join(open_track(one) for one in self.panel.tracks))
        self.add.set_enabled(chosen is None and bool(self.track.value))
        self.update.set_enabled(chosen is not None)
        self.submit.set_enabled(chosen is not None and _can_submit(chosen))
        self.state.set_content(
            f'<p class="hint" id="track-state">{esc(self._state(chosen))}</p>'
            f'<p class="hint" id="submit-why">{esc(_submit_why(chosen))}</p>'
        )

    def _state(self, chosen: OpenTrack | None) -> str:
        if chosen is None:
            who = programs.current().tracks[int(self.track.value)].who if self.track.value else ""
            return f"{who} Press Add to take it up."
        return (
            "You take part in this track. Update changes your library, position, verifier and note, or withdraws you."
        )

    def _chosen(self) -> OpenTrack | None:
        return next((one for one in self.panel.tracks if str(one.participation.track_id) == self.track.value), None)

    def _first_track(self, panel: Panel) -> str:
        return (
            str(panel.tracks[0].participation.track_id) if panel.tracks else next(iter(self._track_options(panel)), "")
        )

    def _track_options(self, panel: Panel) -> dict[str, str]:
        taken = {one.participation.track_id: one.track_name for one in panel.tracks}
        tracks = programs.current().tracks
        return {str(id_): track.name for id_, track in tracks.items() if id_ in taken or id_ in panel.can_be_added}

    def _go(self) -> None:
        if self.events.value:
            ui.navigate.to(f"/ce/claim/{self.events.value}")

    async def _add(self) -> None:
        outcome = await self.visit.act(participations.add, int(self.track.value))
        if outcome.done:
            self.visit.toast.say("The track was added. Credits that you have count toward it.")
        self.visit.tell(outcome)

    def _update(self) -> None:
        if chosen := self._chosen():
            ui.navigate.to(f"/ce/tracks/{chosen.participation.id}")

    async def _submit(self) -> None:
        chosen = self._chosen()
        if chosen and await hand_in(self.visit, chosen.participation.id or 0, chosen.track_name):
            self.visit.toast.say("Submitted. The coordinator sees it now.")


def _can_submit(chosen: OpenTrack) -> bool:
    in_progress = chosen.participation.status == ParticipationStatus.IN_PROGRESS
    return in_progress and chosen.evaluation.can_be_submitted


def _submit_why(chosen: OpenTrack | None) -> str:
    """Why Submit can be pressed, or not."""
    if chosen is None:
        return ""
    if chosen.participation.submitted_at:
        day = shown_day(programs.current().day_of(chosen.participation.submitted_at))
        return f"Submitted on {day}. Its list stays as it is until it is decided or returned."
    if _can_submit(chosen):
        return f"Submit hands your record for {chosen.track_name} to the coordinator."
    return " ".join(["Submit waits:", *submitted.missing(chosen.evaluation)])


def _newest(panel: Panel) -> str:
    links = (
        '<p class="deeds"><a class="btn btn--plain" href="/ce/credits">Edit CE Credits</a>'
        '<a class="btn btn--plain" href="/ce/credits.xlsx">Export CE Credits to Excel</a></p>'
    )
    if not panel.newest:
        return '<p class="box box--empty">Nothing is in your list yet. Claim an event above.</p>' + links
    rows = "".join(
        f'<li class="line"><div><a href="/ce/credits/{row.claim_id}">{esc(row.title)}</a>'
        f'<p class="second">{esc(day_of(row))} · {esc(counted_credits(row.credits))}</p></div>{chip(row.status)}</li>'
        for row in panel.newest
    )
    doubles = panel.duplicate_count
    alike = f" {'One looks' if doubles == 1 else f'{doubles} look'} like a duplicate." if doubles else ""
    count = f"{panel.credit_count} credit{'' if panel.credit_count == 1 else 's'} in all.{alike}"
    return f'<ul class="lines">{rows}</ul><p class="second">{esc(count)}</p>{links}'


def _resources() -> str:
    items = "".join(
        f'<li><a href="{esc(part["href"])}">{esc(part["title"])}</a></li>'
        for part in programs.current().texts["resources"]
    )
    return f'<h2>Resources</h2><ul class="list">{items}</ul>'
