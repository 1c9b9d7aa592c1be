"""Topics: facts announced after the commit, heard by open pages on their own event loop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

Listener = Callable[..., object]


@dataclass(frozen=True, eq=False)
class _Ear:
    loop: asyncio.AbstractEventLoop
    listener: Listener
    key: object


class Topic:
    """Publishes identifiers, never rows: whoever hears it loads again with its own rights."""

    def __init__(self) -> None:
        self._ears: list[_Ear] = []
        self._lock = Lock()

    def subscribe(self, listener: Listener, *, key: object = None) -> Callable[[], None]:
        """Call the listener on this loop at every announcement, or only at those for `key`. Returns how to stop."""
        ear = _Ear(asyncio.get_running_loop(), listener, key)
        with self._lock:
            self._ears.append(ear)
        return lambda: self._drop(ear)

    def publish(self, *facts: Any, key: object = None) -> None:
        """From any thread, after the commit."""
        with self._lock:
            ears = [ear for ear in self._ears if ear.key in {None, key}]
        for ear in ears:
            if ear.loop.is_closed():
                self._drop(ear)
                continue
            with suppress(RuntimeError):  # a loop that closes just now must not fail a saved change
                ear.loop.call_soon_threadsafe(ear.listener, *facts)

    def _drop(self, ear: _Ear) -> None:
        with self._lock, suppress(ValueError):
            self._ears.remove(ear)


claims_changed = Topic()
"""Claim ids that were entered, decided, reopened, corrected or withdrawn."""

record_changed = Topic()
"""A person's credits or participations changed; the key is the person's id."""

submissions_changed = Topic()
"""Ids of participations that were submitted, reviewed, verified, returned, issued or withdrawn."""

evidence_changed = Topic()
"""Evidence was asked for, handed in or decided; the key is the sample's id."""

registrations_changed = Topic()
"""Somebody registered, gave a seat back, moved up or was marked; the key is the event's id."""

certificates_issued = Topic()
"""Ids of certificates whose PDF is to be drawn."""

session_ended = Topic()
"""A sign-in session ended; the key is its token hash."""
