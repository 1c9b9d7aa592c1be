"""Letters go out through a real mail server, each once, to whom they are for and to nobody else."""

import time
from pathlib import Path

import pytest
from sqlmodel import select

from models.letters import Letter, LetterState
from models.people import Person
from services import clock, db, installation, letter_worker, letters, review
from services.access import Actor
from services.letter_leases import take
from services.letter_worker import LetterWorker
from tests import make
from tests.services.posted import problem_of_server, row, states, wait_until, write
from tests.services.postman import Postman, at_work, deliver, worker


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_a_letter_arrives_as_text_and_html_and_is_noted_as_sent(ann: Actor) -> None:
    letter_id = write(ann, "Story & “Hours” <b>")
    with at_work(Postman()) as postman:
        deliver(postman)
        assert deliver(postman) == letter_worker.TICK
    (message,) = postman.received
    assert message["X-Recipients"] == message["To"] == "ann.ames@example.org"
    assert message["From"] == "Continuing Education <ce@library.example.gov>"
    assert message["Subject"] == "Declined: Story & “Hours” <b>"
    assert (message["Auto-Submitted"], message["Date"].datetime) == ("auto-generated", clock.now())
    assert message["Message-ID"].endswith("@ce.example.gov>")
    assert message["List-Unsubscribe"] is None
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert "Your credit for “Story & “Hours” <b>” was declined." in plain.get_content()
    assert "Story &amp; “Hours” &lt;b&gt;" in html.get_content()
    assert "http" not in html.get_content()
    sent = row(letter_id)
    assert (sent.state, sent.sent_at, sent.leased_until, sent.attempts) == (LetterState.SENT, clock.now(), None, 1)
    assert problem_of_server() == ""


def test_a_letter_that_may_be_left_off_says_how_and_by_one_click(ann: Actor) -> None:
    write(ann, kind="credit approved")
    with at_work(Postman()) as postman:
        deliver(postman)
    (message,) = postman.received
    address = message["List-Unsubscribe"].strip("<>")
    assert "/letters/unsubscribe/" in address
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert address in part.get_content()


def test_nothing_goes_out_before_its_time_or_once_it_is_cancelled(ann: Actor) -> None:
    cem = make.coordinator()
    claim_id, other = make.own_entry(ann), make.own_entry(ann, "Other")
    review.decline(cem, [claim_id, other], "No.")
    review.undo(cem, [claim_id])
    with at_work(Postman()) as postman:
        make.later(seconds=64)
        deliver(postman)
        assert postman.received == []
        make.later(seconds=1)
        deliver(postman)
    assert [message["Subject"] for message in postman.received] == ["Declined: Other"]
    assert states() == ["cancelled", "sent"]


def test_many_letters_go_over_one_connection_and_the_oldest_first(ann: Actor) -> None:
    for number in range(30):
        write(ann, f"Event {number}")
    with at_work(Postman()) as postman:
        deliver(postman)
    assert len(postman.connections) == 1
    assert [message["Subject"] for message in postman.received] == [f"Declined: Event {number}" for number in range(30)]
    assert len(set(postman.message_ids)) == 30


def test_after_a_hundred_letters_the_connection_is_a_new_one(ann: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_worker, "MOST_PER_CONNECTION", 10)
    for number in range(25):
        write(ann, f"Event {number}")
    with at_work(Postman()) as postman:
        while deliver(postman) == 0.0:
            pass
    assert (len(postman.received), len(postman.connections)) == (25, 3)


def test_what_people_type_adds_no_header_and_no_letter() -> None:
    eve = make.person("Eve\r\nBcc: all@example.org Evil")
    write(
        eve,
        "Budgets\r\nBcc: all@example.org\r\n\r\nA body of mine\r\n.\r\nMAIL FROM:<eve@example.org>",
        address="e@x.example",
    )
    with at_work(Postman()) as postman:
        deliver(postman)
    (message,) = postman.received
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Declined: Budgets Bcc: all@example.org A body of mine . MAIL FROM:")
    assert message["X-Recipients"] == "e@x.example"


def test_a_deactivated_person_gets_no_letter_and_one_without_address_neither(ann: Actor) -> None:
    with db.writing() as session:
        person = session.get_one(Person, ann.person_id)
        person.deactivated_at = clock.now()
        session.flush()
        assert not letters.write(session, ann.person_id, "credit declined", {"title": "A", "reason": "B"})
        person.deactivated_at, person.email = None, None
        session.flush()
        assert not letters.write(session, ann.person_id, "credit declined", {"title": "A", "reason": "B"})
    assert states() == []


def test_a_key_has_one_letter_however_often_its_cause_comes_by(ann: Actor) -> None:
    for expected in (True, False, False):
        with db.writing() as session:
            values = {"title": "A", "reason": "B"}
            assert letters.write(session, ann.person_id, "credit declined", values, key="A of today") is expected
    assert states() == ["waiting"]


def test_a_taken_letter_is_taken_by_nobody_else_until_its_lease_is_over(ann: Actor) -> None:
    letter_id = write(ann)
    taken = take(clock.now())
    assert taken is not None
    assert (taken.id, take(clock.now())) == (letter_id, None)
    make.later(minutes=5)
    again = take(clock.now())
    assert again is not None
    assert again.id == letter_id


def test_the_link_of_a_secret_letter_is_forgotten_once_it_is_sent(ann: Actor) -> None:
    with db.writing() as session:
        link = "https://ce.example.gov/user/email/a-secret"
        letters.write(session, ann.person_id, "confirm e-mail", {"link": link}, at_once=True)
    with at_work(Postman()) as postman:
        deliver(postman)
    plain = postman.received[0].get_body(("plain",))
    assert plain is not None
    assert link in plain.get_content()
    with db.reading() as session:
        assert "a-secret" not in session.exec(select(Letter.body)).one()


def test_two_workers_side_by_side_and_a_second_start_send_each_letter_once(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_worker, "TICK", 0.05)
    for number in range(60):
        write(ann, f"Event {number}")
    with at_work(Postman(dawdle=0.01)) as postman:
        with worker(postman), worker(postman), worker(postman):
            wait_until(lambda: set(states()) == {"sent"})
        with worker(postman):
            time.sleep(0.3)
    assert len(postman.connections) >= 2
    assert len(postman.message_ids) == len(set(postman.message_ids)) == 60


def test_without_a_mail_server_no_worker_runs_and_letters_are_kept(ann: Actor) -> None:
    write(ann)
    idle = LetterWorker(installation.settings())
    idle.start()
    idle.stop()
    assert states() == ["waiting"]
