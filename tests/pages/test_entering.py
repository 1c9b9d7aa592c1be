"""A coordinator enters a credit for someone, or corrects one, with a reason."""

from collections.abc import Callable

from nicegui.testing import User

from models.events import EventKind
from services import credits
from tests import make
from tests.pages import records
from tests.pages.hands import SOON, field, fill, press, until

SignIn = Callable[[str], None]


async def test_a_credit_entered_for_someone_is_approved_and_shows_the_reason(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    sign_in("coordinator")
    await visitor.open(f"/people/{ken.person_id}/credits/new")
    fill(visitor, **make.entry(), reason="You sent the programme by post.")
    press(visitor, "SAVE")
    await visitor.should_see("Credit totals by category", retries=SOON)
    (only,) = credits.listing(ken).listed
    assert (only.row.status, only.row.entered_reason) == ("APPROVED", "You sent the programme by post.")


async def test_without_a_reason_nothing_is_saved(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    sign_in("coordinator")
    await visitor.open(f"/people/{ken.person_id}/credits/new")
    fill(visitor, **make.entry())
    press(visitor, "SAVE")
    await until(lambda: field(visitor, "reason").props["error-message"])
    assert credits.listing(ken).listed == []


async def test_an_event_of_someones_own_is_corrected_and_its_status_stays(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    claim_id = make.own_entry(ken)
    sign_in("coordinator")
    await visitor.open(f"/people/{ken.person_id}/credits/{claim_id}")
    fill(visitor, title="Story Hours in Large Places", reason="The programme says so.")
    press(visitor, "Correct")
    await visitor.should_see("Credit totals by category", retries=SOON)
    assert records.title_of(claim_id) == "Story Hours in Large Places"
    assert make.status_of(claim_id) == "PENDING"


async def test_a_claim_of_a_calendar_event_can_only_be_read(visitor: User, sign_in: SignIn) -> None:
    claim_id = records.claim_of("participant", kind=EventKind.SPONSORED)
    sign_in("coordinator")
    await visitor.open(f"/people/{records.person('Maria Delgado')}/credits/{claim_id}")
    await visitor.should_see("Trainer/Presenter")
    await visitor.should_not_see("Correct it")


async def test_nobody_enters_a_credit_for_herself(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    joanna = records.actor("coordinator")
    before = len(credits.listing(joanna).listed)
    sign_in("coordinator")
    await visitor.open(f"/people/{joanna.person_id}/credits/new")
    fill(visitor, **make.entry("Something of My Own"), reason="I was there.")
    press(visitor, "SAVE")
    await until(lambda: said)
    assert said == ["This is your own credit. A colleague decides on it."]
    assert len(credits.listing(joanna).listed) == before
