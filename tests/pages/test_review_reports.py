"""The reports: plots with the same numbers as tables, for the year that is chosen."""

from collections.abc import Callable

from nicegui import ui
from nicegui.testing import User

from services import demo
from tests.pages.hands import SOON

SignIn = Callable[[str], None]


async def test_plots_and_tables_of_a_year(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/reports")
    await visitor.should_see("Report 2026", retries=SOON)
    assert len(visitor.find(ui.echart).elements) == 4
    await visitor.should_see('<caption class="sr">Credits in 2026</caption>')
    await visitor.open("/review/reports?year=2025")
    await visitor.should_see("Report 2025", retries=SOON)
    await visitor.open("/review/reports?year=1066")
    await visitor.should_see("Report 2026", retries=SOON)


async def test_the_export(visitor: User) -> None:
    visitor.http_client.cookies.set("aspen", demo.sign_in_as("coordinator"))
    answer = await visitor.http_client.get("/review/reports.xlsx?year=2026")
    assert answer.content.startswith(b"PK")
