"""The ASPeN User page."""

from collections.abc import Callable

from nicegui import ui
from nicegui.testing import User

from tests.pages.hands import SOON


async def test_the_grey_box_holds_name_phone_and_e_mail_and_no_certificate_yet(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("participant")
    await visitor.open("/user")
    for text in (
        "<h1>ASPeN User page</h1>",
        "Maria Delgado",
        "406-555-0101",
        "maria.delgado@example.org",
        "Darby Community Public Library",
        "No certificate has been issued here yet.",
    ):
        await visitor.should_see(text, retries=SOON)
    (grey,) = [one for one in visitor.find(kind=ui.element).elements if "box--grey" in one.classes]
    assert grey.props["aria-label"] == "Personal information"
