"""The outbox for the administrator: found, read, tried again, given up."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from models.audit import AuditLine
from models.errors import NotFound, WrongState
from models.letters import LetterState
from models.people import Role
from services import clock, db, letter_outbox, letters
from services.access import Actor
from services.letter_leases import note_server, take
from services.letter_outbox import Shown
from tests import make
from tests.services.posted import row, write
from tests.services.postman import Postman, at_work, deliver


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def kim() -> Actor:
    return make.person("Kim Keys", roles=(Role.ADMINISTRATOR,))


def refused(person: Actor) -> int:
    """A letter that the mail server refused for good."""
    letter_id = write(person)
    with at_work(Postman(on_recipient=lambda _address: "550 No such person here")) as postman:
        deliver(postman)
    assert row(letter_id).state == LetterState.FAILED
    return letter_id


def ids(actor: Actor, shown: Shown = Shown.ALL, text: str = "", number: int = 0) -> list[int]:
    return [line.id for line in letter_outbox.listing(actor, shown, text, number)[0]]


def test_letters_are_found_by_state_and_by_words(kim: Actor, ann: Actor) -> None:
    failed, bea = refused(ann), make.person("Bea Beck")
    waiting, other = write(bea, "Story 100%"), write(ann, "Budgets", address="ann@else.example.org")
    assert ids(kim) == [other, waiting, failed]
    assert (ids(kim, Shown.FAILED), ids(kim, Shown.WAITING), ids(kim, Shown.SENT)) == ([failed], [other, waiting], [])
    assert ids(kim, text="BECK") == ids(kim, text="story 100%") == ids(kim, text="bea.beck@") == [waiting]
    assert ids(kim, Shown.WAITING, "else.example.org budgets") == [other]
    assert ids(kim, text="%%") == []
    (line,) = letter_outbox.listing(kim, Shown.FAILED)[0]
    assert (line.kind, line.name, line.attempts, line.may_act) == ("Credit declined", "Ann Ames", 1, True)
    assert line.problem == "The mail server said: 550 No such person here"


def test_a_page_holds_sixty(kim: Actor, ann: Actor) -> None:
    written = [write(ann, f"Event {number}") for number in range(61)]
    lines, total = letter_outbox.listing(kim)
    assert (len(lines), total, ids(kim, number=1)) == (60, 61, [written[0]])


def test_what_failed_or_waits_too_long_asks_for_attention(kim: Actor, ann: Actor) -> None:
    failed, late = refused(ann), write(ann)
    assert ids(kim, Shown.ATTENTION) == [failed]
    make.later(hours=1)
    fresh = write(ann)
    assert ids(kim, Shown.ATTENTION) == [late, failed]
    letter_outbox.give_up(kim, failed)
    assert ids(kim, Shown.ATTENTION) == [late]
    assert fresh in ids(kim, Shown.WAITING)


def test_a_failed_letter_is_sent_when_it_is_tried_again(kim: Actor, ann: Actor) -> None:
    failed = refused(ann)
    letter_outbox.retry(kim, failed)
    with at_work(Postman()) as postman:
        deliver(postman)
    assert (row(failed).state, len(postman.received)) == (LetterState.SENT, 1)
    with pytest.raises(WrongState, match="sent already"):
        letter_outbox.retry(kim, failed)


def test_what_was_given_up_is_not_sent_and_both_are_on_record(kim: Actor, ann: Actor) -> None:
    failed = refused(ann)
    letter_outbox.retry(kim, failed)
    letter_outbox.give_up(kim, failed)
    with at_work(Postman()) as postman:
        deliver(postman)
    assert (row(failed).state, postman.received) == (LetterState.CANCELLED, [])
    with db.reading() as session:
        lines = session.exec(select(AuditLine).where(AuditLine.subject == "letter").order_by(col(AuditLine.id))).all()
    assert [(line.action, line.subject_id, line.person_id, line.details) for line in lines] == [
        ("letter:retried", failed, ann.person_id, {"title": "Declined: Budgets"}),
        ("letter:given_up", failed, ann.person_id, {"title": "Declined: Budgets"}),
    ]


def test_a_letter_that_is_on_its_way_is_left_alone(kim: Actor, ann: Actor) -> None:
    letter_id = write(ann)
    assert take(clock.now()) is not None
    for deed in (letter_outbox.retry, letter_outbox.give_up):
        with pytest.raises(WrongState, match="on its way just now"):
            deed(kim, letter_id)


def test_the_letter_is_read_as_it_is_sent(kim: Actor, ann: Actor) -> None:
    found = letter_outbox.read(kim, write(ann, "A <b> & *c*"))
    assert "Your credit for “A <b> & *c*” was declined." in found.text
    assert "A &lt;b&gt; &amp; *c*" in found.html
    with pytest.raises(NotFound):
        letter_outbox.read(kim, 999_999)


def test_a_link_that_is_for_the_person_alone_is_shown_to_nobody_else(kim: Actor, ann: Actor) -> None:
    with db.writing() as session:
        link = "https://ce.example.gov/user/email/a-secret"
        letters.write(session, ann.person_id, "confirm e-mail", {"link": link})
    found = letter_outbox.read(kim, ids(kim)[0])
    assert "a-secret" not in found.text + found.html
    assert "(this link is for the person alone)" in found.text


def test_how_letters_leave_is_told(kim: Actor, ann: Actor) -> None:
    write(ann)
    found = letter_outbox.standing(kim)
    assert (found.server, found.sender, found.good_at, found.problem, found.due) == ("", "", None, "", 1)
    note_server("")
    make.later(minutes=5)
    note_server("The mail server cannot be reached.")
    found = letter_outbox.standing(kim)
    assert (found.good_at, found.problem) == (make.NOON, "The mail server cannot be reached.")
