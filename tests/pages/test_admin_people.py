"""The directory of people: searched, filtered, turned."""

from collections.abc import Callable

from nicegui.testing import User

from tests.pages import hands


async def test_the_office_finds_people_by_name_and_library(visitor: User, sign_in: Callable[[str], None]) -> None:
    for key in ("administrator", "coordinator"):
        sign_in(key)
        await visitor.open("/admin/people")
        await visitor.should_see("63 people", retries=hands.SOON)
        hands.fill(visitor, find="ellingson")
        await visitor.should_see("1 people", retries=hands.SOON)
        await visitor.should_see("Ruth Ellingson", retries=hands.SOON)


async def test_the_second_page_shows_the_rest(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("administrator")
    await visitor.open("/admin/people")
    await visitor.should_see("Page 1 of 2", retries=hands.SOON)
    assert not hands.is_enabled(visitor, "Previous page")
    hands.press(visitor, "Next page")
    await visitor.should_see("Page 2 of 2", retries=hands.SOON)
    await visitor.should_see("Łukasz", retries=hands.SOON)


async def test_a_filter_shows_who_has_a_role_and_says_when_nobody_fits(
    visitor: User, sign_in: Callable[[str], None]
) -> None:
    sign_in("administrator")
    await visitor.open("/admin/people?which=administrator")
    await visitor.should_see("Ken Sorensen", retries=hands.SOON)
    await visitor.should_not_see("Maria Delgado")
    await visitor.open("/admin/people?which=closed")
    await visitor.should_see("No people fit.", retries=hands.SOON)
