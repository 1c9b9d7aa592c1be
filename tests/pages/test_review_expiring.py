"""Who comes due when, on the coordinator's page and as a file."""

from collections.abc import Callable

from nicegui.testing import User

from services import demo
from tests.pages.hands import field


async def test_the_list_follows_its_filters(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("coordinator")
    await visitor.open("/review/expiring?within=all")
    await visitor.should_see("Ruth Ellingson")
    await visitor.should_see('href="/review/expiring.xlsx?within=all"')
    with visitor:
        field(visitor, "within").value = "overdue"
    await visitor.should_not_see("Ruth Ellingson")


async def test_the_file_has_the_filters_of_its_address(visitor: User) -> None:
    visitor.http_client.cookies.set("aspen", demo.sign_in_as("coordinator"))
    for query in ("", "?within=all&track=1&library=1&directors=1", "?within=ever&track=x&library=99999999999"):
        answer = await visitor.http_client.get(f"/review/expiring.xlsx{query}")
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")
        assert "Coming due 2026-11-23.xlsx" in answer.headers["content-disposition"]
