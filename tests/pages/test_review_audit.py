"""One sample: who was asked, who is reminded, and the draw repeated."""

from collections.abc import Callable

from nicegui.testing import User

from services import evidence
from tests.handed_in import diploma
from tests.pages import records
from tests.pages.hands import SOON, press, until

SignIn = Callable[[str], None]


async def test_what_comes_shows_by_itself_and_the_rest_is_reminded(
    visitor: User, sign_in: SignIn, said: list[str]
) -> None:
    who, number = records.actor("participant"), records.evidence_of("participant")
    sign_in("coordinator")
    await visitor.open(f"/review/audits/{records.sample_of('participant')}")
    await visitor.should_see("1 still missing", retries=SOON)
    press(visitor, "Remind those who have not answered")
    await until(lambda: said == ["Reminded 1 person."])
    evidence.hand_in(who, number, {"file": diploma(who, "proof")})
    await visitor.should_see("1 to be decided, 0 decided, 0 still missing", retries=SOON)
    press(visitor, "Draw again to check")
    await visitor.should_see("The credits have changed since", retries=SOON)
