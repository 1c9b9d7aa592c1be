"""Merging two records of one person: nothing counts twice, nothing is lost, and it can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from models.audit import AuditLine
from models.certificates import Certificate
from models.claims import Claim
from models.credits import Credit, CreditStatus
from models.errors import NotFound, Problems, SignedOut, WrongState
from models.identities import Identity
from models.merges import PersonMerge
from models.participations import Participation
from models.people import Person, Position
from services import (
    claims,
    clock,
    control_panel,
    db,
    merges,
    participations,
    people_changes,
    review,
    sign_in,
)
from services.access import Actor
from tests import certified, make

NUMBERS = count()
WHY = "She told me so on the telephone."


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that a merge may touch, sessions and audit lines aside."""
    tables = (Person, Claim, Credit, Participation, Certificate, Position, Identity)
    with db.reading() as session:
        connection = session.connection()
        return {
            table.__tablename__: [tuple(row) for row in connection.execute(select(table.__table__).order_by(table.id))]
            for table in tables
        }


def credits_of(actor: Actor) -> list[tuple[int, str]]:
    with db.reading() as session:
        rows = session.exec(select(Credit).where(Credit.person_id == actor.person_id).order_by(col(Credit.id)))
        return [(one.line_id, str(one.status)) for one in rows]


def counted(actor: Actor) -> Decimal:
    """Approved credits, each event once."""
    with db.reading() as session:
        rows = session.exec(
            select(Credit).where(Credit.person_id == actor.person_id, Credit.status == CreditStatus.APPROVED)
        ).all()
        assert len({one.line_id for one in rows}) == len(rows)
        return sum((one.credits for one in rows), Decimal(0))


def test_everything_of_the_other_record_goes_into_the_kept_one(cem: Actor) -> None:
    ann, annie = make.person("Ann Ames", library="Hearst"), make.person("Annie Ames", library="Darby")
    mine, hers = make.own_entry(ann, "Mine"), make.own_entry(annie, "Hers")
    track = participations.add(annie, make.track())
    with db.writing() as session:
        session.add(Identity(person_id=annie.person_id, issuer="https://id", subject="annie", linked_at=clock.now(),
                             seen_at=clock.now()))  # fmt: skip
    token = sign_in.begin(annie.person_id)
    seen = merges.preview(cem, ann.person_id, annie.person_id)
    assert seen.moves == ["1 claim", "1 credit", "1 own event", "1 track", "1 position",
                          "1 sign-in account"]  # fmt: skip
    assert (seen.stays, seen.obstacle) == ([], "")

    merges.merge(cem, ann.person_id, annie.person_id, WHY)

    with db.reading() as session:
        assert {session.get_one(Claim, one).person_id for one in (mine, hers)} == {ann.person_id}
        assert session.get_one(Participation, track).person_id == ann.person_id
        assert session.exec(select(Identity.person_id)).one() == ann.person_id
        other = session.get_one(Person, annie.person_id)
        assert (other.email, other.deactivated_at) == (None, clock.now())
    with pytest.raises(SignedOut):
        sign_in.who(token)
    assert control_panel.show(ann)
    assert people_changes.sheet(cem, annie.person_id).kept_instead == ann.person_id


def test_the_same_event_in_both_records_counts_once_as_the_better_of_the_two(cem: Actor) -> None:
    ann, annie = make.person("Ann Ames"), make.person("Annie Ames")
    event_id = make.event("Open Meetings")
    mine, hers = claims.claim_event(ann, event_id).claim_id, claims.claim_event(annie, event_id).claim_id
    review.approve(cem, [hers])
    assert merges.preview(cem, ann.person_id, annie.person_id).stays == [
        "“Open Meetings” stands in both records: it counts once."
    ]
    merge_id = merges.merge(cem, ann.person_id, annie.person_id, WHY)
    assert (make.status_of(mine), make.status_of(hers)) == ("WITHDRAWN", "APPROVED")
    assert counted(ann) > 0
    merges.undo(cem, merge_id)
    assert (make.status_of(mine), make.status_of(hers)) == ("PENDING", "APPROVED")


def test_a_track_that_is_open_in_both_goes_on_once(cem: Actor) -> None:
    ann, annie = make.person("Ann Ames"), make.person("Annie Ames")
    mine, hers = participations.add(ann, make.track()), participations.add(annie, make.track())
    merges.merge(cem, ann.person_id, annie.person_id, WHY)
    with db.reading() as session:
        assert [str(session.get_one(Participation, one).status) for one in (mine, hers)] == ["IN_PROGRESS", "WITHDRAWN"]


def test_certificates_and_their_credits_move_though_nothing_else_may_change_them(cem: Actor) -> None:
    ann = make.person("Ann Ames")
    annie = make.person("Annie Ames")
    certificate = certified.issued(annie, by=cem)
    before = everything()
    merge_id = merges.merge(cem, ann.person_id, annie.person_id, WHY)
    with db.reading() as session:
        moved = session.exec(select(Certificate).where(Certificate.number == certificate)).one()
        assert moved.person_id == ann.person_id
    merges.undo(cem, merge_id)
    assert everything() == before


def test_a_record_that_is_being_reviewed_is_not_merged(cem: Actor) -> None:
    ann, annie = make.person("Ann Ames"), make.person("Annie Ames")
    certified.submitted(annie, by=cem)
    assert "being reviewed" in merges.preview(cem, ann.person_id, annie.person_id).obstacle
    with pytest.raises(WrongState, match="being reviewed"):
        merges.merge(cem, ann.person_id, annie.person_id, WHY)


def test_it_cannot_be_undone_once_something_of_it_was_decided(cem: Actor) -> None:
    ann, annie = make.person("Ann Ames"), make.person("Annie Ames")
    hers = make.own_entry(annie, "Hers")
    merge_id = merges.merge(cem, ann.person_id, annie.person_id, WHY)
    assert people_changes.sheet(cem, ann.person_id).merges[0].undoable
    review.approve(cem, [hers])
    assert not people_changes.sheet(cem, ann.person_id).merges[0].undoable
    with pytest.raises(WrongState, match="a credit was decided or changed since"):
        merges.undo(cem, merge_id)


def test_nobody_merges_her_own_record_or_without_a_reason_or_one_that_is_not_there(cem: Actor) -> None:
    ann, annie = make.person("Ann Ames"), make.person("Annie Ames")
    for kept, merged in ((cem, ann), (ann, cem)):
        with pytest.raises(WrongState, match="your own"):
            merges.merge(cem, kept.person_id, merged.person_id, WHY)
    with pytest.raises(Problems):
        merges.merge(cem, ann.person_id, annie.person_id, " ")
    for kept, merged in ((ann.person_id, 999), (999, ann.person_id), (ann.person_id, ann.person_id)):
        with pytest.raises(NotFound):
            merges.merge(cem, kept, merged, WHY)
    for actor in (ann, annie):
        with pytest.raises(NotFound):
            merges.merge(actor, ann.person_id, annie.person_id, WHY)


def test_a_merged_record_is_merged_no_further_and_not_reopened(cem: Actor) -> None:
    ann, annie, anna = make.person("Ann Ames"), make.person("Annie Ames"), make.person("Anna Ames")
    merge_id = merges.merge(cem, ann.person_id, annie.person_id, WHY)
    for kept, merged in ((annie, anna), (anna, annie)):
        with pytest.raises(WrongState, match="merged into another one"):
            merges.merge(cem, kept.person_id, merged.person_id, WHY)
    with pytest.raises(WrongState, match="undo that instead"):
        people_changes.reopen(cem, annie.person_id, "Why not")
    merges.undo(cem, merge_id)
    with pytest.raises(NotFound):
        merges.undo(cem, merge_id)
    merges.merge(cem, anna.person_id, annie.person_id, WHY)


def test_of_eight_merges_at_once_one_wins(cem: Actor) -> None:
    people = [make.person(f"Ann {number} Ames") for number in range(4)]
    pairs = [(a, b) for a in people for b in people if a is not b][:8]

    def attempt(pair: tuple[Actor, Actor]) -> bool:
        try:
            merges.merge(cem, pair[0].person_id, pair[1].person_id, WHY)
        except WrongState:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(attempt, pairs))
    with db.reading() as session:
        rows = session.exec(select(PersonMerge)).all()
        lines = session.exec(select(AuditLine).where(AuditLine.action == "person:merged")).all()
    assert 1 <= done == len(rows)
    assert len(lines) == 2 * done
    assert not {row.merged_id for row in rows} & {row.kept_id for row in rows} or len(rows) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_merge_counts_what_one_person_with_both_would_have_and_undoing_gives_all_back(data: st.DataObject) -> None:
    clock.fix(make.NOON)
    suffix = next(NUMBERS)
    cem = make.coordinator(f"Cem {suffix}")
    ann, annie = make.person(f"Ann {suffix}"), make.person(f"Annie {suffix}")
    events = [make.event(f"Event {suffix} {number}", ended=timedelta(days=number + 1)) for number in range(4)]
    approved: set[int] = set()
    for event_id in events:
        for person in (ann, annie):
            deed = data.draw(st.sampled_from(["nothing", "claim", "approve", "decline"]))
            if deed == "nothing":
                continue
            claim_id = claims.claim_event(person, event_id).claim_id
            if deed == "approve":
                review.approve(cem, [claim_id])
                approved.add(event_id)
            elif deed == "decline":
                review.decline(cem, [claim_id], "No")
    before = everything()
    merge_id = merges.merge(cem, ann.person_id, annie.person_id, WHY)
    assert counted(ann) == len(approved)
    live = [line for line, status in credits_of(ann) if status != "WITHDRAWN"]
    assert len(live) == len(set(live))
    assert credits_of(annie) == []
    merges.undo(cem, merge_id)
    assert everything() == before
