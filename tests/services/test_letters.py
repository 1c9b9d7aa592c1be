"""Letters: written with the decision they tell of, held back while it can be undone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.letters import Letter
from models.people import Person, Role
from services import clock, db, independent_events, letters, review
from services.access import Actor
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def outbox(claim_id: int) -> list[tuple[str, str]]:
    return [(letter.kind, str(letter.state)) for letter in make.letters_about(claim_id)]


def test_a_declined_credit_is_told_with_its_reason_once_undo_has_passed(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    review.decline(cem, [claim_id], "Not about libraries.")
    (letter,) = make.letters_about(claim_id)
    assert (letter.address, letter.subject) == ("ann.ames@example.org", "Declined: Story Hours in Small Places")
    assert letter.body.startswith("Hello Ann,")
    assert "Not about libraries." in letter.body
    assert "CE Coordinator, Montana State Library" in letter.body
    assert letter.created_at == clock.now()
    assert letter.send_after - letter.created_at >= timedelta(seconds=60)


def test_an_approval_is_told_only_to_those_who_asked(ann: Actor, cem: Actor) -> None:
    asked, silent = make.own_entry(ann, email=True, credits="2"), make.own_entry(ann, "Quiet", email=False)
    review.approve(cem, [asked, silent])
    (letter,) = make.letters_about(asked)
    assert (letter.kind, letter.subject) == ("credit approved", "Approved: Story Hours in Small Places")
    assert "2 credits" in letter.body
    assert make.letters_about(silent) == []


def test_undo_cancels_the_letter_before_anybody_reads_it(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    review.decline(cem, [claim_id], "A slip.")
    review.undo(cem, [claim_id])
    assert outbox(claim_id) == [("credit declined", "cancelled")]


def test_undo_cancels_no_letter_about_another_deed(ann: Actor, cem: Actor) -> None:
    """Corrected with a reason, then approved, then undone: the correction stands, and so does its letter."""
    claim_id = make.own_entry(ann, email=True)
    values = make.entry(credits="1", email=True, reason="It was one hour.")
    independent_events.correct_for(cem, claim_id, values)
    review.approve(cem, [claim_id])
    review.undo(cem, [claim_id])
    assert outbox(claim_id) == [("credit entered", "waiting"), ("credit approved", "cancelled")]


def test_undo_of_one_entry_leaves_the_letters_of_others(ann: Actor, cem: Actor) -> None:
    one, other = make.own_entry(ann), make.own_entry(ann, "Other")
    review.decline(cem, [one, other], "No.")
    review.undo(cem, [one])
    assert (outbox(one), outbox(other)) == ([("credit declined", "cancelled")], [("credit declined", "waiting")])


def test_reopening_takes_back_the_waiting_letter_and_tells_why(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    review.decline(cem, [claim_id], "No.")
    review.reopen(cem, claim_id, "I misread it.")
    assert outbox(claim_id) == [("credit declined", "cancelled"), ("credit reopened", "waiting")]
    assert "I misread it." in make.letters_about(claim_id)[-1].body


def test_a_person_without_an_address_gets_no_letter_and_the_deed_is_done(ann: Actor, cem: Actor) -> None:
    with db.writing() as session:
        row = session.exec(select(Person).where(Person.id == ann.person_id)).one()
        row.email = None
    claim_id = make.own_entry(ann)
    review.decline(cem, [claim_id], "No.")
    assert (make.status_of(claim_id), make.letters_about(claim_id)) == ("DECLINED", [])


@pytest.mark.sqlite
def test_letter_and_decision_are_saved_together_or_not_at_all(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    with db.engine().begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER fail BEFORE INSERT ON letter BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(IntegrityError):
        review.decline(cem, [claim_id], "No.")
    assert (make.status_of(claim_id), make.letters_about(claim_id)) == ("PENDING", [])
    assert [line.action for line in make.deeds_on(claim_id)] == ["claim:saved"]


def test_administrators_are_told_once_each_however_often_the_cause_comes_by() -> None:
    kim, lee = (make.person(name, roles=(Role.ADMINISTRATOR,)) for name in ("Kim Keys", "Lee Lock"))
    for _ in range(2):
        with db.writing() as session:
            letters.to_administrators(
                session, "backup failed", subject="It failed", sentences="No *space* is left.", key="backup of today"
            )
    with db.reading() as session:
        written = session.exec(select(Letter)).all()
    assert sorted(letter.person_id for letter in written) == [kim.person_id, lee.person_id]
    assert {(letter.subject, "No \\*space\\* is left." in letter.body) for letter in written} == {("It failed", True)}
