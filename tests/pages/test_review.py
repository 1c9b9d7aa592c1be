"""The coordinator's live queue."""

from collections.abc import Callable

from nicegui import ui
from nicegui.testing import User

from models.credits import CreditStatus
from services import independent_events, queue, review
from services.queue import QueueFilter
from tests import make
from tests.pages import records
from tests.pages.hands import answer, field, give_reason, press, reason, until
from ui.queue_list import QueueList, QueueRow
from ui.toast import Toast

SignIn = Callable[[str], None]


def shown(visitor: User) -> list[QueueRow]:
    (queue_list,) = visitor.find(QueueList).elements
    return queue_list.rows


def row(visitor: User, claim_id: int) -> QueueRow:
    return next(row for row in shown(visitor) if row["id"] == claim_id)


async def test_approve_sets_the_credit_and_greys_the_row_in_its_place(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    before = [one["id"] for one in shown(visitor)]
    claim_id = records.claim_of("participant")
    visitor.find(QueueList).trigger("approve", claim_id)
    await until(lambda: row(visitor, claim_id)["status"] == "APPROVED")
    assert row(visitor, claim_id)["decided"] == "Approved just now by you"
    assert [one["id"] for one in shown(visitor)] == before
    assert make.status_of(claim_id) == "APPROVED"


async def test_undo_takes_the_decision_back(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    claim_id = records.claim_of("participant")
    visitor.find(QueueList).trigger("approve", claim_id)
    await until(lambda: said)
    assert said == [f"Approved: “{records.title_of(claim_id)}” of Maria Delgado."]
    await until(lambda: row(visitor, claim_id)["status"] == "APPROVED")
    visitor.find(Toast).trigger("undo", 1)
    await until(lambda: row(visitor, claim_id)["status"] == "PENDING")
    assert make.status_of(claim_id) == "PENDING"


async def test_declining_asks_for_the_reason_and_an_empty_one_is_refused(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    claim_id = records.claim_of("participant")
    visitor.find(QueueList).trigger("decline", claim_id)
    await visitor.should_see(f"Decline “{records.title_of(claim_id)}” of Maria Delgado?")
    answer(visitor, "Decline")
    assert reason(visitor).props["error-message"] == "Enter a reason."
    give_reason(visitor, "Not about libraries.")
    answer(visitor, "Decline")
    await until(lambda: make.status_of(claim_id) == "DECLINED")
    assert make.credits_of(claim_id)[0].reason == "Not about libraries."
    await visitor.should_not_see("Reason")


async def test_a_new_entry_comes_on_top_without_a_reload_and_the_counts_follow(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    before = len(shown(visitor))
    records_waiting = 3  # two submitted, and a degree
    await visitor.should_see(f"All {before + records_waiting}")
    claim_id = make.own_entry(records.actor("administrator"), "Beekeeping for Librarians")
    await until(lambda: shown(visitor)[0]["id"] == claim_id)
    assert shown(visitor)[0]["kind"] == "Event"
    await visitor.should_see(f"All {before + records_waiting + 1}")


async def test_a_new_entry_that_belongs_on_another_page_is_counted(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    with visitor:
        field(visitor, "order").value = "oldest"
    waiting = [one.claim_id for one in oldest()]
    await until(lambda: [one["id"] for one in shown(visitor)] == waiting)
    claim_id = make.own_entry(records.actor("administrator"), "Beekeeping for Librarians")
    await visitor.should_see("1 new", retries=30)
    assert claim_id not in [one["id"] for one in shown(visitor)]
    press(visitor, "1 new")
    await until(lambda: claim_id in [one["id"] for one in shown(visitor)])


async def test_what_a_colleague_decided_greys_here_with_who(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    claim_id = records.claim_of("participant")
    colleague = make.coordinator("Cem Coole")
    visitor.find(QueueList).trigger("decline", claim_id)
    await visitor.should_see("Maria Delgado?")
    give_reason(visitor, "Half a sen")
    review.approve(colleague, [claim_id])
    await until(lambda: row(visitor, claim_id).get("decided") == "Approved just now by Cem Coole")
    await visitor.should_see("Approved just now by Cem Coole. What you typed is kept.")
    assert reason(visitor).value == "Half a sen"
    answer(visitor, "Decline")
    await until(lambda: reason(visitor).props["error-message"])
    assert reason(visitor).props["error-message"].startswith("Cem Coole already approved this on ")
    assert make.status_of(claim_id) == "APPROVED"


async def test_many_are_approved_at_once_and_the_refused_ones_are_told(
    visitor: User, sign_in: SignIn, said: list[str]
) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    await visitor.should_not_see("Approve selected")
    chosen = [one["id"] for one in shown(visitor) if not one.get("own")][:3]
    visitor.find(QueueList).trigger("selection", chosen)
    await visitor.should_see("3 selected")
    press(visitor, "Approve selected")
    await until(lambda: all(make.status_of(claim_id) == "APPROVED" for claim_id in chosen))
    await until(lambda: said)
    assert said == ["Approved: 3 entries."]


async def test_her_own_entry_has_no_buttons_and_a_forged_deed_is_refused(
    visitor: User, sign_in: SignIn, said: list[str]
) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    claim_id = records.claim_of("coordinator")
    assert row(visitor, claim_id)["own"]
    visitor.find(QueueList).trigger("approve", claim_id)
    await until(lambda: said)
    assert said == ["This is your own credit. A colleague decides on it."]
    assert make.status_of(claim_id) == "PENDING"


async def test_filters_and_search_narrow_the_list_by_the_query(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    claim_id = make.own_entry(records.actor("administrator"), "Beekeeping for Librarians")
    await visitor.open("/review")
    (events,) = [one for one in visitor.find(ui.button).elements if one.text.startswith("Events ")]
    press(visitor, events.text)
    await until(lambda: {one["kind"] for one in shown(visitor)} == {"Event"})
    with visitor:
        field(visitor, "find").value = "beekeeping sorensen"
    await until(lambda: [one["id"] for one in shown(visitor)] == [claim_id])
    with visitor:
        field(visitor, "find").value = "nobody has entered this"
    await visitor.should_see("Nothing waits here.", retries=30)


async def test_the_decided_ones_can_be_seen_and_reopened_with_a_reason(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review")
    press(visitor, "Decided")
    await until(lambda: shown(visitor) and {one["status"] for one in shown(visitor)} <= {"APPROVED", "DECLINED"})
    claim_id = next(one["id"] for one in shown(visitor) if one.get("can_reopen"))
    visitor.find(QueueList).trigger("reopen", claim_id)
    await visitor.should_see("It becomes PENDING again.")
    give_reason(visitor, "Decided on the wrong entry.")
    answer(visitor, "Reopen")
    await until(lambda: make.status_of(claim_id) == "PENDING")


async def test_a_withdrawn_entry_says_so_in_its_place(visitor: User, sign_in: SignIn) -> None:
    maria, claim_id = records.actor("participant"), records.claim_of("participant")
    sign_in("coordinator")
    await visitor.open("/review")
    independent_events.withdraw(maria, claim_id)
    await until(lambda: row(visitor, claim_id)["status"] == CreditStatus.WITHDRAWN)
    assert row(visitor, claim_id)["decided"] == "Withdrawn by its owner"


def oldest() -> list[queue.Entry]:
    return queue.page(records.actor("coordinator"), QueueFilter(oldest_first=True)).entries
