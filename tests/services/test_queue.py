"""The coordinator's queue: pages, order, counts, entries, and what open windows are told."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models.errors import NotFound
from models.people import Person, Role, RoleGrant
from services import claims, clock, db, independent_events, queue, review, sign_in
from services.access import Actor
from services.queue import QueueFilter
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def ann() -> Actor:
    return make.person(library="Butte Public Library")


def titles(actor: Actor, wanted: QueueFilter, number: int = 0) -> list[str]:
    return [entry.title for entry in queue.page(actor, wanted, number).entries]


def test_an_entry_shows_event_person_record_and_all_its_credits_as_one(ann: Actor, cem: Actor) -> None:
    review.approve(cem, [make.claim(ann, "Earlier", ended=timedelta(days=9), credits={"technology": "4.5"})])
    claim_id = make.claim(ann, "Two Lines", credits={"administration": "1", "technology": "0.5"})

    (entry,) = queue.page(cem, QueueFilter()).entries

    assert (entry.claim_id, entry.title, entry.person, entry.kind) == (claim_id, "Two Lines", "Ann Ames", "sponsored")
    assert (entry.status, str(entry.credits), len(entry.category_ids)) == ("PENDING", "1.5", 2)
    assert (entry.libraries, entry.record) == (("Butte Public Library",), "4.5 approved, 1.5 pending")
    assert entry == queue.entry(cem, claim_id)


def test_newest_come_first_and_the_order_can_be_switched(ann: Actor, cem: Actor) -> None:
    for title in ("First", "Second", "Third"):
        make.claim(ann, title)
        make.later(minutes=1)
    assert titles(cem, QueueFilter()) == ["Third", "Second", "First"]
    assert titles(cem, QueueFilter(oldest_first=True)) == ["First", "Second", "Third"]


def test_a_page_has_60_entries_and_the_next_one_the_rest(cem: Actor) -> None:
    event_id = make.event()
    for number in range(61):
        claims.claim_event(make.person(f"Person{number:02} Some"), event_id)

    first, second = queue.page(cem, QueueFilter()), queue.page(cem, QueueFilter(), 1)

    assert (len(first.entries), len(second.entries)) == (60, 1)
    assert (first.total, second.total) == (61, 61)
    assert second.entries[0].person == "Person00 Some"
    assert len({entry.claim_id for entry in (*first.entries, *second.entries)}) == 61


def test_counts_are_of_pending_entries_by_kind_whatever_the_filter(ann: Actor, cem: Actor) -> None:
    make.claim(ann, credits={"administration": "1", "technology": "1"})
    make.own_entry(ann)
    review.approve(cem, [make.own_entry(ann, "Decided")])
    for wanted in (
        QueueFilter(),
        QueueFilter(kind="independent"),
        QueueFilter(text="nothing"),
        QueueFilter(decided=True),
    ):
        counts = queue.page(cem, wanted).counts
        assert (counts.events, counts.credits, counts.all) == (1, 1, 2)


def test_totals_agree_with_the_entries_for_every_kind_of_filter(ann: Actor, cem: Actor) -> None:
    make.claim(ann, credits={"administration": "1", "technology": "1"})
    make.own_entry(ann)
    make.own_entry(ann, "Another")
    for wanted in (QueueFilter(), QueueFilter(kind="independent"), QueueFilter(kind="sponsored"),
                   QueueFilter(text="another"), QueueFilter(decided=True)):  # fmt: skip
        page = queue.page(cem, wanted)
        assert page.total == len(page.entries)


def test_the_decided_view_shows_who_decided_when_and_why_newest_decision_first(ann: Actor, cem: Actor) -> None:
    first, second = make.claim(ann, "First"), make.claim(ann, "Second")
    make.claim(ann, "Waiting")
    review.decline(cem, [second], "Was it yours?")
    make.later(minutes=1)
    review.approve(cem, [first])

    found = queue.page(cem, QueueFilter(decided=True))

    assert [(entry.title, entry.status) for entry in found.entries] == [("First", "APPROVED"), ("Second", "DECLINED")]
    assert [entry.decided_by for entry in found.entries] == ["Cem Coole", "Cem Coole"]
    assert (found.entries[0].decided_at, found.entries[1].reason) == (clock.now(), "Was it yours?")


def test_withdrawn_entries_are_in_neither_view(ann: Actor, cem: Actor) -> None:
    independent_events.withdraw(ann, make.own_entry(ann))
    assert titles(cem, QueueFilter()) == titles(cem, QueueFilter(decided=True)) == []


def test_a_likely_duplicate_is_told_until_the_other_entry_is_gone(ann: Actor, cem: Actor) -> None:
    first, second = make.own_entry(ann), make.own_entry(ann)
    found = queue.entry(cem, second)
    assert found is not None
    assert "almost the same title" in found.duplicate

    independent_events.withdraw(ann, first)

    found = queue.entry(cem, second)
    assert found is not None
    assert found.duplicate == ""


def test_a_resubmitted_claim_shows_its_note_and_comes_first_again(ann: Actor, cem: Actor) -> None:
    old = make.claim(ann, "Old")
    review.decline(cem, [old], "No.")
    make.later(minutes=1)
    make.claim(ann, "New")
    make.later(minutes=1)
    independent_events.resubmit(ann, old, "Please look again.")
    entries = queue.page(cem, QueueFilter()).entries
    assert [(entry.title, entry.note) for entry in entries] == [("Old", "Please look again."), ("New", "")]


def test_the_queue_is_a_coordinators_alone(ann: Actor) -> None:
    claim_id = make.own_entry(ann)
    for somebody in (ann, make.person("Eve Early", roles=(Role.ADMINISTRATOR,))):
        with pytest.raises(NotFound):
            queue.page(somebody, QueueFilter())
        with pytest.raises(NotFound):
            queue.entry(somebody, claim_id)
        with pytest.raises(NotFound):
            queue.library_names(somebody)


def test_changes_tell_open_windows_the_entries_and_the_counts_after(ann: Actor, cem: Actor) -> None:
    decided, withdrawn = make.own_entry(ann), make.own_entry(ann, "Taken back")
    review.approve(cem, [decided])
    independent_events.withdraw(ann, withdrawn)
    change = queue.changes([decided, withdrawn])
    assert {entry.title: entry.status for entry in change.entries.values()} == {
        "Story Hours in Small Places": "APPROVED", "Taken back": "WITHDRAWN"}  # fmt: skip
    assert change.counts.all == 0


def test_changes_name_only_the_open_sessions_of_coordinators(ann: Actor, cem: Actor) -> None:
    token, other = make.token_for(cem), make.token_for(cem)
    make.token_for(ann)
    assert queue.changes([]).allowed == {sign_in.hashed(token), sign_in.hashed(other)}
    sign_in.end(other)
    assert queue.changes([]).allowed == {sign_in.hashed(token)}
    with db.writing() as session:
        session.delete(session.exec(select(RoleGrant).where(RoleGrant.person_id == cem.person_id)).one())
    assert queue.changes([]).allowed == frozenset()


def test_changes_do_not_reach_an_expired_session(cem: Actor) -> None:
    make.token_for(cem)
    make.later(hours=9)
    assert queue.changes([]).allowed == frozenset()


def test_changes_do_not_reach_a_deactivated_coordinator(cem: Actor) -> None:
    make.token_for(cem)
    with db.writing() as session:
        session.get_one(Person, cem.person_id).deactivated_at = clock.now()
    assert queue.changes([]).allowed == frozenset()
