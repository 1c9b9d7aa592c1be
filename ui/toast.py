"""The sentence at the foot of the window that says what was just done, with Undo."""

from collections.abc import Awaitable, Callable

from nicegui import events
from nicegui.element import Element

Undo = Callable[[], Awaitable[None]]


class Toast(Element, component="toast.js"):
    """One per page. A sentence stays for 10 seconds, longer under pointer or focus, never over 60.

    While Undo can be pressed, the key U presses it too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._undo: Undo | None = None
        self.on("undo", self._undone)

    def say(self, text: str, *, undo: Undo | None = None, undo_label: str = "Undo") -> None:
        """Show `text` in place of what was there; `undo` is called at most once."""
        self._number += 1
        self._undo = undo
        self.run_method("say", self._number, text, undo_label if undo else "")

    async def _undone(self, event: events.GenericEventArguments) -> None:
        undo = self._undo
        if event.args != self._number or undo is None:
            return
        self._undo = None
        await undo()
