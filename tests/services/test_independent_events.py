"""Independent events: entered, changed, corrected and withdrawn by their owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.audit import AuditLine
from models.claims import Claim
from models.credits import Credit
from models.errors import LikelyDuplicate, NotFound, Problems, WrongState
from models.events import Event, EventCreditLine
from services import credits, db, drafts, independent_events, review
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def rows_of(*tables: type) -> list[int]:
    with db.reading() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def test_saving_makes_event_claim_and_credit_together_and_pending() -> None:
    ann = make.person()

    claim_id = independent_events.save(ann, make.entry(credits="1.5", location="Casper", link="https://example.org"))

    page = credits.entry(ann, claim_id)
    assert (page.status, page.is_independent, page.owner) == ("PENDING", True, "Ann Ames")
    assert [(row.credits, row.source, page.categories[row.category_id]) for row in page.rows] == [
        (Decimal("1.5"), "independent event", "Library Services to the Public")
    ]
    assert (page.event.title, page.event.sponsor, page.event.presenter) == (
        "Story Hours in Small Places", "Wyoming State Library", "Kim Lee")  # fmt: skip
    assert (page.event.location, page.event.link) == ("Casper", "https://example.org")
    assert page.event.begins_at == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert [line.action for line in make.deeds_on(claim_id)] == ["claim:saved"]


@pytest.mark.sqlite
def test_a_failing_step_leaves_no_event_behind() -> None:
    ann = make.person()
    with db.engine().begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER fail BEFORE INSERT ON credit BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        independent_events.save(ann, make.entry())
    assert rows_of(Event, EventCreditLine, Claim, Credit, AuditLine) == [0, 0, 0, 0, 0]


def test_mistakes_come_back_by_field_and_save_nothing() -> None:
    ann = make.person()
    with pytest.raises(Problems) as refused:
        independent_events.save(ann, make.entry("", credits="1.3", end_time="08:00", category="cooking"))
    assert set(refused.value.by_field) == {"title", "credits", "ends", "category"}
    assert rows_of(Event, Claim) == [0, 0]


def test_a_likely_duplicate_is_shown_before_saving_and_saved_on_request() -> None:
    ann = make.person()
    first = independent_events.save(ann, make.entry("Story hours in small places"))

    with pytest.raises(LikelyDuplicate) as shown:
        independent_events.save(ann, make.entry("Story Hours, in Small Places"))
    assert shown.value.claim_ids == (first,)
    assert "almost the same title" in shown.value.sentences[0]
    assert rows_of(Claim) == [1]

    second = independent_events.save(ann, make.entry("Story Hours, in Small Places"), different=True)
    found = credits.entry(ann, second).duplicate
    assert found is not None
    assert found.claim_id == first


def test_what_another_person_entered_is_no_duplicate_of_mine() -> None:
    independent_events.save(make.person("Bob Burns"), make.entry())
    assert independent_events.save(make.person(), make.entry())


def test_a_withdrawn_entry_is_no_duplicate() -> None:
    ann = make.person()
    independent_events.withdraw(ann, make.own_entry(ann))
    assert independent_events.save(ann, make.entry())


def test_two_presses_at_once_save_one_event_and_show_the_other_as_a_duplicate() -> None:
    ann = make.person()

    def press(_: int) -> str:
        try:
            independent_events.save(ann, make.entry())
        except LikelyDuplicate:
            return "shown"
        return "saved"

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(press, range(16)))
    assert sorted(set(answers)) == ["saved", "shown"]
    assert (answers.count("saved"), rows_of(Event)) == (1, [1])


def test_the_owner_changes_her_entry_while_it_is_pending() -> None:
    ann = make.person()
    claim_id = make.own_entry(ann)
    since = credits.entry(ann, claim_id).claim.waiting_since
    make.later(hours=1)

    independent_events.change(ann, claim_id, make.entry("Story Hours", category="technology", credits="0.5"))

    page = credits.entry(ann, claim_id)
    assert (page.event.title, page.status) == ("Story Hours", "PENDING")
    assert [(row.credits, page.categories[row.category_id]) for row in page.rows] == [(Decimal("0.5"), "Technology")]
    assert page.claim.waiting_since == since
    assert rows_of(Event, EventCreditLine, Claim, Credit) == [1, 1, 1, 1]
    assert make.deeds_on(claim_id)[-1].action == "claim:changed"


def test_an_entry_is_not_a_duplicate_of_itself_when_it_is_changed() -> None:
    ann = make.person()
    claim_id = make.own_entry(ann)
    independent_events.change(ann, claim_id, make.entry(credits="1"))
    assert make.credits_of(claim_id)[0].credits == 1


def test_correcting_a_declined_entry_puts_it_at_the_top_of_the_queue_again() -> None:
    ann, cem = make.person(), make.coordinator()
    claim_id = make.own_entry(ann)
    review.decline(cem, [claim_id], "Who presented?")
    corrected_at = make.later(hours=3)

    independent_events.change(ann, claim_id, make.entry(presenter="Kim Lee, Casper"))

    page = credits.entry(ann, claim_id)
    assert (page.status, page.claim.waiting_since) == ("PENDING", corrected_at)
    (credit,) = make.credits_of(claim_id)
    assert (credit.reason, credit.decided_at, credit.decided_by_id) == ("", None, None)
    assert make.deeds_on(claim_id)[-1].action == "claim:resubmitted"


@pytest.mark.parametrize("deed", ["approved", "withdrawn"])
def test_an_approved_or_withdrawn_entry_cannot_be_changed(deed: str) -> None:
    ann, cem = make.person(), make.coordinator()
    claim_id = make.own_entry(ann)
    if deed == "approved":
        review.approve(cem, [claim_id])
    else:
        independent_events.withdraw(ann, claim_id)
    with pytest.raises(WrongState, match=f"{deed}: it can no longer be changed"):
        independent_events.change(ann, claim_id, make.entry("Something Else"))
    assert credits.entry(ann, claim_id).event.title == "Story Hours in Small Places"


def test_nobody_else_changes_withdraws_or_resubmits_it_not_even_a_coordinator() -> None:
    claim_id = make.own_entry(make.person())
    for other in (make.person("Dia Dunn"), make.coordinator()):
        with pytest.raises(NotFound):
            independent_events.change(other, claim_id, make.entry("Mine Now"))
        with pytest.raises(NotFound):
            independent_events.withdraw(other, claim_id)
        with pytest.raises(NotFound):
            independent_events.resubmit(other, claim_id, "Please.")
    assert make.status_of(claim_id) == "PENDING"


def test_the_facts_of_a_sponsored_event_are_not_changed_by_who_claimed_it() -> None:
    ann = make.person()
    with pytest.raises(WrongState, match="calendar"):
        independent_events.change(ann, make.claim(ann), make.entry())


def test_a_pending_claim_is_withdrawn_and_a_decided_one_is_not() -> None:
    ann, cem = make.person(), make.coordinator()
    pending, approved = make.own_entry(ann), make.claim(ann)
    review.approve(cem, [approved])

    independent_events.withdraw(ann, pending)

    assert make.status_of(pending) == "WITHDRAWN"
    assert make.deeds_on(pending)[-1].action == "claim:withdrawn"
    for done in (pending, approved):
        with pytest.raises(WrongState, match="Only a pending credit can be withdrawn"):
            independent_events.withdraw(ann, done)


def test_a_declined_claim_of_a_sponsored_event_is_resubmitted_with_a_note() -> None:
    ann, cem = make.person(), make.coordinator()
    claim_id = make.claim(ann, credits={"administration": "1", "technology": "1"})
    review.decline(cem, [claim_id], "You were not there.")
    moment = make.later(days=1)

    independent_events.resubmit(ann, claim_id, "  I came late; ask Pat.  ")

    claim = credits.entry(ann, claim_id).claim
    assert (make.status_of(claim_id), claim.waiting_since, claim.note) == ("PENDING", moment, "I came late; ask Pat.")


def test_resubmitting_needs_a_note_and_a_declined_claim() -> None:
    ann = make.person()
    claim_id = make.claim(ann)
    with pytest.raises(Problems, match="Say what the coordinator should know"):
        independent_events.resubmit(ann, claim_id, "  ")
    with pytest.raises(WrongState, match="Only a declined credit"):
        independent_events.resubmit(ann, claim_id, "Please.")


def test_saving_drops_the_draft_and_a_refusal_keeps_it() -> None:
    ann = make.person()
    drafts.keep(ann, independent_events.FORM, "title", "Story Hours")
    with pytest.raises(Problems):
        independent_events.save(ann, make.entry(""))
    assert drafts.kept(ann, independent_events.FORM) == {"title": "Story Hours"}

    claim_id = independent_events.save(ann, make.entry())
    assert drafts.kept(ann, independent_events.FORM) == {}

    drafts.keep(ann, f"{independent_events.FORM} {claim_id}", "title", "Changed")
    independent_events.change(ann, claim_id, make.entry())
    assert drafts.kept(ann, f"{independent_events.FORM} {claim_id}") == {}
