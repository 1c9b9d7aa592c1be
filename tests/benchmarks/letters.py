"""Letters a second from the outbox to a mail server in a process of its own, each noted as sent before the next."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlmodel import col, func, select, update

from models.letters import Letter, LetterState
from services import clock, db, installation, letters
from services.letter_connection import Connection
from services.letter_post import compose, recipient_of
from services.letter_server import read_sender, read_server
from services.letter_worker import TICK, LetterWorker
from services.settings import Settings
from tests import make
from tests.benchmarks._process import Helper
from tests.benchmarks._table import Figure
from tests.services.postman import FROM

LETTERS, RUNS = 200, 5
SECRET = "a secret of at least thirty-two characters"


def measure() -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="aspen-bench-"))
    with Helper("tests.benchmarks._mail") as server:
        url = server.call("start")
        settings = Settings(data_dir=folder, secret_key=SECRET, smtp_url=url, mail_from=FROM)
        installation.open_with(settings)
        try:
            person_id = make.person().person_id
            bare = [_bare(settings, person_id) for _ in range(RUNS)]
            before = server.call("received")[0]
            one = [_rate(settings, person_id, workers=1) for _ in range(RUNS)]
            two = [_rate(settings, person_id, workers=2) for _ in range(RUNS)]
            arrived, distinct = server.call("received")
            unsent = _unsent()
        finally:
            installation.close()
    wanted = 2 * RUNS * LETTERS
    wrong = abs(arrived - before - wanted) + (arrived - distinct) + unsent
    method = f"{RUNS} runs of {LETTERS} letters, text and HTML, one connection a hundred, synchronous=FULL"
    yield Figure("letters, one worker", one, "/s", method, 50, at_least=True)
    yield Figure("letters, two workers", two, "/s", "the same, in two threads")
    yield Figure("letters, bare sending", bare, "/s", "the same messages over one connection without the outbox")
    yield Figure("letters lost or sent twice", [wrong], "", "what the server counted by Message-ID, and the outbox", 0)


def _write(person_id: int) -> None:
    with db.writing() as session:
        for number in range(LETTERS):
            told = {"title": f"Event {number}", "reason": "It is not about libraries."}
            letters.write(session, person_id, "credit declined", told, at_once=True)


def _rate(settings: Settings, person_id: int, *, workers: int) -> float:
    _write(person_id)
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(_work, [settings] * workers))
    return LETTERS / (time.perf_counter() - began)


def _work(settings: Settings) -> None:
    worker = LetterWorker(settings)
    while worker.round() < TICK:
        pass


def _bare(settings: Settings, person_id: int) -> float:
    """The letters of a run without taking them or noting anything; they are cancelled afterwards."""
    _write(person_id)
    with db.reading() as session:
        rows = session.exec(select(Letter).where(Letter.state == LetterState.WAITING)).all()

    async def send() -> float:
        sender = read_sender(settings.mail_from).address
        connection = Connection(read_server(settings.smtp_url), sender=sender, own_name="localhost")
        await connection.open()
        began = time.perf_counter()
        for letter in rows:
            await connection.send(compose(letter, settings), recipient_of(letter))
        took = time.perf_counter() - began
        await connection.close()
        return took

    took = asyncio.run(send())
    with db.writing() as session:
        session.exec(update(Letter).values(state=LetterState.CANCELLED, sent_at=clock.now()))
    return len(rows) / took


def _unsent() -> int:
    with db.reading() as session:
        waiting = select(func.count()).where(col(Letter.state).in_((LetterState.WAITING, LetterState.FAILED)))
        return session.exec(waiting).one()
