"""Processes with threads that all do their deed at one moment: `Racers` starts them, each of them runs `main`."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Barrier
from types import TracebackType
from typing import Any, Self

from models.errors import Refusal
from services import claims, clock, identities, installation, merges, providers, review, verifications
from services.access import Actor
from services.providers import Account
from services.settings import Settings
from services.sign_in import Visitor
from tests import make
from tests.certified import told

ROOT = Path(__file__).parents[2]
SECRET = "a secret of at least thirty-two characters"
PROCESSES, THREADS = 4, 8
Args = Sequence[Any]


class Racers:
    """4 processes with 8 threads each."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.services.racer"]
        self._processes = [
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
            for _ in range(PROCESSES)
        ]

    def meet(self) -> None:
        """All of them connect to the database that is connected here."""
        settings = installation.settings()
        for place in range(PROCESSES):
            self._say(place, ["meet", [str(settings.data_dir), settings.database_url]])
        assert [self._hear(place) for place in range(PROCESSES)] == ["met"] * PROCESSES

    def race(self, deed: str, every: Sequence[Args]) -> list[str]:
        """Has one of the 32 threads do the deed with each of these arguments; what each was told, in their order."""
        assert len(every) == PROCESSES * THREADS
        for place in range(PROCESSES):
            self._say(place, [deed, list(every[place::PROCESSES])])
        assert [self._hear(place) for place in range(PROCESSES)] == ["ready"] * PROCESSES
        for place in range(PROCESSES):
            self._say(place, "go")
        answers = [""] * len(every)
        for place in range(PROCESSES):
            answers[place::PROCESSES] = self._hear(place)
        return answers

    def _say(self, place: int, what: object) -> None:
        line = self._processes[place].stdin
        assert line is not None
        line.write(json.dumps(what) + "\n")
        line.flush()

    def _hear(self, place: int) -> Any:
        line = self._processes[place].stdout
        assert line is not None
        return json.loads(line.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.communicate(timeout=20)
            assert process.returncode == 0


@dataclass(frozen=True)
class Practice:
    """A provider from which everybody comes back as the same newcomer."""

    def account(self, _query: object, *, nonce: str, code_verifier: str) -> Account:
        assert nonce and code_verifier
        return Account("https://login.example.gov", "00u1", "win.little@example.org", "Win", "Little", "")


def claim(person_id: int, event_id: int) -> str:
    done = claims.claim_event(Actor(person_id, "Ann", "Ann Ames"), event_id)
    return f"{'new' if done.is_new else 'standing'} {done.claim_id}"


def issue(coordinator_id: int, participation_id: int) -> str:
    return str(verifications.record(coordinator(coordinator_id), participation_id, told(participation_id)).certificate)


def decide(coordinator_id: int, claim_id: int, how: str) -> str:
    if how == "approve":
        review.approve(coordinator(coordinator_id), [claim_id])
    else:
        review.decline(coordinator(coordinator_id), [claim_id], "It is not about libraries.")
    return "done"


def merge(coordinator_id: int, kept_id: int, merged_id: int) -> str:
    merges.merge(coordinator(coordinator_id), kept_id, merged_id, "She told us by telephone.")
    return "done"


def sign_in(token: str, state: str) -> str:
    return f"done {identities.finish(token, {'state': state}, Visitor(), None).person_id}"


def coordinator(person_id: int) -> Actor:
    return Actor(person_id, "Cem", f"Cem Coole {person_id}", frozenset({"coordinator"}))


DEEDS: dict[str, Callable[..., str]] = {
    "claim": claim, "issue": issue, "decide": decide, "merge": merge, "sign in": sign_in,
}  # fmt: skip


def run(gate: Barrier, deed: Callable[..., str], args: Args) -> str:
    gate.wait()
    try:
        return deed(*args)
    except Refusal as refusal:
        return str(refusal)
    except Exception as fault:
        return f"fault: {fault!r}"


def main() -> None:
    providers.of_key = lambda _key: Practice()  # type: ignore[assignment, return-value]
    with ThreadPoolExecutor(THREADS) as pool:
        for line in sys.stdin:
            deed, told_of_it = json.loads(line)
            if deed == "meet":
                folder, address = told_of_it
                installation.connect(Settings(data_dir=Path(folder), secret_key=SECRET, database_url=address))
                clock.fix(make.NOON)
                say("met")
                continue
            gate = Barrier(THREADS + 1)
            running = [pool.submit(partial(run, gate, DEEDS[deed], args)) for args in told_of_it]
            say("ready")
            sys.stdin.readline()
            gate.wait()
            say([one.result() for one in running])
    installation.close()


def say(what: object) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 -- the test listens


if __name__ == "__main__":
    main()
