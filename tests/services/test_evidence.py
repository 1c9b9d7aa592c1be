"""The random audit: drawn by lot so that anybody can draw it again, asked for by letter, decided once."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.evidence import EvidenceRequest, EvidenceSample
from models.people import Person
from services import (
    control_panel,
    db,
    evidence,
    evidence_decisions,
    evidence_draws,
    evidence_letters,
    evidence_samples,
    review,
)
from services.access import Actor
from tests import certified, make
from tests.handed_in import diploma
from tests.services.test_review_races import race


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def order(**changed: object) -> dict[str, object]:
    """What the coordinator types."""
    return {"since": "2025-11-23", "until": "2026-11-23", "size": "1", "seed": "lot", **changed}


def approved(person: Actor, cem: Actor, title: str = "Open Meetings") -> int:
    """A claim of this person that the coordinator has approved."""
    claim_id = make.claim(person, title, ended=timedelta(days=3))
    review.approve(cem, [claim_id])
    return claim_id


def asked(person: Actor) -> int:
    """The newest request to this person."""
    return evidence.asked(person)[0].request.id or 0


def proof(person: Actor) -> dict[str, object]:
    return {"file": diploma(person, "proof"), "answer": " I use it at our board meetings. "}


def test_the_lot_falls_on_approved_credits_that_people_reported_and_one_letter_goes_to_each(
    ann: Actor, cem: Actor
) -> None:
    for title in ("Budgets", "Story Hours"):
        approved(ann, cem, title)
    make.claim(ann, "Still Pending", ended=timedelta(days=3))
    bob = make.person("Bob Bell")
    approved(bob, cem, "Weeding")
    assert evidence_draws.available(cem, order()) == 3
    sample_id = evidence_draws.draw(cem, order(size="3"))
    (sample,) = certified.rows(EvidenceSample)
    assert (sample.id, sample.population, sample.drawn, sample.seed) == (sample_id, 3, 3, "lot")
    (letter,) = [one for one in certified.letters_to(ann) if one.kind == "evidence asked"]
    assert letter.subject == "Please show what you attended, by Wed, Dec 23, 2026"
    assert "· “Budgets”, Fri, Nov 20, 2026, 1 credit\n· “Story Hours”" in letter.body
    assert "/ce/evidence" in letter.body
    assert [one.kind for one in certified.letters_to(bob)][-1] == "evidence asked"
    assert [row.title for row in evidence_samples.show(cem, sample_id).rows] == ["Budgets", "Story Hours", "Weeding"]


def test_what_was_asked_for_is_not_drawn_again_unless_it_was_refused(ann: Actor, cem: Actor) -> None:
    approved(ann, cem)
    evidence_draws.draw(cem, order())
    with pytest.raises(Problems, match="Only 0 credits can be drawn"):
        evidence_draws.draw(cem, order())
    evidence_decisions.refuse(cem, asked(ann), "Nothing came.")
    assert evidence_draws.available(cem, order()) == 1


def test_a_credit_without_a_claim_of_the_person_is_not_self_reported(ann: Actor, cem: Actor) -> None:
    approved(ann, cem)
    for days in (("2026-11-21", "2026-11-23"), ("2025-11-23", "2026-11-19")):
        assert evidence_draws.available(cem, order(since=days[0], until=days[1])) == 0
    assert evidence_draws.available(cem, order(since="2026-11-20", until="2026-11-20")) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"since": ""}, "since"),
        ({"until": "1850-01-01"}, "until"),
        ({"until": "2024-01-01"}, "until"),
        ({"size": "0"}, "size"),
        ({"size": "201"}, "size"),
        ({"size": "99999999999"}, "size"),
        ({"size": "ten"}, "size"),
        ({"seed": "  "}, "seed"),
        ({"seed": "x" * 41}, "seed"),
    ],
)
def test_what_was_typed_wrong_is_said_at_its_field(cem: Actor, changed: dict[str, object], field: str) -> None:
    with pytest.raises(Problems) as refused:
        evidence_draws.draw(cem, order(**changed))
    assert list(refused.value.by_field) == [field]


def test_drawn_again_it_is_the_same_until_the_credits_change(ann: Actor, cem: Actor) -> None:
    claims = [approved(ann, cem, title) for title in ("Budgets", "Story Hours", "Weeding", "Robots")]
    sample_id = evidence_draws.draw(cem, order(size="2"))
    make.later(minutes=5)
    approved(make.person("Bob Bell"), cem, "Approved afterwards")
    assert evidence_draws.drawn_again(cem, sample_id).startswith("The same: from the same 4 credits")
    evidence_decisions.excuse(cem, asked(ann), "On leave.")
    assert evidence_draws.drawn_again(cem, sample_id).startswith("The same")
    review.reopen(cem, claims[0], "Wrong hours")
    assert evidence_draws.drawn_again(cem, sample_id).startswith("The credits have changed since: 4 could")


@given(
    ids=st.sets(st.integers(min_value=1, max_value=10**6), min_size=1, max_size=60),
    seed=st.text(min_size=1),
    share=st.floats(0, 1),
)
def test_a_draw_is_repeatable_and_does_not_depend_on_the_order(ids: set[int], seed: str, share: float) -> None:
    size = max(1, int(share * len(ids)))
    drawn = evidence_draws.drawn_by(seed, sorted(ids), size)
    assert drawn == evidence_draws.drawn_by(seed, sorted(ids, reverse=True), size)
    assert (len(set(drawn)), set(drawn) <= ids) == (size, True)
    assert set(evidence_draws.drawn_by(seed, ids, size)) <= set(evidence_draws.drawn_by(seed, ids, len(ids)))


def test_the_lot_can_fall_on_every_credit() -> None:
    fell = {evidence_draws.drawn_by(f"seed {number}", range(1, 21), 1)[0] for number in range(400)}
    assert fell == set(range(1, 21))


def test_handed_in_accepted_and_thanked(ann: Actor, cem: Actor) -> None:
    approved(ann, cem)
    evidence_draws.draw(cem, order())
    number = asked(ann)
    assert control_panel.show(ann).next_step.href == "/ce/evidence"
    with pytest.raises(WrongState, match="Nothing was handed in yet"):
        evidence_decisions.accept(cem, number)
    evidence.hand_in(ann, number, proof(ann))
    assert control_panel.show(ann).next_step.href != "/ce/evidence"
    evidence.hand_in(ann, number, proof(ann))  # a better picture
    seen = evidence_decisions.sheet(cem, number).asked
    assert (seen.request.answer, seen.file and seen.file.purpose) == (
        "I use it at our board meetings.",
        "proof",
    )
    evidence_decisions.accept(cem, number)
    (request,) = certified.rows(EvidenceRequest)
    assert (str(request.state), request.decided_by_id) == ("ACCEPTED", cem.person_id)
    assert certified.letters_to(ann)[-1].kind == "evidence accepted"
    with pytest.raises(WrongState, match="decided already"):
        evidence.hand_in(ann, number, proof(ann))


@pytest.mark.parametrize("deed", [evidence_decisions.refuse, evidence_decisions.excuse])
def test_a_refusal_and_an_excuse_need_a_reason_that_the_person_reads(ann: Actor, cem: Actor, deed: object) -> None:
    approved(ann, cem)
    evidence_draws.draw(cem, order())
    with pytest.raises(Problems, match="Say why"):
        deed(cem, asked(ann), " ")  # type: ignore[operator]
    deed(cem, asked(ann), "The file shows another event.")  # type: ignore[operator]
    assert "The file shows another event." in certified.letters_to(ann)[-1].body
    assert make.credits_of(1)[0].status == "APPROVED"


def test_only_ones_own_file_for_this_purpose_is_evidence(ann: Actor, cem: Actor) -> None:
    approved(ann, cem)
    evidence_draws.draw(cem, order())
    bob = make.person("Bob Bell")
    for file in ("", "99999999999", diploma(ann), diploma(bob, "proof")):
        with pytest.raises(Problems, match="Choose the file"):
            evidence.hand_in(ann, asked(ann), {"file": file})
    with pytest.raises(NotFound):
        evidence.hand_in(bob, asked(ann), proof(bob))


def test_nobody_decides_on_their_own_evidence(cem: Actor) -> None:
    dora = make.coordinator("Dora Dahl")
    approved(cem, dora)
    evidence_draws.draw(cem, order())
    evidence.hand_in(cem, asked(cem), proof(cem))
    with pytest.raises(NotAllowed, match="A colleague decides"):
        evidence_decisions.accept(cem, asked(cem))


def test_a_reminder_goes_to_who_has_not_answered_and_once_a_day(ann: Actor, cem: Actor) -> None:
    bob = make.person("Bob Bell")
    for person in (ann, bob):
        approved(person, cem)
    sample_id = evidence_draws.draw(cem, order(size="2"))
    evidence.hand_in(bob, asked(bob), proof(bob))
    assert evidence_letters.remind(cem, sample_id) == 1
    with pytest.raises(WrongState, match="Nobody is left to be reminded today"):
        evidence_letters.remind(cem, sample_id)
    make.later(days=1)
    assert evidence_letters.remind(cem, sample_id) == 1
    assert [one.kind for one in certified.letters_to(ann)].count("evidence reminder") == 2
    assert "evidence reminder" not in [one.kind for one in certified.letters_to(bob)]


def test_of_sixteen_who_decide_at_once_one_does(ann: Actor, cem: Actor) -> None:
    approved(ann, cem)
    evidence_draws.draw(cem, order())
    evidence.hand_in(ann, asked(ann), proof(ann))
    number = asked(ann)

    decisions = [partial(evidence_decisions.refuse, cem, number, f"Reason {place}") for place in range(8)]
    outcomes = race(*decisions, *[partial(evidence_decisions.accept, cem, number)] * 8)
    assert outcomes.count("done") == 1
    assert len([one for one in certified.letters_to(ann) if one.kind in {"evidence accepted", "evidence refused"}]) == 1


def test_two_who_draw_at_once_never_draw_the_same_credit(ann: Actor, cem: Actor) -> None:
    for title in ("Budgets", "Story Hours", "Weeding", "Robots"):
        approved(ann, cem, title)
    race(*[partial(evidence_draws.draw, cem, order(size="1", seed=f"lot {place}")) for place in range(8)])
    drawn = [one.credit_id for one in certified.rows(EvidenceRequest)]
    assert len(drawn) == len(set(drawn)) == 4


def test_somebody_without_an_address_is_asked_all_the_same_and_the_coordinator_is_told(ann: Actor, cem: Actor) -> None:
    approved(ann, cem)
    with db.writing() as session:
        session.get_one(Person, ann.person_id).email = None
    sample_id = evidence_draws.draw(cem, order())
    assert certified.letters_to(ann) == []
    assert [row.has_address for row in evidence_samples.show(cem, sample_id).rows] == [False]
    assert evidence.asked(ann)[0].title == "Open Meetings"
