"""What the random audit asks of a person, on her pages."""

from collections.abc import Callable

from nicegui.testing import User

from services import drafts, evidence, evidence_decisions
from tests.handed_in import diploma
from tests.pages import records
from tests.pages.hands import SOON, field, press

SignIn = Callable[[str], None]


async def test_nothing_is_asked(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce/evidence")
    await visitor.should_see("Nothing is asked of you.", retries=SOON)


async def test_asked_handed_in_and_decided(visitor: User, sign_in: SignIn) -> None:
    who, number = records.actor("participant"), records.evidence_of("participant")
    sign_in("participant")
    await visitor.open("/ce")
    await visitor.should_see("Show what you attended", retries=SOON)
    await visitor.open("/ce/evidence")
    await visitor.should_see(f'href="/ce/evidence/{number}"', retries=SOON)
    await visitor.open(f"/ce/evidence/{number}")
    press(visitor, "Hand in")
    await visitor.should_see("Choose the file: a certificate, a letter, or a picture of it.", retries=SOON)
    drafts.keep(who, evidence.form_of(number), "file", diploma(who, "proof"))
    drafts.keep(who, evidence.form_of(number), "answer", "We use it every week.")
    await visitor.open(f"/ce/evidence/{number}")
    assert field(visitor, "answer").value == "We use it every week."
    press(visitor, "Hand in")
    await visitor.should_see("It waits for the coordinator.", retries=SOON)
    evidence_decisions.refuse(records.actor("coordinator"), number, "The file shows another event.")
    await visitor.should_see("The file shows another event.", retries=SOON)
