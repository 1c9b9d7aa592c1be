"""What waits for a signed-in supervisor, and how far her staff are."""

from models.times import shown_day
from pages._places import Who, page
from pages._visit import Visit
from pages._words import progress_of
from services import programs, staff_progress
from services.staff_progress import Desk, StaffMember, Waiting
from ui.parts import chip, empty, esc
from ui.progress import progress
from ui.sections import heading, html, section
from ui.sections import page as column


@page("/supervisor", who=Who.SIGNED_IN, title="As a supervisor", nav="/supervisor")
async def supervisor_page(visit: Visit) -> None:
    desk = await visit.load(staff_progress.desk)
    with column():
        heading(visit.title, intro="Credits that you are asked to verify, and how far your staff are.")
        with section("Waits for you"):
            html(_waiting(desk))
        with section("Your staff", intro="By the positions in the directory. You see progress, not single decisions."):
            html(_staff(desk))


def _waiting(desk: Desk) -> str:
    if not desk.waiting:
        return str(empty("Nothing waits for you. When somebody’s credits are to be verified, a letter tells you, too."))
    return f'<ul class="lines waiting">{"".join(_request(one) for one in desk.waiting)}</ul>'


def _request(one: Waiting) -> str:
    program = programs.current()
    asked, until = shown_day(program.day_of(one.asked_at)), shown_day(program.day_of(one.expires_at))
    return (
        f'<li class="waits"><div><strong>{esc(one.person)}</strong>, {esc(one.track)}'
        f'<p class="second">Asked {esc(asked)}, until {esc(until)}</p></div>'
        f'<a class="btn btn--main" href="/supervisor/requests/{one.request_id}">Verify: {esc(one.person)}</a></li>'
    )


def _staff(desk: Desk) -> str:
    if not desk.staff:
        return str(empty("Nobody is on your staff in the directory. If that is wrong, write to the state library."))
    return "".join(_member(one) for one in desk.staff)


def _member(one: StaffMember) -> str:
    today = programs.current().today()
    if not one.tracks:
        return f'<div class="track"><h3>{esc(one.name)}</h3><p class="second">No open track.</p></div>'
    parts = [
        f'<p class="state-line"><span>{esc(track.track)}</span> {chip(track.participation.shown_status(today))}</p>'
        f"{progress(progress_of(track.participation, track.track, track.evaluation))}"
        for track in one.tracks
    ]
    return f'<div class="track"><h3>{esc(one.name)}</h3>{"".join(parts)}</div>'
