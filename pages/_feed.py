"""The feed of the queue: a change is loaded once for all open windows, changes that come together in one go."""

import asyncio
from collections.abc import Callable

from nicegui import background_tasks, run

from services import live, queue
from services.queue import Change

Listener = Callable[[Change], None]


class Feed:
    """Lives as long as its event loop; hears the topic while anybody listens."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.listeners: list[Listener] = []
        self.waiting: set[int] = set()
        self.loading = False
        self.stop_hearing: Callable[[], None] | None = None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns how to stop."""
        self.listeners.append(listener)
        if self.stop_hearing is None:
            self.stop_hearing = live.claims_changed.subscribe(self._hear)
        return lambda: self._drop(listener)

    def _hear(self, claim_ids: tuple[int, ...]) -> None:
        self.waiting.update(claim_ids)
        if not self.loading:
            self.loading = True
            background_tasks.create(self._load(), name="queue feed")

    async def _load(self) -> None:
        try:
            while self.waiting:
                ids, self.waiting = self.waiting, set()
                change = await run.io_bound(queue.changes, ids)
                if change is None:  # the app is shutting down
                    return
                for listener in list(self.listeners):
                    listener(change)
        finally:
            self.loading = False

    def _drop(self, listener: Listener) -> None:
        if listener in self.listeners:
            self.listeners.remove(listener)
        if not self.listeners and self.stop_hearing is not None:
            self.stop_hearing()
            self.stop_hearing = None


def feed() -> Feed:
    """The feed of this event loop."""
    running = asyncio.get_running_loop()
    if not _feeds or _feeds[0].loop is not running:
        _feeds[:] = [Feed()]
    return _feeds[0]


_feeds: list[Feed] = []
