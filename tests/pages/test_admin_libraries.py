"""Libraries in the hands of the administrator."""

from collections.abc import Callable

from nicegui.testing import User
from sqlmodel import select

from models.libraries import Library
from services import db
from tests.pages import hands


def named(name: str) -> list[Library]:
    with db.reading() as session:
        return list(session.exec(select(Library).where(Library.name == name)))


async def test_a_library_is_added_renamed_and_closed(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("administrator")
    await visitor.open("/admin/libraries/new")
    hands.fill(visitor, name="Hearst Free Library")
    hands.press(visitor, "Add")
    await visitor.should_see("There is a library of this name already.", retries=hands.SOON)
    hands.fill(visitor, name="Opheim Reading Room", city="Opheim")
    hands.press(visitor, "Add")
    await hands.until(lambda: named("Opheim Reading Room"))
    number = named("Opheim Reading Room")[0].id
    await visitor.open(f"/admin/libraries/{number}")
    hands.fill(visitor, name="Opheim Library")
    hands.press(visitor, "Save")
    await hands.until(lambda: named("Opheim Library"))
    hands.press(visitor, "Close this library")
    await hands.until(lambda: named("Opheim Library")[0].deactivated_at is not None)


async def test_the_list_is_searched_and_shows_the_closed_ones_on_demand(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("administrator")
    await visitor.open("/admin/libraries")
    await visitor.should_see("27 libraries", retries=hands.SOON)
    hands.fill(visitor, find="anaconda")
    await visitor.should_see("Hearst Free Library", retries=hands.SOON)
    hands.fill(visitor, which="closed")
    await visitor.should_see("No libraries fit.", retries=hands.SOON)
