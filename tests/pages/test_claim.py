"""A past event with its details, and SAVE."""

from collections.abc import Callable

from nicegui.testing import User

from services import claims
from tests import make
from tests.pages import records
from tests.pages.hands import SOON, press

SignIn = Callable[[str], None]


async def test_save_puts_the_credit_into_the_list_as_pending(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    event_id = make.event("Weeding without Tears", credits={"collections": "1", "technology": "0.5"})
    await visitor.open(f"/ce/claim/{event_id}")
    for text in ("Weeding without Tears", "State Library", "Pat Presenter", "1.5 credits"):
        await visitor.should_see(text)
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Weeding without Tears” stands in your list as PENDING.", retries=SOON)
    saved = claims.claim_event(records.actor("participant"), event_id)
    assert not saved.is_new
    assert visitor.back_history[-1] == f"/ce/credits?saved={saved.claim_id}"
    assert make.status_of(saved.claim_id) == "PENDING"


async def test_save_in_a_second_tab_leads_to_the_same_credit(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    event_id = make.event("Weeding without Tears")
    await visitor.open(f"/ce/claim/{event_id}")
    first = claims.claim_event(records.actor("participant"), event_id)
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Weeding without Tears”", retries=SOON)
    assert visitor.back_history[-1] == f"/ce/credits?saved={first.claim_id}"


async def test_what_is_in_the_list_already_has_a_link_and_no_button(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    event_id = make.event()
    claimed = claims.claim_event(records.actor("participant"), event_id)
    await visitor.open(f"/ce/claim/{event_id}")
    await visitor.should_see(f'href="/ce/credits/{claimed.claim_id}">See that credit</a>')
    await visitor.should_not_see("SAVE")


async def test_a_coming_event_says_when_it_ends(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open(f"/ce/claim/{records.sponsored(ended=False)}")
    await visitor.should_see("Credits cannot be claimed in advance.")
    await visitor.should_not_see("SAVE")
