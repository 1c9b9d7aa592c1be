"""Files: workbooks and the style sheet."""

from collections.abc import Callable
from io import BytesIO

from nicegui.testing import User
from openpyxl import load_workbook

from tests.pages import records
from ui.theme import STYLE_URL


async def test_a_coordinator_exports_anybodys_credits(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("coordinator")
    response = await visitor.http_client.get(f"/people/{records.person('Maria Delgado')}/credits.xlsx")
    assert load_workbook(BytesIO(response.content)).sheetnames == ["Credits", "Totals"]
    assert "Delgado" in response.headers["content-disposition"]


async def test_the_style_sheet_is_kept_by_browsers_and_its_fonts_are_ours(visitor: User) -> None:
    response = await visitor.http_client.get(STYLE_URL)
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "url(/static/fonts/" in response.text.replace('"', "")
