"""Questions that stop everything else: a reason for a deed, or a plain yes."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from ui.fields import text_field
from ui.modal import Modal

EMPTY_REASON = "Enter a reason."


class ReasonDialog:
    """One dialog of a page that asks why, used again for every question.

    An answer leaves the dialog open, so that a refusal of the deed loses no text:

        reason = await dialog.ask("Decline this entry?", deed="Decline")
        while reason is not None:
            refusal = await decline(entry, reason)
            if not refusal:
                dialog.close()
                break
            reason = await dialog.refuse(refusal)

    `settle` does just this.
    """

    def __init__(self, *, keep: str = "Cancel") -> None:
        self._modal: Modal[str] = Modal()
        with self._modal:
            self._title = self._modal.title()
            self._hint = TextElement(tag="p", text="").classes("dlg-hint")
            self._notice = TextElement(tag="div", text="").classes("dlg-note dlg-note--empty").props("role=status")
            self._field = text_field("Reason", name=f"reason-{self._modal.id}", kind="area", required=True)
            self._deed = self._modal.buttons(self._decide, keep=keep)
        self._modal.focus_on(self._field.focus_id)

    async def ask(
        self, title: str, *, deed: str, hint: str = "", label: str = "Reason", grave: bool = False
    ) -> str | None:
        """Open with an empty field; the reason given, or None when the person thought better of it.

        A `grave` deed takes something away, and its button has the colour of that.
        """
        self._title.text = title
        _colour(self._deed, grave=grave)
        self._deed.set_text(deed)
        self._hint.text = hint
        self._hint.set_visibility(bool(hint))
        self._field.label = label
        self._field.value = ""
        self._field.show_problem(None)
        self.notice("")
        return await self._modal.answer()

    def refuse(self, sentence: str) -> Awaitable[str | None]:
        """Keep the dialog open with its text, say why the deed was refused, and wait for the next answer."""
        self._field.show_problem(sentence)
        self._modal.run_method("takeFocus")
        return self._modal.answer()

    def notice(self, sentence: str) -> None:
        """Say something inside the open dialog, for instance that somebody else decided meanwhile; "" unsays it."""
        self._notice.text = sentence
        if sentence:
            self._notice.classes(remove="dlg-note--empty")
        else:
            self._notice.classes(add="dlg-note--empty")

    def close(self) -> None:
        """Close; the focus goes back to where it came from."""
        self._modal.close()

    async def settle(
        self,
        title: str,
        act: Callable[[str], Awaitable[str | None]],
        *,
        deed: str,
        hint: str = "",
        label: str = "Reason",
        grave: bool = False,
    ) -> bool:
        """Ask and act until `act` returns no sentence of refusal. True when it was done, False when given up."""
        reason = await self.ask(title, deed=deed, hint=hint, label=label, grave=grave)
        while reason is not None:
            refusal = await act(reason)
            if refusal is None:
                self.close()
                return True
            reason = await self.refuse(refusal)
        return False

    async def return_with_note(self, title: str, act: Callable[[str], Awaitable[str | None]], hint: str) -> bool:
        """Settle what goes back to its owner, with a note of what is missing."""
        return await self.settle(title, act, deed="Return", label="Note", grave=True, hint=hint)

    def _decide(self) -> None:
        reason = (self._field.value or "").strip()
        self._field.show_problem(None if reason else EMPTY_REASON)
        if reason:
            self._modal.submit(reason)
        else:
            self._modal.run_method("takeFocus")


async def confirm(title: str, sentence: str, deed: str, *, grave: bool = False, keep: str = "Cancel") -> bool:
    """Ask for a plain yes; the button says `deed`, and is `grave` where something is taken away. False on Escape."""
    modal: Modal[bool] = Modal()
    with modal:
        modal.title().text = title
        TextElement(tag="p", text=sentence).classes("dlg-text")
        button = modal.buttons(lambda: modal.submit(True), keep=keep)
        button.set_text(deed)
        _colour(button, grave=grave)
    modal.focus_on(button.html_id)
    try:
        return await modal.answer() is True
    finally:
        modal.close()
        if not modal.is_deleted:
            await asyncio.sleep(0.3)  # the browser gives the focus back before the element goes
            modal.delete()


def _colour(button: ui.button, *, grave: bool) -> None:
    button.classes(add="btn--brick" if grave else "btn--main", remove="btn--main" if grave else "btn--brick")
