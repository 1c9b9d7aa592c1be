"""Edit CE Credits."""

from collections.abc import Callable
from io import BytesIO

from nicegui.testing import User
from openpyxl import load_workbook

from models.times import shown_day
from services import credits, review
from tests import make
from tests.pages import records
from tests.pages.hands import SOON, field

SignIn = Callable[[str], None]


async def test_the_list_tells_status_where_it_counts_expiry_and_totals(visitor: User, sign_in: SignIn) -> None:
    newest = credits.listing(records.actor("participant")).listed[0]
    sign_in("participant")
    await visitor.open("/ce/credits")
    for text in (
        "Edit CE Credits",
        "chip--approved",
        "chip--pending",
        "toward",
        f"expires {shown_day(newest.expires_on).partition(', ')[2]}",
        "Declined: Yoga is good for us all",
        "All categories",
        'href="/ce/credits.xlsx">Export CE Credits to Excel</a>',
    ):
        await visitor.should_see(text)


async def test_duplicates_are_marked_and_told_above(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open("/ce/credits")
    await visitor.should_see("like a duplicate.</strong>")
    await visitor.should_see('<tr class="duplicate">')


async def test_the_filters_narrow_list_and_totals(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open("/ce/credits")
    with visitor:
        field(visitor, "status").value = "DECLINED"
    await visitor.should_not_see("chip--approved", retries=SOON)
    await visitor.should_see("Chair Yoga for the Reference Desk")
    with visitor:
        field(visitor, "period").value = "nothing"
    await visitor.should_see("No credit fits these filters.", retries=SOON)


async def test_a_decision_shows_without_a_reload(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    claim_id = make.own_entry(ken)
    sign_in("administrator")
    await visitor.open("/ce/credits")
    await visitor.should_see("chip--pending")
    review.decline(records.actor("coordinator"), [claim_id], "Not about libraries.")
    await visitor.should_see("Declined: Not about libraries.", retries=SOON)


async def test_an_empty_list_says_what_to_do(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce/credits")
    await visitor.should_see("Nothing is in your list yet. Claim an event that you attended.")


async def test_the_workbook_holds_the_list_and_names_its_owner(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    response = await visitor.http_client.get("/ce/credits.xlsx")
    sheet = load_workbook(BytesIO(response.content))["Credits"]
    assert "Chair Yoga for the Reference Desk" in [cell.value for cell in sheet["A"]]
    assert "attachment" in response.headers["content-disposition"]
    assert "Delgado" in response.headers["content-disposition"]


async def test_what_was_not_saved_here_is_not_called_saved(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for claim_id in (records.claim_of("director"), 999_999, "<b>"):
        await visitor.open(f"/ce/credits?saved={claim_id}")
        await visitor.should_not_see("Saved:")
