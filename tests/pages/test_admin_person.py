"""One person in the hands of the office: corrected, given positions and roles, closed."""

from collections.abc import Callable

from nicegui.testing import User
from sqlmodel import select

from models.people import Person, Position, RoleGrant
from services import db
from tests.pages import hands, records


def row(person_id: int) -> Person:
    with db.reading() as session:
        return session.get_one(Person, person_id)


async def opened(visitor: User, sign_in: Callable[[str], None], key: str = "administrator") -> int:
    number = records.person("Wade Pruitt")
    sign_in(key)
    await visitor.open(f"/admin/people/{number}")
    return number


async def test_a_name_is_corrected_and_a_mistake_loses_nothing(visitor: User, sign_in: Callable[[str], None]) -> None:
    number = await opened(visitor, sign_in)
    hands.fill(visitor, first_name="Wayde", email="nobody")
    hands.press(visitor, "Save")
    await visitor.should_see("Enter an e-mail address such as name@library.org.", retries=hands.SOON)
    assert hands.field(visitor, "first_name").value == "Wayde"
    hands.fill(visitor, email="wayde@example.org")
    hands.press(visitor, "Save")
    await hands.until(lambda: row(number).email == "wayde@example.org")


async def test_a_position_is_added_and_its_mistakes_stand_at_the_fields(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    number = await opened(visitor, sign_in, "coordinator")
    hands.press(visitor, "Add a position")
    hands.fill(visitor, library="1", kind="staff", begins="2024-05-01", ends="2020-01-01")
    hands.press(visitor, "Save position")
    await visitor.should_see("It ends before it begins.", retries=hands.SOON)
    hands.fill(visitor, ends="")
    hands.press(visitor, "Save position")

    def held() -> list[Position]:
        with db.reading() as session:
            return list(session.exec(select(Position).where(Position.person_id == number)))

    await hands.until(lambda: len(held()) == 2)


async def test_a_role_is_given_by_an_administrator_and_shown_to_no_coordinator(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    number = await opened(visitor, sign_in, "coordinator")
    await visitor.should_not_see("Roles")
    await opened(visitor, sign_in)
    buttons = visitor.find("Give")
    assert len(buttons.elements) == 2
    with visitor:
        buttons.elements = {min(buttons.elements, key=lambda one: one.id)}
    buttons.click()

    def roles() -> list[str]:
        with db.reading() as session:
            return list(session.exec(select(RoleGrant.role).where(RoleGrant.person_id == number)))

    await hands.until(lambda: roles() == ["coordinator"])


async def test_a_record_is_closed_with_a_reason(visitor: User, sign_in: Callable[[str], None]) -> None:
    number = await opened(visitor, sign_in)
    hands.press(visitor, "Close this record")
    await visitor.should_see("Close this record?", retries=hands.SOON)
    hands.give_reason(visitor, "Moved to Idaho")
    hands.answer(visitor, "Close this record")
    await hands.until(lambda: row(number).deactivated_at is not None)
    await visitor.should_see("Moved to Idaho", retries=hands.SOON)


async def test_somebody_is_added_by_hand(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("coordinator")
    await visitor.open("/admin/people/new")
    hands.press(visitor, "Add")
    await visitor.should_see("Enter your first name.", retries=hands.SOON)
    hands.fill(visitor, first_name="Winona", last_name="Littlejohn")
    hands.press(visitor, "Add")

    def found() -> list[Person]:
        with db.reading() as session:
            return list(session.exec(select(Person).where(Person.last_name == "Littlejohn")))

    await hands.until(found)
