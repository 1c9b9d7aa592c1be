"""Claiming a past sponsored event."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.audit import AuditLine
from models.credits import Credit
from models.errors import NotFound, WrongState
from services import claims, db, independent_events, review
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def offered(actor: make.Actor, text: str = "") -> list[str]:
    return [one.title for one in claims.search_claimable(actor, text)]


def test_a_claim_takes_all_credit_lines_as_one_pending_entry() -> None:
    ann = make.person()
    event_id = make.event(credits={"administration": "1.5", "technology": "0.5"})

    claimed = claims.claim_event(ann, event_id)

    assert claimed.is_new
    rows = make.credits_of(claimed.claim_id)
    assert sorted(str(row.credits) for row in rows) == ["0.5", "1.5"]
    assert {row.status for row in rows} == {"PENDING"}


def test_pressing_save_again_answers_with_the_same_claim() -> None:
    ann, event_id = make.person(), make.event()
    first, second = claims.claim_event(ann, event_id), claims.claim_event(ann, event_id)
    assert (second.claim_id, second.is_new) == (first.claim_id, False)


def test_an_event_is_offered_from_the_minute_it_ends() -> None:
    ann = make.person()
    make.event("Ends now", ended=timedelta(0))
    make.event("Ends in a minute", ended=timedelta(minutes=-1))
    assert offered(ann) == ["Ends now"]


def test_an_event_that_has_not_ended_is_refused_with_its_end() -> None:
    ann, event_id = make.person(), make.event(ended=timedelta(minutes=-1))
    with pytest.raises(WrongState, match="Credits cannot be claimed in advance"):
        claims.claim_event(ann, event_id)


def test_the_list_is_newest_first_and_reaches_back_a_year() -> None:
    ann = make.person()
    make.event("Older", ended=timedelta(days=200))
    make.event("Newer", ended=timedelta(days=2))
    too_old = make.event("Too old", ended=timedelta(days=366))
    assert offered(ann) == ["Newer", "Older"]
    with pytest.raises(WrongState, match="more than 365 days ago"):
        claims.claim_event(ann, too_old)


def test_claimed_events_and_events_without_credit_are_not_offered() -> None:
    ann, bob = make.person(), make.person("Bob Burns")
    claims.claim_event(ann, make.event("Claimed"))
    make.event("Without credit", credits={})
    assert offered(ann) == []
    assert offered(bob) == ["Claimed"]


def test_a_withdrawn_claim_can_be_claimed_again() -> None:
    ann, event_id = make.person(), make.event()
    independent_events.withdraw(ann, claims.claim_event(ann, event_id).claim_id)
    assert offered(ann) == ["Open Meetings"]
    assert claims.claim_event(ann, event_id).is_new


def test_a_declined_claim_is_not_offered_again() -> None:
    ann, event_id = make.person(), make.event()
    claim_id = claims.claim_event(ann, event_id).claim_id
    review.decline(make.coordinator(), [claim_id], "Not about libraries.")
    assert offered(ann) == []


def test_the_search_finds_title_sponsor_and_presenter_and_takes_percent_signs_as_they_are() -> None:
    ann = make.person()
    make.event("Weeding without Tears", sponsor="Library Association")
    make.event("100% Open", sponsor="State Library")
    assert offered(ann, "weed association") == ["Weeding without Tears"]
    assert offered(ann, "%") == ["100% Open"]


def test_an_event_of_another_person_or_none_cannot_be_claimed() -> None:
    ann, bob = make.person(), make.person("Bob Burns")
    claim_id = independent_events.save(bob, make.entry())
    with db.reading() as session:
        event_id = session.get_one(claims.Claim, claim_id).event_id
    for missing in (event_id, 999):
        with pytest.raises(NotFound):
            claims.claim_event(ann, missing)


def test_what_save_would_meet_is_told_before() -> None:
    ann = make.person()
    first, alike = make.event("Open Meetings, Open Records"), make.event("Open Meetings & Open Records")
    coming = make.event(ended=timedelta(days=-1))
    claim_id = claims.claim_event(ann, first).claim_id

    assert claims.outlook(ann, first).standing == claim_id
    assert [one.claim_id for one in claims.outlook(ann, alike).alike] == [claim_id]
    assert "in advance" in claims.outlook(ann, coming).why_not
    assert claims.claim_event(ann, alike).is_new


def test_32_presses_at_once_make_one_claim_and_one_audit_line() -> None:
    ann, event_id = make.person(), make.event(credits={"administration": "1", "technology": "1"})
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: claims.claim_event(ann, event_id), range(32)))
    assert sum(answer.is_new for answer in answers) == 1
    assert len({answer.claim_id for answer in answers}) == 1
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(Credit)).one() == 2
        lines = session.exec(select(AuditLine).where(AuditLine.action == "claim:saved")).all()
    assert len(lines) == 1
