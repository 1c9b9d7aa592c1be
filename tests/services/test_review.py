"""The coordinator's deeds on the queue: approve, decline, undo, reopen."""

from pathlib import Path

import pytest

from models.errors import NotAllowed, NotFound, Problems, WrongState
from services import credits, independent_events, review
from services.access import Actor
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_approving_decides_all_credits_of_an_entry_at_once(ann: Actor, cem: Actor) -> None:
    claim_id = make.claim(ann, credits={"administration": "1", "technology": "0.5"})
    now = make.later(minutes=1)

    done = review.approve(cem, [claim_id])

    assert (done.done, done.refused, done.titles) == ((claim_id,), {}, ("Open Meetings",))
    rows = make.credits_of(claim_id)
    assert len(rows) == 2
    assert {(row.status, row.decided_at, row.decided_by_id) for row in rows} == {("APPROVED", now, cem.person_id)}
    line = make.deeds_on(claim_id)[-1]
    assert (line.action, line.actor_id, line.person_id) == ("claim:approved", cem.person_id, ann.person_id)


def test_declining_keeps_the_reason_where_its_owner_reads_it(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    review.decline(cem, [claim_id], "  Not about libraries. ")
    row = credits.entry(ann, claim_id).rows[0]
    assert (row.status, row.reason) == ("DECLINED", "Not about libraries.")
    assert make.deeds_on(claim_id)[-1].details["reason"] == "Not about libraries."


def test_declining_needs_a_reason(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    with pytest.raises(Problems) as refused:
        review.decline(cem, [claim_id], " \n")
    assert set(refused.value.by_field) == {"reason"}
    assert make.status_of(claim_id) == "PENDING"


def test_nobody_decides_on_her_own_entry(cem: Actor) -> None:
    claim_id = make.own_entry(cem)
    with pytest.raises(NotAllowed, match="your own"):
        review.approve(cem, [claim_id])
    with pytest.raises(NotAllowed, match="your own"):
        review.decline(cem, [claim_id], "Modesty.")
    assert make.status_of(claim_id) == "PENDING"
    assert len(make.deeds_on(claim_id)) == 1


def test_participants_and_administrators_are_told_that_there_is_no_queue(ann: Actor) -> None:
    claim_id = make.own_entry(ann)
    administrator = make.person("Eve Early", roles=(make.Role.ADMINISTRATOR,))
    for somebody in (ann, make.person("Dia Dunn"), administrator):
        for deed in (review.approve, review.undo):
            with pytest.raises(NotFound):
                deed(somebody, [claim_id])
        with pytest.raises(NotFound):
            review.decline(somebody, [claim_id], "No.")
        with pytest.raises(NotFound):
            review.reopen(somebody, claim_id, "So.")


def test_an_entry_that_does_not_exist_is_refused(cem: Actor) -> None:
    with pytest.raises(NotFound):
        review.approve(cem, [999])


def test_the_second_coordinator_is_told_who_decided_and_when(ann: Actor, cem: Actor) -> None:
    dot, claim_id = make.coordinator("Dot Dale"), make.own_entry(ann)
    review.decline(cem, [claim_id], "Twice in the list.")
    make.later(minutes=5)
    with pytest.raises(WrongState, match="Cem Coole already declined this on Mon, Nov 23, 2026, 12:00 PM"):
        review.approve(dot, [claim_id])
    assert make.status_of(claim_id) == "DECLINED"


def test_a_withdrawn_entry_is_not_decided(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    independent_events.withdraw(ann, claim_id)
    with pytest.raises(WrongState, match="Its owner withdrew this entry"):
        review.approve(cem, [claim_id])


def test_of_many_entries_the_refused_ones_are_named_and_the_others_done(ann: Actor, cem: Actor) -> None:
    first, own, decided, last = make.own_entry(ann), make.own_entry(cem), make.claim(ann), make.claim(ann, "Last")
    review.approve(make.coordinator("Dot Dale"), [decided])

    done = review.approve(cem, [first, own, decided, 999, last, first])

    assert done.done == (first, last)
    assert done.titles == ("Story Hours in Small Places", "Last")
    assert set(done.refused) == {own, decided, 999}
    assert "your own" in done.refused[own]
    assert "Dot Dale already approved" in done.refused[decided]
    assert [make.status_of(one) for one in (first, own, last)] == ["APPROVED", "PENDING", "APPROVED"]
    assert [line.action for line in make.deeds_on(own)] == ["claim:saved"]


def test_undo_takes_a_decision_back_to_pending(ann: Actor, cem: Actor) -> None:
    claim_id = make.claim(ann, credits={"administration": "1", "technology": "1"})
    review.decline(cem, [claim_id], "A slip of the hand.")
    make.later(seconds=60)

    assert review.undo(cem, [claim_id]).done == (claim_id,)

    rows = make.credits_of(claim_id)
    assert {(row.status, row.reason, row.decided_at, row.decided_by_id) for row in rows} == {
        ("PENDING", "", None, None)
    }
    assert [line.action for line in make.deeds_on(claim_id)] == ["claim:saved", "claim:declined", "claim:undone"]


def test_many_decisions_are_undone_together(ann: Actor, cem: Actor) -> None:
    both = [make.own_entry(ann), make.claim(ann)]
    review.approve(cem, both)
    assert review.undo(cem, both).done == tuple(both)
    assert [make.status_of(one) for one in both] == ["PENDING", "PENDING"]


def test_undo_is_refused_to_a_colleague_after_a_minute_and_twice(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    review.approve(cem, [claim_id])
    with pytest.raises(NotAllowed, match="A colleague decided this; use Reopen"):
        review.undo(make.coordinator("Dot Dale"), [claim_id])
    make.later(seconds=66)
    with pytest.raises(WrongState, match="A minute has passed; use Reopen"):
        review.undo(cem, [claim_id])
    assert make.status_of(claim_id) == "APPROVED"

    review.reopen(cem, claim_id, "Once more.")
    with pytest.raises(WrongState, match="no decision to take back"):
        review.undo(cem, [claim_id])


@pytest.mark.parametrize("decision", ["APPROVED", "DECLINED"])
def test_a_decision_is_reopened_with_a_reason_at_any_time_by_any_coordinator(
    ann: Actor, cem: Actor, decision: str
) -> None:
    claim_id = make.own_entry(ann)
    if decision == "APPROVED":
        review.approve(cem, [claim_id])
    else:
        review.decline(cem, [claim_id], "No.")
    make.later(days=30)

    review.reopen(make.coordinator("Dot Dale"), claim_id, "New facts.")

    assert make.status_of(claim_id) == "PENDING"
    line = make.deeds_on(claim_id)[-1]
    assert (line.action, line.details["reason"]) == ("claim:reopened", "New facts.")


def test_reopening_needs_a_reason_a_decision_and_another_persons_entry(ann: Actor, cem: Actor) -> None:
    claim_id, own = make.own_entry(ann), make.own_entry(cem)
    with pytest.raises(Problems) as refused:
        review.reopen(cem, claim_id, " ")
    assert set(refused.value.by_field) == {"reason"}
    with pytest.raises(WrongState, match="Only a decided credit can be reopened"):
        review.reopen(cem, claim_id, "So.")
    review.approve(make.coordinator("Dot Dale"), [own])
    with pytest.raises(NotAllowed, match="your own"):
        review.reopen(cem, own, "So.")
