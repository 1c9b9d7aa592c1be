"""The outbox, as the administrator works with it."""

from collections.abc import Callable

import pytest
from nicegui.testing import User

from models.letters import LetterState
from services import letter_outbox
from tests.pages import records
from tests.pages.hands import SOON, field, fill, is_enabled, press, until

SignIn = Callable[[str], None]


def click(visitor: User, deed: str, letter_id: object) -> None:
    visitor.find(marker="letters").trigger("click", [deed, letter_id])


def state_of(letter_id: int) -> LetterState:
    return letter_outbox.read(records.actor("administrator"), letter_id).line.state


async def test_the_list_says_that_the_demo_sends_none_and_what_failed(visitor: User, sign_in: SignIn) -> None:
    records.letter_of("participant")
    sign_in("administrator")
    await visitor.open("/admin/letters")
    for text in (
        "The demo sends no letters: they are kept here.",
        "Declined: A Course of Her Own",
        "participant@example.org",
        "The mail server said: 550 No such person here",
        'aria-label="Retry: Declined: A Course of Her Own, Maria Delgado"',
    ):
        await visitor.should_see(text)


async def test_letters_are_filtered_and_searched(visitor: User, sign_in: SignIn) -> None:
    records.letter_of("participant")
    sign_in("administrator")
    await visitor.open("/admin/letters")
    with visitor:
        field(visitor, "show").value = "sent"
    await visitor.should_see("There is no such letter.", retries=SOON)
    with visitor:
        field(visitor, "show").value = "attention"
    await visitor.should_see("Declined: A Course of Her Own", retries=SOON)
    fill(visitor, find="zeppelin")
    await visitor.should_see("No letter fits these words.", retries=SOON)
    fill(visitor, find="delgado course")
    await visitor.should_see("1 letter", retries=SOON)


async def test_more_than_a_page_is_turned(visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_outbox, "PAGE", 2)
    monkeypatch.setattr("pages.admin_letters.PAGE", 2)
    for _ in range(3):
        records.letter_of("participant")
    sign_in("administrator")
    await visitor.open("/admin/letters")
    assert not is_enabled(visitor, "Previous page")
    press(visitor, "Next page")
    await until(lambda: is_enabled(visitor, "Previous page"))


async def test_retry_and_give_up_from_the_list(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    one, other = records.letter_of("participant"), records.letter_of("director")
    sign_in("administrator")
    await visitor.open("/admin/letters")
    click(visitor, "retry", one)
    await until(lambda: state_of(one) == LetterState.WAITING)
    click(visitor, "give-up", other)
    await until(lambda: state_of(other) == LetterState.CANCELLED)
    click(visitor, "retry", other)
    await until(lambda: len(said) == 3)
    assert said == [
        "It goes out with the next round.",
        "Given up: it is not sent any more.",
        "This letter is cancelled already.",
    ]


async def test_what_no_button_sends_does_nothing(visitor: User, sign_in: SignIn) -> None:
    letter_id = records.letter_of("participant")
    sign_in("administrator")
    await visitor.open("/admin/letters")
    for deed, number in (("drop", letter_id), ("retry", "1"), ("retry", None)):
        click(visitor, deed, number)
    visitor.find(marker="letters").trigger("click", "retry")
    await visitor.should_see("Failed")
    assert state_of(letter_id) == LetterState.FAILED
