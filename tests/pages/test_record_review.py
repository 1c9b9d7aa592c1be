"""A submitted record, reviewed and verified."""

from collections.abc import Callable

from nicegui.testing import User
from sqlmodel import col, select

from models.certificates import Certificate
from models.participations import Participation
from services import db, review, submissions
from services.access import Actor
from tests import certified, make
from tests.pages import records
from tests.pages.hands import SOON, answer, field, fill, give_reason, is_enabled, press, until
from ui.fields import Field

SignIn = Callable[[str], None]


async def test_a_record_is_approved_verified_and_issued(visitor: User, sign_in: SignIn) -> None:
    number = records.handed_in()
    sign_in("coordinator")
    await visitor.open(f"/review/records/{number}")
    for text in ("Trustee, Wade Pruitt", "The supervisor’s verification", "No duplicates were found.", "toward"):
        await visitor.should_see(text)

    press(visitor, "Approve record")
    await until(lambda: stored(number).reviewed_at)
    await visitor.should_see("This is the last step: the certificate is issued at once.")

    press(visitor, "Record the verification")
    await until(lambda: field(visitor, "how").props["error-message"] == "Choose how the verification came.")
    assert field(visitor, "verifier_name").value == "Dana Whitcomb"
    fill(visitor, how="phone")
    press(visitor, "Record the verification")

    await until(lambda: stored(number).status == "ISSUED")
    await visitor.should_see(f"/certificates/{certificate_of(number)}")


async def test_a_record_is_returned_with_a_note(visitor: User, sign_in: SignIn) -> None:
    number = records.handed_in()
    sign_in("coordinator")
    await visitor.open(f"/review/records/{number}")
    press(visitor, "Return with a note")
    await visitor.should_see("Return this record to Wade Pruitt?")
    give_reason(visitor, "Please add the town of your library.")
    answer(visitor, "Return")
    await until(lambda: stored(number).status == "IN_PROGRESS")
    assert stored(number).returned_note == "Please add the town of your library."


async def test_pending_credits_are_decided_first(visitor: User, sign_in: SignIn) -> None:
    number = records.participation_of("participant")
    submissions.submit(records.actor("participant"), number)
    sign_in("coordinator")
    await visitor.open(f"/review/records/{number}")
    await visitor.should_see("wait for your decision in the queue. Decide on them first.")
    assert not is_enabled(visitor, "Approve record")

    claims = {records.claim_of("participant"), records.claim_of("participant")}
    for claim_id in claims:
        review.approve(records.actor("coordinator"), [claim_id])
    review.approve(records.actor("coordinator"), [records.claim_of("participant")])
    await until(lambda: is_enabled(visitor, "Approve record"))


async def test_the_queue_shows_a_record_the_moment_it_is_submitted(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    await visitor.should_see("Records 3")
    number = records.participation_of("participant")
    submissions.submit(records.actor("participant"), number)
    await visitor.should_see("Records 4", retries=30)
    await visitor.should_see(f'href="/review/records/{number}"')


def stored(number: int) -> Participation:
    with db.reading() as session:
        return session.get_one(Participation, number)


def certificate_of(number: int) -> str:
    with db.reading() as session:
        return session.exec(select(Certificate.number).where(col(Certificate.participation_id) == number)).one()


async def test_a_credit_that_joins_while_the_page_is_open_can_be_confirmed(visitor: User, sign_in: SignIn) -> None:
    """A credit without a box would silently count as not confirmed."""
    number, cem = records.handed_in(), records.actor("coordinator")
    sign_in("coordinator")
    await visitor.open(f"/review/records/{number}")
    submissions.send_back(cem, number, "Add what you learned in fall.")
    wade = Actor(stored(number).person_id, "Wade", "Wade Pruitt")
    claim_id = make.claim(wade, "Weeding in the Fall")
    review.approve(cem, [claim_id])
    submissions.submit(wade, number)
    submissions.approve(cem, number)
    (credit,) = make.credits_of(claim_id)
    await visitor.should_see(kind=Field, marker=f"credit-{credit.id}", retries=SOON)
    assert field(visitor, f"credit-{credit.id}").value is True


async def test_a_verification_that_confirms_nothing_is_told_at_the_credits(visitor: User, sign_in: SignIn) -> None:
    number = records.handed_in()
    submissions.approve(records.actor("coordinator"), number)
    sign_in("coordinator")
    await visitor.open(f"/review/records/{number}")
    fill(visitor, how="phone", **{f"credit-{one}": False for one in certified.listed(number).values()})
    press(visitor, "Record the verification")
    await visitor.should_see("Check at least one credit.", retries=30)
