"""The errand that is being run: a request or a handler's call, with the reference that its log lines share."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


def new_reference() -> str:
    return secrets.token_hex(4).upper()


@dataclass(frozen=True)
class Errand:
    """`route` is the template, such as `/ce/claim/{event_id}`, never the address."""

    route: str
    reference: str = field(default_factory=new_reference)
    began: float = field(default_factory=time.perf_counter)

    @property
    def milliseconds(self) -> int:
        return round((time.perf_counter() - self.began) * 1000)


@contextmanager
def errand(route: str) -> Iterator[Errand]:
    """What is done within, in this task or thread and in those that take its context along, belongs together."""
    token = _running.set(Errand(route))
    try:
        yield _running.get() or Errand(route)
    finally:
        _running.reset(token)


def running() -> Errand | None:
    return _running.get()


_running: ContextVar[Errand | None] = ContextVar("errand", default=None)
