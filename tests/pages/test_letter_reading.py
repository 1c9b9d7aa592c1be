"""One letter, as the administrator reads it."""

from collections.abc import Callable

from nicegui.testing import User

from tests.pages import records
from tests.pages.hands import SOON

SignIn = Callable[[str], None]


async def test_one_letter_is_read_as_text_and_in_a_frame_that_can_do_nothing(visitor: User, sign_in: SignIn) -> None:
    letter_id = records.letter_of("participant")
    sign_in("administrator")
    await visitor.open(f"/admin/letters/{letter_id}")
    for text in ("Declined: A Course of Her Own", "not about libraries.", 'sandbox="" srcdoc="&lt;!doctype html&gt;'):
        await visitor.should_see(text)
    visitor.find(marker="deeds").trigger("click", ["give-up", letter_id])
    await visitor.should_see("Cancelled", retries=SOON)
