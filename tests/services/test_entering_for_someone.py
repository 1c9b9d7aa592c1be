"""A coordinator enters or corrects a credit for someone, with a reason that the person reads."""

from pathlib import Path

import pytest

from models.errors import LikelyDuplicate, NotAllowed, NotFound, Problems, WrongState
from services import credits, independent_events, review
from services.access import Actor
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_what_a_coordinator_enters_for_someone_is_approved_and_told_with_its_reason(ann: Actor, cem: Actor) -> None:
    claim_id = independent_events.enter_for(cem, ann.person_id, make.entry(reason="You sent me the list."))

    page = credits.entry(ann, claim_id)
    assert (page.status, page.is_own, page.claim.entered_reason) == ("APPROVED", True, "You sent me the list.")
    assert page.claim.entered_by_id == cem.person_id
    (letter,) = make.letters_about(claim_id)
    assert (letter.person_id, letter.address) == (ann.person_id, "ann.ames@example.org")
    assert "Cem Coole entered or corrected" in letter.body
    assert "You sent me the list." in letter.body
    (line,) = make.deeds_on(claim_id)
    assert (line.action, line.actor_id, line.person_id) == ("claim:entered", cem.person_id, ann.person_id)
    assert line.details["reason"] == "You sent me the list."


def test_a_reason_is_required_and_asked_for_together_with_the_other_mistakes(ann: Actor, cem: Actor) -> None:
    with pytest.raises(Problems) as refused:
        independent_events.enter_for(cem, ann.person_id, make.entry("", reason=" "))
    assert set(refused.value.by_field) == {"title", "reason"}
    with pytest.raises(Problems) as refused:
        independent_events.enter_for(cem, ann.person_id, make.entry())
    assert set(refused.value.by_field) == {"reason"}


def test_a_likely_duplicate_of_that_person_is_shown_to_the_coordinator(ann: Actor, cem: Actor) -> None:
    make.own_entry(ann)
    with pytest.raises(LikelyDuplicate):
        independent_events.enter_for(cem, ann.person_id, make.entry(reason="From your list."))
    assert independent_events.enter_for(cem, ann.person_id, make.entry(reason="From your list."), different=True)


def test_nobody_enters_or_corrects_for_herself(cem: Actor) -> None:
    with pytest.raises(NotAllowed, match="A colleague"):
        independent_events.enter_for(cem, cem.person_id, make.entry(reason="Mine."))
    own = make.own_entry(cem)
    with pytest.raises(NotAllowed, match="A colleague"):
        independent_events.correct_for(cem, own, make.entry(credits="8", reason="Mine."))
    assert [str(row.credits) for row in make.credits_of(own)] == ["2.0"]


def test_only_a_coordinator_enters_or_corrects_for_someone(ann: Actor) -> None:
    claim_id, dia = make.own_entry(ann), make.person("Dia Dunn")
    for somebody in (ann, dia):
        with pytest.raises(NotFound):
            independent_events.enter_for(somebody, ann.person_id, make.entry("Other", reason="So."))
        with pytest.raises(NotFound):
            independent_events.correct_for(somebody, claim_id, make.entry("Other", reason="So."))


def test_nothing_is_entered_for_nobody(cem: Actor) -> None:
    with pytest.raises(NotFound):
        independent_events.enter_for(cem, 999, make.entry(reason="So."))


@pytest.mark.parametrize("status", ["PENDING", "APPROVED", "DECLINED"])
def test_a_correction_keeps_the_status_and_tells_the_person_why(ann: Actor, cem: Actor, status: str) -> None:
    claim_id = make.own_entry(ann)
    if status == "APPROVED":
        review.approve(cem, [claim_id])
    if status == "DECLINED":
        review.decline(cem, [claim_id], "Which category?")

    independent_events.correct_for(cem, claim_id, make.entry(category="technology", reason="It was about software."))

    page = credits.entry(ann, claim_id)
    assert (page.status, page.categories[page.rows[0].category_id]) == (status, "Technology")
    assert page.claim.entered_reason == "It was about software."
    assert "It was about software." in make.letters_about(claim_id)[-1].body
    assert make.deeds_on(claim_id)[-1].action == "claim:corrected"


def test_a_correction_needs_a_reason_and_an_entry_that_still_stands(ann: Actor, cem: Actor) -> None:
    claim_id = make.own_entry(ann)
    with pytest.raises(Problems, match="Say why"):
        independent_events.correct_for(cem, claim_id, make.entry(credits="1"))
    independent_events.withdraw(ann, claim_id)
    with pytest.raises(WrongState, match="withdrawn by its owner"):
        independent_events.correct_for(cem, claim_id, make.entry(credits="1", reason="Late."))


def test_a_sponsored_event_is_not_corrected_here(ann: Actor, cem: Actor) -> None:
    with pytest.raises(WrongState, match="calendar"):
        independent_events.correct_for(cem, make.claim(ann), make.entry(reason="So."))
