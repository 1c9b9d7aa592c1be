"""One person's whole record, for coordinators."""

from collections.abc import Callable

from nicegui.testing import User

from models.credits import CreditStatus
from services import review
from tests import make
from tests.pages import records
from tests.pages.hands import SOON, answer, field, give_reason, press, until

SignIn = Callable[[str], None]


async def test_the_whole_record_stands_on_one_page(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open(f"/people/{records.person('Maria Delgado')}")
    for text in (
        "Maria Delgado",
        "maria.delgado@example.org",
        "Darby Community Public Library",
        "Library Staff",
        "Chair Yoga for the Reference Desk",
        "Credit totals by category",
        "<h2>History</h2>",
        "Enter a credit",
        "Export CE Credits to Excel",
    ):
        await visitor.should_see(text)


async def test_a_decided_entry_is_reopened_with_a_reason(visitor: User, sign_in: SignIn) -> None:
    claim_id = records.claim_of("participant", CreditStatus.DECLINED)
    sign_in("coordinator")
    await visitor.open(f"/people/{records.person('Maria Delgado')}")
    with visitor:
        field(visitor, "decided").value = str(claim_id)
    press(visitor, "Reopen")
    await visitor.should_see("Reopen this entry?")
    give_reason(visitor, "A mistake.")
    answer(visitor, "Reopen")
    await until(lambda: make.status_of(claim_id) == "PENDING")


async def test_the_record_is_live(visitor: User, sign_in: SignIn) -> None:
    claim_id = make.own_entry(records.actor("administrator"))
    sign_in("coordinator")
    await visitor.open(f"/people/{records.person('Ken Sorensen')}")
    await visitor.should_see("chip--pending")
    review.approve(make.coordinator(), [claim_id])
    await visitor.should_not_see("chip--pending", retries=SOON)
    await visitor.should_see("Cem Coole")


async def test_her_own_record_has_nothing_to_enter_or_reopen(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open(f"/people/{records.person('Joanna Birdsong')}")
    await visitor.should_see("Joanna Birdsong")
    await visitor.should_not_see("Enter a credit")
    await visitor.should_not_see("Reopen")
