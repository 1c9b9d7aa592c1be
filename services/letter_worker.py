"""Sends letters: takes one that is due, hands it to the mail server, notes what became of it, takes the next."""

import asyncio
import logging
import random
import threading
from collections.abc import Callable

from models.letters import Letter
from services import clock
from services.letter_connection import Answer, Connection, Fate, ServerProblem
from services.letter_leases import give_back, note_server, settle, take
from services.letter_post import CannotBeWritten, compose, host_of, recipient_of
from services.letter_server import read_sender, read_server
from services.settings import Settings

TICK = 2.0
LONGEST_PAUSE = 300.0
MOST_PER_CONNECTION = 100

log = logging.getLogger("aspen")


class LetterWorker:
    """The thread that sends what is due, until it is stopped; none without ASPEN_SMTP_URL. Several may run at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stop = threading.Event()
        self._failures = 0
        self._thread = threading.Thread(target=self._work, name="aspen letters", daemon=True)

    def start(self) -> None:
        if self._settings.smtp_url:
            self._thread.start()

    def stop(self) -> None:
        """After the letter that is on its way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def round(self) -> float:
        """Sends what is due over one connection; returns the seconds to wait before the next round."""
        first = take(clock.now())
        if first is None:
            return TICK
        return asyncio.run(self._deliver(first))

    def _work(self) -> None:
        pause = TICK
        while not self._stop.wait(pause):
            try:
                pause = self.round()
            except Exception:  # the database may be away for a while
                log.exception("letters cannot be sent")
                pause = self._longer_pause()

    async def _deliver(self, first: Letter) -> float:
        settings = self._settings
        sender = read_sender(settings.mail_from).address
        connection = Connection(read_server(settings.smtp_url), sender=sender, own_name=host_of(settings))
        letter: Letter | None = first
        try:
            await connection.open()
            note_server("")
            for _ in range(MOST_PER_CONNECTION):
                if letter is None:
                    return TICK
                self._surely(settle, letter, await self._answer_to(letter, connection))
                self._failures = 0
                letter = None
                if self._stop.is_set():
                    return TICK
                letter = take(clock.now())
            if letter is not None:
                give_back(letter)
            return 0.0
        except ServerProblem as problem:
            return self._put_off(letter, problem)
        finally:
            await connection.close()

    async def _answer_to(self, letter: Letter, connection: Connection) -> Answer:
        try:
            message = compose(letter, self._settings)
            return await connection.send(message, recipient_of(letter))
        except CannotBeWritten as reason:
            return Answer(Fate.REFUSED, str(reason))

    def _put_off(self, letter: Letter | None, problem: ServerProblem) -> float:
        """The server, not the letter, is to blame: everything waits."""
        log.warning("the mail server takes no letters")
        if letter is not None:
            if problem.begun:
                self._surely(settle, letter, Answer(Fate.LATER, str(problem)))
            else:
                give_back(letter)
        note_server(str(problem))
        return self._longer_pause()

    def _longer_pause(self) -> float:
        self._failures += 1
        return min(LONGEST_PAUSE, TICK * 2.0 ** min(self._failures - 1, 10)) * random.uniform(1, 1.5)  # noqa: S311 -- no secret

    def _surely(self, note: Callable[[Letter, Answer], None], letter: Letter, answer: Answer) -> None:
        """What the server said is noted before any other letter is taken, however long the database is away."""
        while True:
            try:
                note(letter, answer)
            except Exception:
                log.exception("what became of a letter cannot be noted yet")
                if self._stop.wait(TICK):
                    return
            else:
                return
