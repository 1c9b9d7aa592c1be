"""One credit with its evidence, before the coordinator."""

from collections.abc import Callable

from nicegui.testing import User

from services import evidence
from tests.handed_in import diploma
from tests.pages import records
from tests.pages.hands import SOON, press

SignIn = Callable[[str], None]


async def test_nothing_came_yet_so_it_cannot_be_accepted(visitor: User, sign_in: SignIn) -> None:
    number = records.evidence_of("participant")
    sign_in("coordinator")
    await visitor.open(f"/review/evidence/{number}")
    await visitor.should_see("Nothing was handed in yet.", retries=SOON)
    press(visitor, "Accept")
    await visitor.should_not_see("Accepted by")


async def test_what_comes_shows_by_itself_and_is_accepted(visitor: User, sign_in: SignIn) -> None:
    who, number = records.actor("participant"), records.evidence_of("participant")
    sign_in("coordinator")
    await visitor.open(f"/review/evidence/{number}")
    evidence.hand_in(who, number, {"file": diploma(who, "proof"), "answer": "We use it every week."})
    await visitor.should_see("We use it every week.", retries=SOON)
    press(visitor, "Accept")
    await visitor.should_see("Accepted by", retries=SOON)
