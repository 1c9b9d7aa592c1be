"""A sample is drawn: what was typed wrong is said, and nothing is drawn before the question is answered."""

from collections.abc import Callable

from nicegui.testing import User

from models.evidence import EvidenceSample
from tests import certified
from tests.pages import records
from tests.pages.hands import SOON, field, press

SignIn = Callable[[str], None]


async def test_drawn_after_the_question(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/audits")
    await visitor.should_see("No sample was drawn yet.", retries=SOON)
    with visitor:
        field(visitor, "size").value = "none"
        field(visitor, "seed").value = "lot"
    press(visitor, "Draw")
    await visitor.should_see("Enter how many credits to draw, from 1 to 200.", retries=SOON)
    with visitor:
        field(visitor, "size").value = "3"
    press(visitor, "Draw")
    await visitor.should_see("Draw 3 of", retries=SOON)
    assert certified.rows(EvidenceSample) == []
    press(visitor, "Draw and write")
    await visitor.should_see("3 credits asked for: 0 to be decided, 0 decided, 3 still missing", retries=SOON)


async def test_the_samples_are_listed(visitor: User, sign_in: SignIn) -> None:
    number = records.sample_of("participant")
    sign_in("coordinator")
    await visitor.open("/review/audits")
    await visitor.should_see(f'href="/review/audits/{number}"', retries=SOON)
