"""One entry of one's own list: change, correct and resubmit, withdraw."""

from collections.abc import Callable

from nicegui.testing import User

from models.credits import CreditStatus
from models.events import EventKind
from services import attendance, credits, review
from tests import make, registered
from tests.pages import records
from tests.pages.hands import SOON, answer, field, fill, press, until

SignIn = Callable[[str], None]


async def test_a_pending_event_of_ones_own_is_changed(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    claim_id = make.own_entry(ken)
    sign_in("administrator")
    await visitor.open(f"/ce/credits/{claim_id}")
    await visitor.should_see("Change it")
    assert field(visitor, "title").value == "Story Hours in Small Places"
    fill(visitor, title="Story Hours in Large Places", credits="1.5")
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Story Hours in Large Places”", retries=SOON)
    assert records.title_of(claim_id) == "Story Hours in Large Places"
    assert str(make.credits_of(claim_id)[0].credits) == "1.5"


async def test_a_declined_event_shows_its_reason_and_goes_back_into_the_queue_corrected(
    visitor: User, sign_in: SignIn
) -> None:
    claim_id = records.claim_of("participant", CreditStatus.DECLINED, EventKind.INDEPENDENT)
    sign_in("participant")
    await visitor.open(f"/ce/credits/{claim_id}")
    await visitor.should_see("Yoga is good for us all, but it is not about library work.")
    fill(visitor, title="Ergonomics for the Reference Desk")
    press(visitor, "Correct and resubmit")
    await visitor.should_see("stands in your list as PENDING", retries=SOON)
    assert make.status_of(claim_id) == "PENDING"


async def test_a_declined_claim_of_a_calendar_event_is_resubmitted_with_a_note(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    claim_id = make.claim(ken)
    review.decline(records.actor("coordinator"), [claim_id], "You were not on the list.")
    sign_in("administrator")
    await visitor.open(f"/ce/credits/{claim_id}")
    await visitor.should_see("You were not on the list.")
    press(visitor, "Correct and resubmit")
    await until(lambda: field(visitor, "note").props["error-message"])
    fill(visitor, note="I sat in the second row.")
    press(visitor, "Correct and resubmit")
    await visitor.should_see("stands in your list as PENDING", retries=SOON)
    assert make.status_of(claim_id) == "PENDING"


async def test_a_pending_credit_is_withdrawn_after_a_question(visitor: User, sign_in: SignIn) -> None:
    claim_id = make.claim(records.actor("administrator"))
    sign_in("administrator")
    await visitor.open(f"/ce/credits/{claim_id}")
    press(visitor, "Withdraw")
    await visitor.should_see("Withdraw this credit?")
    press(visitor, "Cancel")
    await visitor.should_not_see("Withdraw this credit?", retries=SOON)
    assert make.status_of(claim_id) == "PENDING"
    press(visitor, "Withdraw")
    await visitor.should_see("Withdraw this credit?")
    answer(visitor, "Withdraw")
    await until(lambda: make.status_of(claim_id) == "WITHDRAWN")


async def test_an_approved_credit_can_only_be_read(visitor: User, sign_in: SignIn) -> None:
    claim_id = records.claim_of("participant", CreditStatus.APPROVED)
    sign_in("participant")
    await visitor.open(f"/ce/credits/{claim_id}")
    await visitor.should_see("chip--approved")
    await visitor.should_see("Trainer/Presenter")
    await visitor.should_not_see("SAVE")
    await visitor.should_not_see("Withdraw")


async def test_what_was_decided_while_the_form_was_open_is_told_and_not_overwritten(
    visitor: User, sign_in: SignIn, said: list[str]
) -> None:
    claim_id = make.own_entry(records.actor("administrator"))
    sign_in("administrator")
    await visitor.open(f"/ce/credits/{claim_id}")
    review.approve(records.actor("coordinator"), [claim_id])
    fill(visitor, title="Another Title")
    press(visitor, "SAVE")
    await until(lambda: said)
    assert said == ["This credit is approved: it can no longer be changed."]
    assert records.title_of(claim_id) == "Story Hours in Small Places"


async def test_a_credit_by_attendance_says_so(visitor: User, sign_in: Callable[[str], None]) -> None:
    cem, ann = records.actor("coordinator"), records.actor("participant")
    number = registered.event(cem, "Mending")
    row = registered.register(ann, number)
    registered.over(number)
    attendance.mark(cem, row, attendance.Mark("present"))
    attendance.close(cem, number)
    (found,) = [one for one in credits.listing(ann).listed if one.row.title == "Mending"]
    sign_in("participant")
    await visitor.open(f"/ce/credits/{found.row.claim_id}")
    await visitor.should_see("By attendance, ", retries=SOON)
