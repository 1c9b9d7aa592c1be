"""The Control Panel: all that it shows, read at one moment."""

from dataclasses import dataclass

from sqlmodel import Session

from models.credits import CreditStatus, counted_credits, shown_credits
from models.evaluation import Evaluation
from models.participations import Participation, ParticipationStatus
from models.times import shown_day
from services import claims, db, participations, people, programs, records
from services.access import Actor
from services.claims import Claimable
from services.people import PositionView
from services.records import CreditRow

NEWEST = 3


@dataclass(frozen=True)
class OpenTrack:
    participation: Participation
    track_name: str
    evaluation: Evaluation


@dataclass(frozen=True)
class NextStep:
    """The biggest thing on the page: what to do, why, and where."""

    title: str
    why: str
    deed: str
    href: str


@dataclass(frozen=True)
class Panel:
    tracks: list[OpenTrack]
    past: list[tuple[Participation, str]]
    can_be_added: dict[int, str]
    claimable: list[Claimable]
    newest: list[CreditRow]
    credit_count: int
    duplicate_count: int
    position: PositionView | None
    next_step: NextStep


def show(actor: Actor) -> Panel:
    """The panel of the signed-in person: four statements, whatever the size of the database."""
    with db.reading() as session:
        return _panel(session, actor)


def _panel(session: Session, actor: Actor) -> Panel:
    program = programs.current()
    today = program.today()
    taken_up = participations.of_person(session, actor.person_id)
    rows = records.credits_of(session, actor.person_id)
    claimable = claims.claimable(session, actor.person_id)
    positions = people.positions_of(session, actor.person_id)
    tracks = [
        OpenTrack(one, program.versions[one.track_version_id].track_name, records.evaluated(one, rows, program))
        for one in taken_up
        if one.is_open
    ]
    open_ids = {one.participation.track_id for one in tracks}
    past = [
        (one, program.versions[one.track_version_id].track_name)
        for one in taken_up
        if one.status == ParticipationStatus.ISSUED
    ]
    listed = [row for row in rows if row.status != CreditStatus.WITHDRAWN]
    return Panel(
        tracks=tracks,
        past=past,
        can_be_added={
            track_id: track.name
            for track_id, track in program.tracks.items()
            if track_id not in open_ids and program.version_for(track_id, today)
        },
        claimable=claimable,
        newest=listed[:NEWEST],
        credit_count=len(listed),
        duplicate_count=len(records.duplicates_in(rows)),
        position=next((at for at in positions if at.ends_on is None or at.ends_on >= today), None),
        next_step=_next_step(tracks, listed, claimable),
    )


def _next_step(tracks: list[OpenTrack], rows: list[CreditRow], claimable: list[Claimable]) -> NextStep:
    declined = next((row for row in rows if row.status == CreditStatus.DECLINED), None)
    returned = next((one for one in tracks if one.participation.returned_note), None)
    if not tracks:
        return NextStep(
            "Choose the track that you want to earn",
            "Credits count from the day you start collecting them; a track says how many you need.",
            "Choose a track",
            "#track",
        )
    if returned:
        return NextStep(
            "Your record was returned to you",
            f"The coordinator writes: “{returned.participation.returned_note}”",
            "Open your record",
            f"/ce/tracks/{returned.participation.id}",
        )
    if declined and declined.claim_id:
        return NextStep(
            "Correct a declined credit",
            f"“{declined.title}” was declined: {declined.reason}",
            "Correct and resubmit",
            f"/ce/credits/{declined.claim_id}",
        )
    return _toward_goal(tracks[0], claimable)


def _toward_goal(track: OpenTrack, claimable: list[Claimable]) -> NextStep:
    found = track.evaluation
    if found.is_met:
        return NextStep(
            f"You have what {track.track_name} needs",
            "Submitting the record comes with the next release. Until then, write to the CE coordinator.",
            "See your record",
            f"/ce/tracks/{track.participation.id}",
        )
    if found.can_be_submitted:
        return NextStep(
            "Nothing more to claim for now",
            f"{counted_credits(found.pending).capitalize()} wait for the coordinator. "
            f"When they are approved, {track.track_name} is complete.",
            "See your record",
            f"/ce/tracks/{track.participation.id}",
        )
    gap = next(met for met in found.requirements if met.missing > 0)
    missing = f"{shown_credits(found.missing)} to go, {shown_credits(gap.missing)} of them in {gap.requirement.label}."
    if gap.requirement.categories == frozenset():
        missing = f"{shown_credits(found.missing)} to go, in any category."
    if claimable:
        newest = claimable[0]
        return NextStep(
            "Claim what you attended",
            f"{missing} The newest event that you have not claimed is “{newest.title}”, "
            f"{shown_day(newest.ends_at.date())}.",
            "Choose a past event",
            "#claim",
        )
    return NextStep("Find your next event", missing, "See coming events", "/events")
