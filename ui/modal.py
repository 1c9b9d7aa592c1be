"""The native modal dialog that the questions of `ui.dialogs` stand in."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from ui.sections import SINGLE_PRESS

T = TypeVar("T")


class Modal(Element, Generic[T], component="modal.js"):
    """A modal dialog; what is inside cannot be found or pressed while it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self._title_id = f"title-{self.id}"
        self._props.update({"open": False, "title-id": self._title_id, "focus-id": ""})
        self._waiting: asyncio.Future[T | None] | None = None
        self.on("dismiss", self.close, [])
        self.set_visibility(False)

    def title(self) -> TextElement:
        """The heading that names the dialog."""
        return TextElement(tag="h2", text="").props(f"id={self._title_id}")

    def buttons(self, on_deed: Callable[[], object], *, keep: str = "Cancel") -> ui.button:
        """The button of the deed, which is given back, and beside it the one that gives it up."""
        with ui.element("div").classes("dlg-foot"):
            deed = ui.button(color=None).props("no-caps unelevated").classes("btn btn--main")
            deed.on("click", on_deed, [], js_handler=SINGLE_PRESS)
            ui.button(keep, color=None, on_click=self.close).props("no-caps unelevated").classes("btn btn--quiet")
        return deed

    def focus_on(self, html_id: str) -> None:
        """Which control has the focus when the dialog opens."""
        self.props["focus-id"] = html_id

    def answer(self) -> "asyncio.Future[T | None]":
        """Open, if it is not open yet, and wait for `submit`; None when it is closed instead."""
        self._settle(None)
        self._waiting = asyncio.get_running_loop().create_future()
        self.set_visibility(True)
        self.props["open"] = True
        return self._waiting

    def submit(self, result: T) -> None:
        """Answer who waits; the dialog stays open."""
        self._settle(result)

    def close(self) -> None:
        """Close; who waits for an answer gets None."""
        self._settle(None)
        if not self.is_deleted and self.visible:
            self.props["open"] = False
            self.set_visibility(False)

    def _settle(self, result: T | None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(result)

    def _handle_delete(self) -> None:
        self._settle(None)
        super()._handle_delete()
