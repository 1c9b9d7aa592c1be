"""The tracks on the Control Panel: the next step, how far each track is, and at what pace it goes on."""

from models.credits import counted_credits, shown_credits
from models.participations import ParticipationStatus
from models.planning import pace
from models.times import shown_day
from pages._words import progress_of
from services import programs
from services.control_panel import OpenTrack, Panel
from ui.parts import chip, esc
from ui.progress import progress


def next_step(panel: Panel) -> str:
    """The biggest thing on the panel, with a bar for each open track."""
    step = panel.next_step
    bars = "".join(
        f'<h3 class="track-title">Your {esc(one.track_name)} track</h3>'
        + str(progress(progress_of(one.participation, one.track_name, one.evaluation)))
        + _outlook(one)
        + f'<p class="second"><a href="/ce/tracks/{one.participation.id}">'
        f"See {esc(one.track_name)} as a table, credit by credit</a></p>"
        for one in panel.tracks
    )
    return (
        '<section class="sheet next" aria-labelledby="next-title"><p class="eyebrow">Next step</p>'
        f'<h2 class="next-title" id="next-title">{esc(step.title)}</h2><p class="lead">{esc(step.why)}</p>'
        f'<p><a class="btn btn--main btn--big" href="{esc(step.href)}">{esc(step.deed)}</a></p>{bars}</section>'
    )


def _outlook(one: OpenTrack) -> str:
    """By when, and at what pace; or that the day is over."""
    due_on, today = one.participation.due_on, programs.current().today()
    if due_on is None or one.participation.status != ParticipationStatus.IN_PROGRESS:
        return ""
    if today > due_on:
        return (
            f'<p class="notice notice--dup">Overdue since {shown_day(due_on)}. What you earn still counts: submit as '
            "soon as you can, or write to the coordinator for more time.</p>"
        )
    if found := pace(one.evaluation.missing, today, due_on):
        credits = f"{counted_credits(found.missing)} to go until {shown_day(due_on)}"
        how = f"about {shown_credits(found.a_month)} a month" if found.months > 1 else "within a month"
        return f'<p class="hint">{esc(credits)}: {esc(how)}.</p>'
    return ""


def open_track(one: OpenTrack) -> str:
    """A track as a line: since when, until when, how it stands, and why it was returned."""
    status = one.participation.shown_status(programs.current().today())
    returned = one.participation.returned_note
    note = f'<p class="notice notice--dup">Returned to you: {esc(returned)}</p>' if returned else ""
    since = f"Since {shown_day(one.participation.begins_on)}"
    due = f", due {shown_day(one.participation.due_on)}" if one.participation.due_on else ""
    return (
        f'<div class="line"><div><h3><a href="/ce/tracks/{one.participation.id}">{esc(one.track_name)}</a></h3>'
        f'<p class="second">{esc(since + due)}</p></div>{chip(status)}</div>{note}'
    )
