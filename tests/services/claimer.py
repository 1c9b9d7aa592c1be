"""A process of its own that claims: the tests of two processes and of crashes start it, and kill it."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from sqlmodel import select

from models.claims import Claim
from models.events import Event
from services import audit, claims, clock, db, installation
from services.access import Actor
from services.settings import Settings
from tests import make

THREADS = 4
BATCH = 20
SECRET = "a secret of at least thirty-two characters"


def claim_these(person_id: int, event_ids: list[int]) -> None:
    """Claims these events for this person and says of each whether it was new."""
    for event_id in event_ids:
        claimed = claims.claim_event(Actor(person_id, "Ann", "Ann Ames"), event_id)
        say("new" if claimed.is_new else "standing")


def claim_for_ever(thread: int) -> None:
    """Claims all events for one new person after the other; says each claim's id once it is saved."""
    for actor, event_id in people_and_events(thread):
        say(claims.claim_event(actor, event_id).claim_id)


def claim_carelessly(thread: int) -> None:
    """The control: says each id at once, and commits only then and when."""
    deeds = people_and_events(thread)
    while True:
        batch = [next(deeds) for _ in range(BATCH)]
        with db.writing() as session:
            for actor, event_id in batch:
                now = clock.now()
                claim = Claim(person_id=actor.person_id, event_id=event_id, claimed_at=now, waiting_since=now)
                session.add(claim)
                session.flush()
                audit.record(session, actor.person_id, "claim:saved", claim.id or 0, person_id=actor.person_id)
                session.flush()
                say(claim.id or 0)


def people_and_events(thread: int) -> Iterator[tuple[Actor, int]]:
    with db.reading() as session:
        event_ids = session.exec(select(Event.id)).all()
    for number in count():
        actor = make.person(f"Ann{os.getpid()} Thread{thread}Number{number}")
        for event_id in event_ids:
            yield actor, event_id or 0


def again_and_again(work: Callable[[int], None], settings: Settings) -> None:
    """For each line that is heard, a child of this process begins to work, and says its number first.

    When it is killed, "gone" is said, so that everything that it said itself has been heard by then.
    """
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            say(os.getpid())
            connect(settings)
            in_threads(work)
        os.waitpid(child, 0)
        say("gone")


def in_threads(work: Callable[[int], None]) -> None:
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(work, thread) for thread in range(THREADS)]:
                done.result()
    finally:
        os._exit(1)


def say(word: object) -> None:
    """Told in one write: a line is there as a whole or not at all."""
    os.write(1, f"{word}\n".encode())


def connect(settings: Settings) -> None:
    installation.connect(settings)
    clock.fix(make.NOON)


def main(deed: str, folder: str, database_url: str, *rest: str) -> None:
    settings = Settings(data_dir=Path(folder), secret_key=SECRET, database_url=database_url)
    if deed == "these":
        connect(settings)
        claim_these(int(rest[0]), [int(event_id) for event_id in rest[1:]])
        return
    again_and_again({"for ever": claim_for_ever, "carelessly": claim_carelessly}[deed], settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
