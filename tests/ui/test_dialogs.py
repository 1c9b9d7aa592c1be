"""Questions that stop everything else."""

import asyncio

from nicegui import ui
from nicegui.testing import User

from tests.pages.hands import until
from ui.dialogs import EMPTY_REASON, ReasonDialog, confirm
from ui.fields import TextField
from ui.modal import Modal


def reason(user: User) -> TextField:
    (field,) = user.find(TextField).elements
    return field


def type_reason(user: User, text: str) -> None:
    with user:
        reason(user).value = text


def press(user: User, deed: str) -> None:
    user.find(kind=ui.button, content=deed).click()


async def test_the_deed_is_done_with_the_reason_and_the_dialog_closes(paper: User) -> None:
    asked: list[str] = []

    async def decline(text: str) -> None:
        asked.append(text)

    with paper:
        dialog = ReasonDialog()
        answer = asyncio.ensure_future(dialog.settle("Decline this?", decline, deed="Decline", hint="She reads it."))
    for text in ("Decline this?", "She reads it."):
        await paper.should_see(text)
    type_reason(paper, "  Not about libraries. ")
    press(paper, "Decline")
    assert await answer
    assert asked == ["Not about libraries."]
    await paper.should_not_see("Decline this?")


async def test_an_empty_reason_is_refused_at_the_field(paper: User) -> None:
    with paper:
        dialog = ReasonDialog()
        answer = asyncio.ensure_future(dialog.ask("Decline this?", deed="Decline"))
    await paper.should_see("Decline this?")
    type_reason(paper, "   ")
    press(paper, "Decline")
    assert reason(paper).props["error-message"] == EMPTY_REASON
    assert not answer.done()
    press(paper, "Cancel")
    assert await answer is None


async def test_a_refused_deed_keeps_the_text_and_says_why(paper: User) -> None:
    refusals = ["Somebody was faster.", None]

    async def decline(_text: str) -> str | None:
        return refusals.pop(0)

    with paper:
        dialog = ReasonDialog()
        answer = asyncio.ensure_future(dialog.settle("Decline this?", decline, deed="Decline"))
    await paper.should_see("Decline this?")
    type_reason(paper, "Not about libraries.")
    press(paper, "Decline")
    await until(lambda: reason(paper).props["error-message"])
    assert (reason(paper).props["error-message"], reason(paper).value) == (
        "Somebody was faster.",
        "Not about libraries.",
    )
    press(paper, "Decline")
    assert await answer


async def test_the_next_question_begins_empty(paper: User) -> None:
    with paper:
        dialog = ReasonDialog()
    for _ in range(2):
        with paper:
            answer = asyncio.ensure_future(dialog.ask("Decline this?", deed="Decline"))
        await paper.should_see("Decline this?")
        assert reason(paper).value == ""
        type_reason(paper, "Half a sen")
        paper.find(Modal).trigger("dismiss")
        assert await answer is None


async def test_a_plain_yes_is_yes_and_everything_else_is_no(paper: User) -> None:
    async def ask() -> bool:
        with paper:
            return await confirm("Withdraw this?", "You can claim it again.", "Withdraw")

    for button, meant in (("Withdraw", True), ("Cancel", False)):
        answer = asyncio.ensure_future(ask())
        await paper.should_see("You can claim it again.")
        paper.find(kind=ui.button, content=button).click()
        assert await answer is meant
