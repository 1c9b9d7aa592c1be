"""The app as it is served, in a process of its own, with instruments that measure nothing until they are asked."""

import runpy
import threading
import time
from dataclasses import replace

from sqlalchemy import event
from sqlalchemy.orm import Session

from pages import _rates
from pages._limits import Limiter
from pages._places import PLACES
from pages._visit import Visit
from services import claims, db, reminder_worker, review
from tests.benchmarks._data import actor
from tests.benchmarks._process import answer

_statements: list[str] = []
_draws: list[float] = []
_commits: list[int] = []
_reminded: list[tuple[int, float]] = []


def watch_statements() -> None:
    """Note every statement that reaches a cursor from now on; BEGIN is sent past it."""

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        _statements.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)


def statements() -> list[str]:
    """Those since the last call."""
    found = list(_statements)
    _statements.clear()
    return found


def cpu() -> float:
    """Seconds that all threads of this process have worked."""
    return time.process_time()


def watch_draws(path: str) -> None:
    """Load the data of this page before it is drawn, and note the CPU time of the drawing alone."""
    index, place = next((index, place) for index, place in enumerate(PLACES) if place.path == path)

    async def draw(visit: Visit, **numbers: int) -> None:
        loaded: list[object] = []
        load = visit.load

        async def keep(service: object, *args: object) -> object:
            loaded.append(await load(service, *args))  # type: ignore[arg-type]
            raise _Loaded

        async def give(_service: object, *_args: object) -> object:
            return loaded[0]

        visit.load = keep  # type: ignore[assignment, method-assign]
        try:
            await place.draw(visit, **numbers)
        except _Loaded:
            visit.load = give  # type: ignore[assignment, method-assign]
        began = time.thread_time()
        await place.draw(visit, **numbers)
        _draws.append(time.thread_time() - began)

    PLACES[index] = replace(place, draw=draw)


class _Loaded(Exception):
    """Ends the first, loading call of a page."""


def draws() -> list[float]:
    """Seconds of each drawing since the last call."""
    found = list(_draws)
    _draws.clear()
    return found


def start_reminding() -> None:
    """As the jobs' worker does it."""

    def remind() -> None:
        began = time.perf_counter()
        _reminded.append((reminder_worker.run(), time.perf_counter() - began))

    threading.Thread(target=remind, daemon=True).start()


def reminded() -> tuple[int, float] | None:
    """How many were told, and the seconds it took; None while it goes on."""
    return _reminded[-1] if _reminded else None


def watch_commits() -> None:
    event.listen(Session, "after_commit", lambda _session: _commits.append(time.time_ns()))


def approve(coordinator_id: int, claim_id: int) -> int:
    """One entry is approved, as the button does it; returns when the commit was done, in ns."""
    review.approve(actor(coordinator_id), [claim_id])
    return _commits[-1]


def decline(coordinator_id: int, claim_id: int) -> int:
    review.decline(actor(coordinator_id), [claim_id], "It is not about library work.")
    return _commits[-1]


def claim(person_id: int, event_id: int) -> int:
    """A new entry comes in."""
    claims.claim_event(actor(person_id), event_id)
    return _commits[-1]


def _let_everything() -> None:
    """One client of ours asks as often as a whole workshop would: the limits of a minute are not what is measured."""
    _rates.PAGES = _rates.PAGES_OF_STRANGERS = _rates.FORMS = Limiter(10_000_000)


if __name__ == "__main__":
    _let_everything()
    threading.Thread(target=answer, args=(globals(),), daemon=True).start()
    runpy.run_module("main", run_name="__main__")
