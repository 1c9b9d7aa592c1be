"""The Continuing Education Control Panel."""

from collections.abc import Callable

from nicegui.testing import User

from services import claims, participations, review
from tests import make
from tests.pages import records
from tests.pages.hands import SOON, is_enabled, press
from ui.event_select import EventSelect
from ui.fields import CheckField, ChoiceField

SignIn = Callable[[str], None]


def select(visitor: User) -> EventSelect:
    (found,) = visitor.find(EventSelect).elements
    return found


async def test_the_newest_event_not_yet_claimed_is_chosen_and_go_leads_to_it(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    newest = claims.search_claimable(records.actor("participant"), "")[0]
    await visitor.open("/ce")
    await visitor.should_see("Continuing Education Control Panel")
    assert select(visitor).value == str(newest.event_id)
    press(visitor, "Go!")
    await visitor.should_see("SAVE", retries=SOON)
    assert visitor.back_history[-1] == f"/ce/claim/{newest.event_id}"


async def test_everything_is_where_aspen_has_it(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open("/ce")
    for text in (
        "<h2>Change CE Track Status</h2>",
        "<h2>Add Independent Learning Event</h2>",
        'href="/ce/events/new">Create New Independent Learning Event</a>',
        'href="/ce/credits">Edit CE Credits</a>',
        'href="/ce/credits.xlsx">Export CE Credits to Excel</a>',
        'href="/user">ASPeN User page</a>',
        "Welcome, Ruth",
        "<h2>Resources</h2>",
        'href="/help/adding-credits"',
        "<h2>Current certification</h2>",
        "<h2>Past certifications</h2>",
        "Next step",
    ):
        await visitor.should_see(text)
    assert not is_enabled(visitor, "Submit")
    await visitor.should_see("Submit waits: Any category:")


async def test_with_nothing_to_claim_go_cannot_be_pressed_and_a_sentence_says_why(
    visitor: User, sign_in: SignIn
) -> None:
    sign_in("participant")
    make.later(days=3650)
    sign_in("participant")
    await visitor.open("/ce")
    assert not is_enabled(visitor, "Go!")
    await visitor.should_see("There is nothing to claim")


async def test_a_track_is_taken_up_and_then_updated(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce")
    assert (is_enabled(visitor, "Add"), is_enabled(visitor, "Update")) == (True, False)
    (track,) = visitor.find(kind=ChoiceField, marker="track-choice").elements
    with visitor:
        track.value = records.track_named("Library Staff")
    press(visitor, "Add")
    await visitor.should_see("Your Library Staff track", retries=SOON)
    assert (is_enabled(visitor, "Add"), is_enabled(visitor, "Update")) == (False, True)
    press(visitor, "Update")
    await visitor.should_see("Credit by credit", retries=SOON)
    assert visitor.back_history[-1] == f"/ce/tracks/{records.participation_of('administrator')}"


async def test_a_decision_shows_without_a_reload_and_what_was_chosen_stays(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    claim_id = make.claim(ken, "Weeding without Tears")
    sign_in("administrator")
    await visitor.open("/ce")
    await visitor.should_see("chip--pending")
    chosen = claims.search_claimable(ken, "")[2].event_id
    visitor.find(EventSelect).trigger("choose", str(chosen))
    review.approve(records.actor("coordinator"), [claim_id])
    await visitor.should_see("chip--approved", retries=SOON)
    await visitor.should_not_see("chip--pending")
    assert select(visitor).value == str(chosen)


async def test_the_record_that_came_back_shows_the_note(visitor: User, sign_in: SignIn) -> None:
    sign_in("board_chair")
    await visitor.open("/ce")
    await visitor.should_see("Returned to you: Half a credit of Library Administration is missing")


async def test_the_searchable_list_answers_with_what_can_be_claimed(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    make.event("Weeding without Tears", sponsor="Prairie Libraries")
    found = (await visitor.http_client.get("/ce/past-events", params={"q": "weeding tears"})).json()
    assert [(one["title"], one["detail"]) for one in found] == [
        ("Weeding without Tears", "Mon, Nov 23, 2026 · 1 credit · Prairie Libraries")
    ]
    assert len((await visitor.http_client.get("/ce/past-events")).json()) == 50


async def test_a_track_given_up_leaves_the_panel(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open("/ce")
    await visitor.should_see("Your Library Staff track")
    participations.withdraw(records.actor("participant"), records.participation_of("participant"))
    await visitor.should_not_see("Your Library Staff track", retries=SOON)


async def test_a_track_says_at_what_pace_or_that_it_is_overdue(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open("/ce")
    await visitor.should_see("24 credits to go until Tue, Nov 23, 2027: about 2.5 a month.")
    make.later(hours=24 * 366)
    sign_in("director")
    await visitor.open("/ce")
    await visitor.should_see("Overdue since Tue, Nov 23, 2027.")


async def test_plan_ahead_is_drawn_when_it_is_opened_and_shows_what_ticks_bring(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open("/ce")
    await visitor.should_not_see("Nothing is ticked yet")
    press(visitor, "Choose coming events")
    await visitor.should_see("Nothing is ticked yet", retries=SOON)
    with visitor:
        boxes = [*visitor.find(kind=CheckField).elements]
        boxes[0].value = True
    await visitor.should_see("With this event", retries=SOON)
    await visitor.open("/ce")
    press(visitor, "Choose coming events")
    await visitor.should_see("With this event", retries=SOON)


async def test_without_a_track_there_is_nothing_to_plan(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce")
    await visitor.should_not_see("Plan ahead")
