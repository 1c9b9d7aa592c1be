"""Processes that send letters, side by side and killed at work: no letter is lost, and each is known by its id."""

import os
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from services import clock, installation
from services.letter_leases import LEASE
from tests import make
from tests.services.letter_sender import SECRET
from tests.services.posted import states, wait_until, write
from tests.services.postman import FROM, OK, Postman, at_work, free_port

ROOT = Path(__file__).parents[2]
KILLS, LETTERS = 24, 60

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def sender(postman: Postman, kind: str = "careful") -> "subprocess.Popen[str]":
    """A process that is ready to send, and waits for a line."""
    settings = installation.settings()
    told = [kind, str(settings.data_dir), settings.database_url, postman.url, clock.now().isoformat()]
    process = subprocess.Popen(  # noqa: S603 -- our own script
        [sys.executable, "-m", "tests.services.letter_sender", *told],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def end(process: "subprocess.Popen[str]") -> int:
    """How it ended."""
    code = process.wait(60)
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()
    return code


def test_two_processes_send_each_letter_once() -> None:
    ann = make.person()
    for number in range(LETTERS):
        write(ann, f"Event {number}")
    with at_work(Postman(dawdle=0.005)) as postman:
        senders = [sender(postman), sender(postman)]
        for process in senders:
            go(process)
        assert [end(process) for process in senders] == [0, 0]
    assert states() == ["sent"] * LETTERS
    assert len(postman.message_ids) == len(set(postman.message_ids)) == LETTERS
    assert len(postman.connections) == 2


class Killer:
    """Kills the sender at a place of this number's: before the server takes a letter, after, or a moment later."""

    def __init__(self, number: int) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.after, self.place = 1 + number % 3, number % 4
        self.accepted_unheard = False
        self.done = threading.Event()

    def __call__(self, _message: EmailMessage) -> str:
        self.after -= 1
        if self.after == 0:
            if self.place == 0:
                self.strike()
                return "451 Nobody is there any more"
            if self.place == 1:
                self.accepted_unheard = True
                self.strike()
            else:
                threading.Timer(0.001 * (self.place - 1) * self.place, self.strike).start()
        return OK

    def strike(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)
        self.done.set()


def test_a_sender_that_is_killed_at_work_loses_no_letter_and_sends_none_twice_but_the_one_in_its_hands() -> None:
    ann = make.person()
    for number in range(LETTERS):
        write(ann, f"Event {number}")
    unheard, killed = 0, 0
    with at_work(Postman()) as postman:
        for number in range(KILLS):
            killer = Killer(number)
            postman.on_data = killer
            killer.process = sender(postman)
            go(killer.process)
            assert killer.done.wait(30)
            killed += end(killer.process) == -9
            unheard += killer.accepted_unheard
            make.later(minutes=6)
        postman.on_data = lambda _message: OK
        last = sender(postman)
        go(last)
        assert end(last) == 0
    assert killed == KILLS
    assert timedelta(minutes=6) > LEASE
    assert states() == ["sent"] * LETTERS
    times = Counter(postman.message_ids)
    assert len(times) == LETTERS
    twice = sum(times.values()) - LETTERS
    assert unheard <= twice <= KILLS


def test_the_same_check_sees_the_loss_when_letters_are_noted_before_they_are_sent() -> None:
    ann = make.person()
    for number in range(3):
        write(ann, f"Event {number}")
    with at_work(Postman()) as postman:
        killer = Killer(0)
        postman.on_data = killer
        killer.process = sender(postman, "careless")
        go(killer.process)
        assert killer.done.wait(30)
        end(killer.process)
        postman.on_data = lambda _message: OK
        make.later(minutes=6)
        last = sender(postman)
        go(last)
        assert end(last) == 0
    assert states() == ["sent"] * 3
    assert len(postman.received) == 2


def test_while_a_letter_is_in_the_hands_of_a_dead_sender_nobody_else_takes_it() -> None:
    write(make.person())
    with at_work(Postman()) as postman:
        killer = Killer(0)
        postman.on_data = killer
        killer.process = sender(postman)
        go(killer.process)
        wait_until(killer.done.is_set)
        end(killer.process)
        postman.on_data = lambda _message: OK
        for minutes, expected in ((4, 0), (2, 1)):
            make.later(minutes=minutes)
            other = sender(postman)
            go(other)
            assert end(other) == 0
            assert len(postman.received) == expected


def test_the_served_app_sends_letters_by_itself(database: Path) -> None:
    write(make.person())
    with at_work(Postman()) as postman:
        foreign = ("ASPEN_", "NICEGUI_", "PYTEST_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        environment |= {
            "ASPEN_DATA_DIR": str(installation.settings().data_dir),
            "ASPEN_DATABASE_URL": installation.settings().database_url,
            "ASPEN_SECRET_KEY": SECRET,
            "ASPEN_PORT": str(free_port()),
            "ASPEN_SMTP_URL": postman.url,
            "ASPEN_MAIL_FROM": FROM,
        }
        command = [sys.executable, "-c", "import cli; cli.main()", "serve"]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as process:  # noqa: S603 -- ours
            try:
                wait_until(lambda: len(postman.received) == 1, 60)
                wait_until(lambda: states() == ["sent"])
            finally:
                process.terminate()
