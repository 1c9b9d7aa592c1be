"""A process of its own that sends letters: the tests of two processes and of crashes start it, and kill it."""

import sys
from datetime import datetime
from pathlib import Path

from models.letters import Letter
from services import clock, installation, letter_leases, letter_worker
from services.letter_connection import Answer, Connection, Fate
from services.settings import Settings
from tests.services.postman import FROM

SECRET = "a secret of at least thirty-two characters"


class Careless(letter_worker.LetterWorker):
    """The control: notes each letter as sent, and sends it only then."""

    async def _answer_to(self, letter: Letter, connection: Connection) -> Answer:
        letter_leases.settle(letter, Answer(Fate.SENT))
        return await super()._answer_to(letter, connection)


def main(kind: str, folder: str, database_url: str, smtp_url: str, moment: str) -> None:
    """Sends whatever is due at that moment, once it is told to, and ends when nothing is left."""
    settings = Settings(
        data_dir=Path(folder), secret_key=SECRET, database_url=database_url, smtp_url=smtp_url, mail_from=FROM,
        base_url="https://ce.example.gov",
    )  # fmt: skip
    installation.connect(settings)
    clock.fix(datetime.fromisoformat(moment))
    print("ready", flush=True)  # noqa: T201 -- the test waits for it
    sys.stdin.readline()
    working = {"careful": letter_worker.LetterWorker, "careless": Careless}[kind](settings)
    while working.round() != letter_worker.TICK:
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
