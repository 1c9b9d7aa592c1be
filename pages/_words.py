"""From what the services answer to what the widgets show: numbers, days and states in words."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from models.credits import counted_credits, shown_credits
from models.evaluation import Evaluation
from models.participations import Participation
from models.times import local_day, shown, shown_day
from services import clock, programs
from services.access import Actor
from services.claims import Claimable
from services.people import PositionView
from services.records import CreditRow
from ui.event_select import EventOption
from ui.parts import esc
from ui.progress import Progress, Requirement


def progress_of(participation: Participation, track_name: str, found: Evaluation, waiting: str = "pending") -> Progress:
    """A participation's evaluation as the progress bars show it; `waiting` is what its pending part is called."""
    needed = found.needed or Decimal(1)
    due = shown_day(participation.due_on) if participation.due_on else ""
    return Progress(
        track=track_name,
        needed=shown_credits(found.needed),
        earned=shown_credits(found.earned),
        pending=shown_credits(found.pending),
        missing=shown_credits(found.missing),
        earned_share=float(found.earned / needed),
        pending_share=float(found.pending / needed),
        due=due,
        requirements=tuple(
            Requirement(
                label=f"{met.requirement.label} ({shown_credits(met.waived)} waived)"
                if met.waived
                else met.requirement.label,
                needed=shown_credits(met.needed),
                earned=shown_credits(met.earned),
                pending=shown_credits(met.pending),
                missing=shown_credits(met.missing),
                earned_share=float(met.earned / met.needed) if met.needed else 1.0,
                pending_share=float(met.pending / met.needed) if met.needed else 0.0,
                complete=met.is_met,
                sentence=f"{met.requirement.label}: {shown_credits(met.earned)} of "
                f"{counted_credits(met.needed)} earned, {shown_credits(met.pending)} {waiting}, "
                f"{shown_credits(met.missing)} missing.",
            )
            for met in found.requirements
        ),
        sentence=f"{shown_credits(found.earned)} of {counted_credits(found.needed)} earned, "
        f"{shown_credits(found.pending)} {waiting}, {shown_credits(found.missing)} missing.",
        waiting=waiting,
    )


def event_options(claimable: Iterable[Claimable]) -> list[EventOption]:
    """Past events for the searchable drop-down."""
    return [
        {
            "value": str(one.event_id),
            "title": one.title,
            "detail": " · ".join(
                part
                for part in (
                    shown_day(local_day(one.ends_at, one.time_zone)),
                    counted_credits(one.credits),
                    one.sponsor,
                )
                if part
            ),
        }
        for one in claimable
    ]


def day_of(row: CreditRow) -> str:
    """The local day or days of a credit's event."""
    first, last = local_day(row.begins_at, row.time_zone), row.ended_on
    return shown_day(last) if first == last else f"{shown_day(first)} to {shown_day(last)}"


def in_program_zone(moment: datetime) -> str:
    return shown(moment, programs.current().time_zone)


def today_name(day: datetime) -> str:
    return shown_day(local_day(day, programs.current().time_zone))


def welcome(actor: Actor, position: PositionView | None) -> str:
    """The blue Welcome box."""
    lines = [position.title or position.kind.capitalize(), position.library] if position else []
    return (
        f'<section class="box box--welcome" aria-label="Welcome"><h2>Welcome, {esc(actor.first_name)}</h2>'
        + "".join(f'<p class="second">{esc(line)}</p>' for line in lines)
        + '<p><a href="/ce">Continuing Education</a></p><p><a href="/user">ASPeN User page</a></p>'
        '<p><a href="/supervisor">As a supervisor</a></p></section>'
    )


def sign_in_box() -> str:
    """The blue box of those who are not signed in."""
    return (
        '<section class="box box--welcome" aria-label="Sign in"><h2>Your certification</h2>'
        '<p class="second">Claim credits, follow your track.</p>'
        '<p><a class="btn btn--main" href="/login">Sign in</a></p>'
        '<p><a href="/ce">Continuing Education</a></p></section>'
    )


def now() -> datetime:
    return clock.now()
