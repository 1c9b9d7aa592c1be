"""Typing and pressing in NiceGUI's simulated browser, and waiting for what comes of it."""

import asyncio
from collections.abc import Callable
from time import monotonic

from nicegui import ui
from nicegui.testing import User, UserInteraction

from ui.fields import Field, TextField
from ui.modal import Modal

SOON = 100
"""Tries of a tenth of a second each: what services answer comes a moment after the page."""


def fill(visitor: User, **values: object) -> None:
    """Type into the fields with these names, leaving each."""
    for name, value in values.items():
        with visitor:
            field(visitor, name).value = value
        visitor.find(kind=Field, marker=name).trigger("blur")


def press(visitor: User, name: str) -> None:
    """Click the one button that says exactly this."""
    button(visitor, name).click()


def answer(visitor: User, deed: str) -> None:
    """Press the button of the dialog that is open."""
    with visitor.scope(Modal):
        press(visitor, deed)


def give_reason(visitor: User, text: str) -> None:
    """Type into the open dialog."""
    with visitor:
        reason(visitor).value = text


def reason(visitor: User) -> TextField:
    with visitor.scope(Modal):
        (found,) = visitor.find(TextField).elements
    return found


def is_enabled(visitor: User, name: str) -> bool:
    return all(one.enabled for one in button(visitor, name).elements)


def button(visitor: User, name: str) -> UserInteraction[ui.button]:
    found = visitor.find(kind=ui.button, content=name)
    found.elements = {one for one in found.elements if one.text == name}
    assert len(found.elements) == 1, f"{len(found.elements)} buttons say {name}"
    return found


def field(visitor: User, name: str) -> Field:
    (found,) = visitor.find(kind=Field, marker=name).elements
    return found


async def until(condition: Callable[[], object]) -> None:
    """Waits, at most a few seconds, for what the page does off the loop."""
    end = monotonic() + SOON / 10
    while not condition():
        assert monotonic() < end, "It did not happen."
        await asyncio.sleep(0.02)
