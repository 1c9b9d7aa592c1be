"""One participation: progress, credit by credit, Update."""

from collections.abc import Callable

from nicegui.testing import User

from services import db, participations
from tests.pages import records
from tests.pages.hands import SOON, answer, field, fill, is_enabled, press, until

SignIn = Callable[[str], None]


async def test_progress_is_shown_in_one_look_as_a_table_and_credit_by_credit(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open(f"/ce/tracks/{records.participation_of('participant')}")
    for text in ("Library Staff track", "progress-figure", "credits by requirement", "Credit by credit", "toward"):
        await visitor.should_see(text)


async def test_update_changes_what_may_change(visitor: User, sign_in: SignIn) -> None:
    number = records.participation_of("participant")
    sign_in("participant")
    await visitor.open(f"/ce/tracks/{number}")
    fill(visitor, position="Head of circulation", verifier_name="Ellen Marsh", verifier_email="ellen@example.org")
    press(visitor, "Update")
    await until(lambda: _stored(number).position == "Head of circulation")
    assert _stored(number).verifier_email == "ellen@example.org"


async def test_an_address_that_is_none_is_told_at_its_field(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open(f"/ce/tracks/{records.participation_of('participant')}")
    fill(visitor, verifier_email="ellen at home")
    press(visitor, "Update")
    await until(lambda: field(visitor, "verifier_email").props["error-message"])
    assert field(visitor, "verifier_email").value == "ellen at home"


async def test_withdraw_asks_first_and_leads_back(visitor: User, sign_in: SignIn) -> None:
    number = records.participation_of("board_chair")
    sign_in("board_chair")
    await visitor.open(f"/ce/tracks/{number}")
    await visitor.should_see("Returned to you:")
    press(visitor, "Withdraw")
    await visitor.should_see("Withdraw from this track?")
    answer(visitor, "Withdraw")
    await visitor.should_see("<h1>Continuing Education Control Panel</h1>", retries=SOON)
    assert _stored(number).status == "WITHDRAWN"


async def test_a_coordinator_reads_it_and_changes_nothing(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open(f"/ce/tracks/{records.participation_of('participant')}")
    await visitor.should_see("Maria Delgado")
    await visitor.should_not_see("The version of the rules stays as it is.")


def _stored(number: int) -> participations.Participation:
    with db.reading() as session:
        return session.get_one(participations.Participation, number)


async def test_submit_asks_first_and_freezes_the_record(visitor: User, sign_in: SignIn) -> None:
    number = records.participation_of("participant")
    sign_in("participant")
    await visitor.open(f"/ce/tracks/{number}")
    await visitor.should_see("Library Administration: 5 credits.")
    press(visitor, "Submit")
    await visitor.should_see("Submit your record for Library Staff?")
    answer(visitor, "Submit")
    await until(lambda: _stored(number).status == "SUBMITTED")
    await visitor.should_see("The coordinator’s review", retries=SOON)


async def test_what_is_missing_is_said_and_submit_waits(visitor: User, sign_in: SignIn) -> None:
    sign_in("board_chair")
    await visitor.open(f"/ce/tracks/{records.participation_of('board_chair')}")
    await visitor.should_see("Library Administration: 0.5 credits missing of 10.")
    assert not is_enabled(visitor, "Submit")


async def test_a_track_that_was_given_up_names_no_next_step(visitor: User, sign_in: SignIn) -> None:
    number = records.participation_of("participant")
    participations.withdraw(records.actor("participant"), number)
    sign_in("participant")
    await visitor.open(f"/ce/tracks/{number}")
    await visitor.should_see("Withdrawn")
    await visitor.should_not_see("The supervisor’s verification")
