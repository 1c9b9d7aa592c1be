"""The demo: five people with different histories, real libraries, a year of events, the same for the same day."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models.claims import Claim
from models.errors import NotAllowed, NotFound
from models.installation import DEMO, InstallationFact
from models.people import Person, Role
from services import clock, control_panel, credits, db, demo, events, installation, queue, review, sign_in
from services.access import Actor
from services.queue import QueueFilter
from services.settings import Settings
from tests import make

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _demo(demo_database: Path) -> None:
    """A copy of the demo, opened again."""
    installation.open_with(Settings(data_dir=demo_database.parent, demo=True, demo_now=make.NOON))


def signed_in(key: str) -> Actor:
    return sign_in.who(demo.sign_in_as(key))


def statuses(actor: Actor) -> set[str]:
    return {str(one.row.status) for one in credits.listing(actor).listed}


def test_five_people_are_offered_in_the_order_of_the_buttons() -> None:
    five = demo.five()
    assert [one.label for one in five] == ["Participant", "Director", "Board chair", "Coordinator", "Administrator"]
    assert len({one.name for one in five}) == 5
    assert all(one.about for one in five)


def test_the_participant_is_near_her_certificate_with_credits_waiting_and_one_declined() -> None:
    participant = signed_in("participant")
    panel = control_panel.show(participant)
    (track,) = panel.tracks
    assert track.track_name == "Library Staff"
    assert 0 < track.evaluation.needed - track.evaluation.earned <= 20
    assert not track.evaluation.is_met
    assert statuses(participant) == {"APPROVED", "PENDING", "DECLINED"}
    assert panel.claimable


def test_the_director_holds_an_expired_and_a_valid_certificate_and_has_a_duplicate() -> None:
    panel = control_panel.show(signed_in("director"))
    assert [one.standing for one in panel.certificates] == ["EXPIRED", "VALID"]
    assert panel.duplicate_count == 1
    (track,) = panel.tracks
    assert track.participation.renewal


def test_the_board_chairs_record_came_back_with_a_note() -> None:
    panel = control_panel.show(signed_in("board_chair"))
    (track,) = panel.tracks
    assert track.track_name == "Trustee"
    assert track.participation.returned_note in panel.next_step.why


def test_the_coordinator_works_the_queue_and_cannot_decide_on_her_own_claim() -> None:
    coordinator = signed_in("coordinator")
    assert coordinator.roles == {Role.COORDINATOR}
    page = queue.page(coordinator, QueueFilter())
    assert page.counts.events > 2
    assert page.counts.credits > 5
    (own,) = [entry for entry in page.entries if entry.person_id == coordinator.person_id]
    with pytest.raises(NotAllowed):
        review.approve(coordinator, [own.claim_id])


def test_the_administrator_is_new() -> None:
    administrator = signed_in("administrator")
    assert administrator.roles == {Role.ADMINISTRATOR}
    panel = control_panel.show(administrator)
    assert (panel.tracks, panel.credit_count, panel.certificates) == ([], 0, [])
    assert panel.next_step.deed == "Choose a track"


def test_the_calendar_has_a_year_behind_it_and_three_months_ahead() -> None:
    past, coming = events.past(), events.coming()
    assert past.total > 150
    assert coming.total > 30
    now = clock.now()
    assert now - past.events[0].event.ends_at < timedelta(days=2)
    last = events.coming(number=(coming.total - 1) // events.PAGE).events[-1].event
    assert timedelta(days=70) < last.begins_at - now < timedelta(days=95)


def test_every_decision_was_made_by_somebody_else() -> None:
    with db.reading() as session:
        own = session.exec(
            select(Claim.id).join(make.Credit, make.col(make.Credit.claim_id) == Claim.id)
            .where(make.Credit.decided_by_id == Claim.person_id)
        ).all()  # fmt: skip
        people = session.exec(select(Person)).all()
    assert own == []
    assert all(person.email and person.email.endswith("@example.org") for person in people)


def test_starting_again_changes_nothing(demo_database: Path) -> None:
    before = dump(demo_database)
    installation.open_with(Settings(data_dir=demo_database.parent, demo=True, demo_now=make.NOON))
    assert dump(demo_database) == before


def test_nobody_else_can_be_signed_in_to() -> None:
    for key in ("king", "", "participant "):
        with pytest.raises(NotFound):
            demo.sign_in_as(key)


def test_without_the_marker_in_the_database_nobody_can_be_signed_in_to() -> None:
    assert demo.sign_in_as("participant")
    with db.writing() as session:
        session.delete(session.get_one(InstallationFact, DEMO))
    with pytest.raises(NotFound):
        demo.sign_in_as("participant")


def test_another_process_makes_the_same_demo_for_the_same_moment(demo_template: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASPEN_")} | {
        "ASPEN_DEMO": "1", "ASPEN_DATA_DIR": str(tmp_path / "other"), "ASPEN_DEMO_NOW": make.NOON.isoformat(),
        "PYTHONHASHSEED": "7",
    }  # fmt: skip
    command = [sys.executable, "-c", "import cli; cli.main()", "demo"]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    assert [line.partition(":")[0] for line in told.stdout.splitlines()] == list(demo.LABELS.values())
    assert dump(tmp_path / "other" / "demo.sqlite3") == dump(demo_template)


def test_the_calendar_is_the_same_at_every_hour_of_a_day(tmp_path: Path) -> None:
    def calendar(moment: datetime) -> list[tuple[object, ...]]:
        folder = tmp_path / f"{moment:%H}"
        installation.open_with(Settings(data_dir=folder, demo=True, demo_now=moment))
        with closing(sqlite3.connect(folder / "demo.sqlite3")) as connection:
            return connection.execute(
                "SELECT title, begins_at, ends_at, sponsor FROM event WHERE kind = 'sponsored' ORDER BY id"
            ).fetchall()

    assert calendar(make.NOON - timedelta(hours=10)) == calendar(make.NOON + timedelta(hours=10))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [CODE.sub("", line) for line in connection.iterdump()]


CODE = re.compile(r"(?<=,')[0-9A-HJKMNP-TV-Z]{16}(?=',)")
"""Certificate codes are random, in the demo as anywhere."""
