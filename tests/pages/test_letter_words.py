"""The words of the letters, as the administrator edits them."""

from collections.abc import Callable

from nicegui.testing import User

from services import letter_templates
from tests.pages import records
from tests.pages.hands import SOON, field, fill, is_enabled, press, until

SignIn = Callable[[str], None]


async def test_words_are_tried_out_saved_and_put_back(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    sign_in("administrator")
    await visitor.open("/admin/letter-words")
    await visitor.should_see("People may do without it.")
    await visitor.open("/admin/letter-words/credit-declined")
    await visitor.should_see("These are the program’s own words.")
    assert not is_enabled(visitor, "Reset to the program’s words")

    fill(visitor, subject="Not counted: {title}")
    press(visitor, "Preview")
    await visitor.should_see("Not counted: Story Hours in Small Places", retries=SOON)
    administrator = records.actor("administrator")
    assert letter_templates.show(administrator, "credit-declined").words.subject == "Declined: {title}"

    press(visitor, "Save")
    await visitor.should_see("Ken Sorensen wrote these words", retries=SOON)
    press(visitor, "Reset to the program’s words")
    await visitor.should_see("These are the program’s own words.", retries=SOON)
    await until(lambda: field(visitor, "subject").value == "Declined: {title}")
    assert said[-1] == "The program’s own words are back."


async def test_words_that_would_not_do_are_told_at_their_field_and_stay_as_typed(
    visitor: User, sign_in: SignIn
) -> None:
    sign_in("administrator")
    await visitor.open("/admin/letter-words/confirm-e-mail")
    fill(visitor, body="Press the button, {name}.")
    press(visitor, "Save")
    await until(lambda: "knows no {name}" in str(field(visitor, "body").props["error-message"]))
    assert field(visitor, "body").value == "Press the button, {name}."
