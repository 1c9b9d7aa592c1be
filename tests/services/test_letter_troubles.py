"""Whatever the mail server does, no letter is lost, and what is refused is told."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from models.letters import LetterState
from services import clock, db, letter_connection, letter_leases, letter_worker
from services.access import Actor
from services.letter_leases import wait_after
from services.letter_worker import LetterWorker
from tests import make
from tests.services.posted import problem_of_server, row, states, wait_until, write
from tests.services.postman import OK, Postman, at_work, deliver, free_port, settings_for, worker


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_a_server_that_is_down_for_a_while_gets_everything_when_it_is_back(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_worker, "TICK", 0.05)
    postman = Postman()
    with at_work(postman):
        pass
    ids = [write(ann, f"Event {number}") for number in range(20)]
    with worker(postman):
        wait_until(lambda: "cannot be reached" in problem_of_server())
        assert {(row(id_).state, row(id_).attempts) for id_ in ids} == {(LetterState.WAITING, 0)}
        with at_work(postman):
            wait_until(lambda: states() == ["sent"] * 20)
    assert len(postman.message_ids) == len(set(postman.message_ids)) == 20
    assert problem_of_server() == ""


def test_the_pauses_grow_while_the_server_is_away(ann: Actor) -> None:
    write(ann)
    away = LetterWorker(settings_for(Postman(port=free_port())))
    pauses = [away.round() for _ in range(9)]
    assert pauses[0] < 4 < pauses[2] < 12.1 < pauses[4]
    assert all(pause <= letter_worker.LONGEST_PAUSE * 1.5 for pause in pauses)


@pytest.mark.parametrize("answer", ["451 Try again later", "452 Mailbox full", "421 Going down"])
def test_refused_for_now_is_tried_again_later_and_not_before(ann: Actor, answer: str) -> None:
    letter_id = write(ann)
    with at_work(Postman(on_recipient=lambda _address: answer)) as postman:
        deliver(postman)
        told = row(letter_id)
        assert (told.state, told.attempts, told.leased_until) == (LetterState.WAITING, 1, None)
        assert answer in told.problem
        assert timedelta(minutes=1) <= told.send_after - clock.now() <= timedelta(seconds=90)
        postman.on_recipient = lambda _address: OK
        make.later(seconds=59)
        deliver(postman)
        assert postman.received == []
        make.later(minutes=1)
        deliver(postman)
    assert (len(postman.received), row(letter_id).state, row(letter_id).problem) == (1, LetterState.SENT, "")


def test_one_that_is_refused_for_now_does_not_hold_up_the_others(ann: Actor) -> None:
    write(ann, address="full@example.org")
    write(ann)
    with at_work(Postman(on_recipient=lambda address: "452 Full" if address.startswith("full") else OK)) as postman:
        deliver(postman)
    assert states() == ["waiting", "sent"]


@pytest.mark.parametrize("at", ["on_recipient", "on_data"])
def test_refused_for_good_is_told_at_once_in_the_server_s_words(ann: Actor, at: str) -> None:
    letter_id, other = write(ann, address="gone@example.org"), write(ann)
    postman = Postman()

    def refuse(what: object) -> str:
        address = what if isinstance(what, str) else what["X-Recipients"]  # type: ignore[index]
        return "550 5.1.1 No such person here" if address == "gone@example.org" else OK

    setattr(postman, at, refuse)
    with at_work(postman):
        deliver(postman)
        make.later(days=30)
        deliver(postman)
    failed = row(letter_id)
    assert (failed.state, failed.attempts) == (LetterState.FAILED, 1)
    assert failed.problem == "The mail server said: 550 5.1.1 No such person here"
    assert row(other).state == LetterState.SENT
    assert len(postman.received) == 1


def test_a_slow_server_gets_the_letter_once(ann: Actor) -> None:
    write(ann)
    with at_work(Postman(dawdle=0.5)) as postman:
        deliver(postman)
        deliver(postman)
    assert (states(), len(postman.received)) == (["sent"], 1)


def test_a_server_that_does_not_answer_in_time_is_tried_again_with_the_same_message_id(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have accepted the letter, so it may come twice: the Message-ID tells."""
    monkeypatch.setattr(letter_connection, "ANSWERING", 0.3)
    letter_id = write(ann)
    with at_work(Postman(dawdle_at_last=1)) as postman:
        deliver(postman)
        told = row(letter_id)
        assert (told.state, told.attempts) == (LetterState.WAITING, 1)
        assert "does not answer in time" in told.problem
        assert "does not answer in time" in problem_of_server()
        postman.dawdle_at_last = 0
        make.later(minutes=2)
        deliver(postman)
    assert row(letter_id).state == LetterState.SENT
    assert (len(postman.message_ids), len(set(postman.message_ids))) == (2, 1)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_refused_sign_in_is_no_fault_of_the_letter(ann: Actor) -> None:
    letter_id = write(ann)
    with at_work(Postman(), password="the right one") as postman:
        for _ in range(40):
            deliver(postman, smtp_url=f"smtp://aspen:wrong@127.0.0.1:{postman.port}")
            make.later(hours=3)
        assert "refuses our user name or password: 535" in problem_of_server()
        told = row(letter_id)
        assert (told.state, told.attempts, told.leased_until) == (LetterState.WAITING, 0, None)
        deliver(postman, smtp_url=f"smtp://aspen:the%20right%20one@127.0.0.1:{postman.port}")
    assert (states(), problem_of_server()) == (["sent"], "")


@pytest.mark.parametrize("answer", ["550 5.7.1 Who are you?", "451 Not now", "530 5.7.0 Sign in first"])
def test_a_refused_sender_is_no_fault_of_the_letter(ann: Actor, answer: str) -> None:
    letter_id = write(ann)
    with at_work(Postman(on_mail=lambda _address: answer)) as postman:
        deliver(postman)
        assert answer in problem_of_server()
        assert "refuses letters from ce@library.example.gov" in problem_of_server()
        assert (row(letter_id).state, row(letter_id).attempts) == (LetterState.WAITING, 0)
        postman.on_mail = lambda _address: OK
        deliver(postman)
    assert states() == ["sent"]


def test_a_server_without_encryption_is_not_used_where_it_was_asked_for(ann: Actor) -> None:
    write(ann)
    with at_work(Postman()) as postman:
        deliver(postman, smtp_url=f"{postman.url}?starttls=yes")
    assert (states(), postman.received) == (["waiting"], [])
    assert "cannot be used" in problem_of_server()


def test_nobody_gives_up_on_a_letter_sooner_than_three_days(monkeypatch: pytest.MonkeyPatch, ann: Actor) -> None:
    monkeypatch.setattr("random.uniform", lambda low, _high: low)
    letter_id = write(ann)
    began = clock.now()
    with at_work(Postman(on_recipient=lambda _address: "451 Later")) as postman:
        while row(letter_id).state == LetterState.WAITING:
            clock.fix(row(letter_id).send_after)
            deliver(postman)
    assert clock.now() - began > timedelta(days=3, hours=12)
    assert row(letter_id).problem == "Tried 30 times. The mail server said: 451 Later"
    assert wait_after(1000) == letter_leases.LONGEST_WAIT


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.org\nBcc: eve@example.org",
        "ann@exa mple.org",
        "ann",
        "<ann@example.org>",
        "a@b@c",
    ],
)
def test_an_address_that_is_none_fails_alone(ann: Actor, address: str) -> None:
    letter_id, other = write(ann, address=address), write(ann)
    with at_work(Postman()) as postman:
        deliver(postman)
    assert row(other).state == LetterState.SENT
    assert row(letter_id).state == LetterState.FAILED
    assert row(letter_id).problem == "No letter can be sent to this address."
    assert [message["X-Recipients"] for message in postman.received] == ["ann.ames@example.org"]


def test_an_address_with_other_letters_needs_a_server_that_takes_it(ann: Actor) -> None:
    local, domain = write(ann, address="zoë@example.org"), write(ann, address="zoe@bücher.example")
    with at_work(Postman()) as postman:
        deliver(postman)
    assert row(local).problem == "The mail server takes no address with such letters."
    assert row(domain).state == LetterState.SENT
    assert postman.received[0]["X-Recipients"] == "zoe@xn--bcher-kva.example"
    able = write(ann, address="zoë@example.org")
    with at_work(Postman(), utf8=True) as postman:
        deliver(postman)
    assert (row(able).state, postman.received[0]["To"]) == (LetterState.SENT, "zoë@example.org")


@pytest.mark.sqlite
def test_what_the_database_cannot_note_yet_is_noted_before_the_next_letter(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent, but not to be written down for a while: it is not sent again."""
    monkeypatch.setattr(letter_worker, "TICK", 0.05)
    write(ann, "One")
    write(ann, "Two")
    with db.engine().begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE OF sent_at ON letter BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    with at_work(Postman()) as postman, worker(postman):
        wait_until(lambda: len(postman.received) == 1)
        time.sleep(0.5)
        assert (states(), len(postman.received)) == (["waiting", "waiting"], 1)
        with db.engine().begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER full")
        wait_until(lambda: states() == ["sent", "sent"])
    assert [message["Subject"] for message in postman.received] == ["Declined: One", "Declined: Two"]
