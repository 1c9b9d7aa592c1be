"""The Control Panel: all that it shows, read at one moment."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from models.credits import CreditStatus, counted_credits, shown_credits
from models.evaluation import Evaluation
from models.participations import Participation, ParticipationStatus
from models.times import shown_day
from services import certificate_lists, claims, db, duplicates, participations, people, programs, records
from services.access import Actor
from services.certificate_lists import CertificateLine
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
    certificates: list[CertificateLine]
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
    submitted = any(one.status == ParticipationStatus.SUBMITTED for one in taken_up)
    frozen = records.frozen_lists(session, actor.person_id) if submitted else {}
    tracks = [
        OpenTrack(
            one,
            program.versions[one.track_version_id].track_name,
            records.evaluated(one, rows, program, frozen.get(one.id or 0)),
        )
        for one in taken_up
        if one.is_open
    ]
    open_ids = {one.participation.track_id for one in tracks}
    listed = [row for row in rows if row.status != CreditStatus.WITHDRAWN]
    certificates = certificate_lists.of_person(session, actor.person_id)
    return Panel(
        tracks=tracks,
        certificates=certificates,
        can_be_added={
            track_id: track.name
            for track_id, track in program.tracks.items()
            if track_id not in open_ids and program.version_for(track_id, today)
        },
        claimable=claimable,
        newest=listed[:NEWEST],
        credit_count=len(listed),
        duplicate_count=len(duplicates.duplicates_in(rows)),
        position=next((at for at in positions if at.ends_on is None or at.ends_on >= today), None),
        next_step=_next_step(tracks, listed, claimable, certificates),
    )


def _next_step(
    tracks: list[OpenTrack], rows: list[CreditRow], claimable: list[Claimable], certificates: list[CertificateLine]
) -> NextStep:
    returned = next((one for one in tracks if one.participation.returned_note), None)
    if urgent := _urgent(returned, rows, certificates):
        return urgent
    if not tracks:
        return NextStep(
            "Choose the track that you want to earn",
            "Credits count from the day you start collecting them; a track says how many you need.",
            "Choose a track",
            "#track",
        )
    going_on = [one for one in tracks if one.participation.status == ParticipationStatus.IN_PROGRESS]
    if not going_on:
        return _waiting(tracks[0])
    ready = next((one for one in going_on if one.evaluation.can_be_submitted), None)
    if ready:
        return _ready(ready)
    declined = next((row for row in rows if row.status == CreditStatus.DECLINED), None)
    return _to_correct(declined) if declined and declined.claim_id else _toward_goal(going_on[0], claimable)


def _urgent(returned: OpenTrack | None, rows: list[CreditRow], certificates: list[CertificateLine]) -> NextStep | None:
    """What comes before all else: a record that came back, evidence that is asked for, a new certificate."""
    if returned:
        return NextStep(
            "Your record was returned to you",
            f"The coordinator writes: “{returned.participation.returned_note}”",
            "Open your record",
            f"/ce/tracks/{returned.participation.id}",
        )
    asked = next((row for row in rows if row.evidence_due), None)
    if asked:
        return _evidence(asked)
    return _fresh(certificates[-1]) if certificates else None


def _fresh(newest: CertificateLine) -> NextStep | None:
    """For a week after the issue the certificate is what matters."""
    if newest.standing != "VALID" or programs.current().today() - newest.issued_on > timedelta(days=7):
        return None
    return NextStep(
        f"Congratulations: your certificate for {newest.track} is here",
        f"{newest.number}, issued {shown_day(newest.issued_on)}. See it, print it, frame it. Your renewal has begun.",
        "View Certificate",
        f"/certificates/{newest.number}",
    )


def _evidence(asked: CreditRow) -> NextStep:
    """The lot fell on this person."""
    day = shown_day(asked.evidence_due) if asked.evidence_due else ""
    return NextStep(
        "Show what you attended",
        f"By lot we ask for evidence of “{asked.title}”. Hand in a certificate, a letter or a picture of it by {day}.",
        "Hand in the evidence",
        "/ce/evidence",
    )


def _to_correct(declined: CreditRow) -> NextStep:
    return NextStep(
        "Correct a declined credit",
        f"“{declined.title}” was declined: {declined.reason}",
        "Correct and resubmit",
        f"/ce/credits/{declined.claim_id}",
    )


def _waiting(track: OpenTrack) -> NextStep:
    """What happens to a submitted record, by the step that comes next."""
    one, steps = track.participation, programs.current().settings["steps"]
    done = {"review": one.reviewed_at, "verification": one.verified_at}
    step = next((name for name in steps if done[name] is None), "review")
    whose = {
        "review": "The CE coordinator goes through it now.",
        "verification": f"Now {one.verifier_name or 'your supervisor'} is asked to confirm your credits.",
    }
    return NextStep(
        f"Your record for {track.track_name} is {one.shown_status(programs.current().today()).lower()}",
        f"{whose[step]} Nothing is left for you to do; you can go on claiming for what comes after.",
        "See your record",
        f"/ce/tracks/{one.id}",
    )


def _ready(track: OpenTrack) -> NextStep:
    found = track.evaluation
    pending = f", {counted_credits(found.pending)} of them pending" if found.pending else ""
    return NextStep(
        f"Submit your record for {track.track_name}",
        f"You have the {counted_credits(found.needed)} that it needs{pending}. Look it over, then hand it in.",
        "Look it over and submit",
        f"/ce/tracks/{track.participation.id}",
    )


def _toward_goal(track: OpenTrack, claimable: list[Claimable]) -> NextStep:
    found = track.evaluation
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
