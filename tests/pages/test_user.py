"""The ASPeN User page."""

from collections.abc import Callable

from nicegui import ui
from nicegui.testing import User

from tests.pages.hands import SOON, field, fill, press, until


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
        "No certificate has been issued yet.",
    ):
        await visitor.should_see(text, retries=SOON)
    (grey,) = [one for one in visitor.find(kind=ui.element).elements if "box--grey" in one.classes]
    assert grey.props["aria-label"] == "Personal information"


async def test_the_director_finds_her_certificates_oldest_first_and_the_last_marked(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("director")
    await visitor.open("/user")
    for text in ("MT-2019-000001", "MT-2023-000001", "Expired", "Most recent", "View most recent certificate"):
        await visitor.should_see(text)


async def test_what_she_changes_is_saved_and_mistakes_are_told_at_their_field(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("participant")
    await visitor.open("/user")
    fill(visitor, last_name="", phone="406-555-0199")
    press(visitor, "Save")
    await until(lambda: field(visitor, "last_name").props["error-message"] == "Enter your last name.")
    assert field(visitor, "phone").value == "406-555-0199"

    fill(visitor, last_name="Delgado-Ruiz", email="maria@darby.example.org")
    press(visitor, "Save")
    await visitor.should_see("A letter is on its way to maria@darby.example.org.", retries=SOON)
    await visitor.should_see("Maria Delgado-Ruiz")
    await visitor.should_see("maria.delgado@example.org")


async def test_everybody_chooses_her_letters_on_her_own_page(
    visitor: User, sign_in: Callable[[str], None], said: list[str]
) -> None:
    sign_in("participant")
    await visitor.open("/user")
    await visitor.should_see("Letters to you")
    with visitor:
        field(visitor, "credit-approved").value = False
    await until(lambda: said == ["Saved."])
    await visitor.open("/user")
    assert field(visitor, "credit-approved").value is False


async def test_an_expired_certificate_says_so_and_which_one_renewed_it(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("director")
    await visitor.open("/user")
    await visitor.should_see("expired on")
    await visitor.should_see('Renewed by <a href="/certificates/MT-2023-000001">')
