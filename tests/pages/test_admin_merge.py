"""Merging on the screen: found, compared, reasoned, done and taken back."""

from collections.abc import Callable

from nicegui.testing import User

from models.people import Person
from services import db
from tests.pages import hands, records


def is_closed(person_id: int) -> bool:
    with db.reading() as session:
        return session.get_one(Person, person_id).deactivated_at is not None


async def test_two_records_become_one_and_two_again(visitor: User, sign_in: Callable[[str], None]) -> None:
    maria, lorraine = records.person("Maria Delgado"), records.person("Lorraine Bauer")
    sign_in("coordinator")
    await visitor.open(f"/admin/people/{maria}/merge")
    hands.fill(visitor, find="bauer")
    await visitor.should_see("lorraine.bauer@example.org", retries=hands.SOON)
    hands.press(visitor, "Compare")
    await visitor.should_see("What happens to the record of Lorraine Bauer", retries=hands.SOON)
    hands.press(visitor, "Merge")
    await visitor.should_see("into that of Maria Delgado?", retries=hands.SOON)
    hands.give_reason(visitor, "She told me so.")
    hands.answer(visitor, "Merge")
    await hands.until(lambda: is_closed(lorraine))
    await visitor.open(f"/admin/people/{maria}")
    await visitor.should_see("She told me so.", retries=hands.SOON)
    hands.press(visitor, "Undo the merge")
    await hands.until(lambda: not is_closed(lorraine))


async def test_what_stands_in_the_way_is_told_before_anybody_tries(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("coordinator")
    await visitor.open(f"/admin/people/{records.person('Maria Delgado')}/merge")
    hands.fill(visitor, find="wade")
    await visitor.should_see("wade.pruitt@example.org", retries=hands.SOON)
    hands.press(visitor, "Compare")
    await visitor.should_see("One of the records is being reviewed", retries=hands.SOON)
