"""Deeds at the same moment: exactly one wins, and the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from models.errors import Refusal, WrongState
from services import independent_events, review
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def race(*deeds: Callable[[], object]) -> list[str]:
    """Starts all deeds at one moment; `done`, or the sentence of the refusal, for each."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        gate.wait()
        try:
            deed()
        except Refusal as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_32_decisions_at_once_exactly_one_wins() -> None:
    claim_id = make.claim(make.person(), credits={"administration": "1", "technology": "1"})
    coordinators = [make.coordinator(f"Cem{number} Coole") for number in range(4)]

    def decision(number: int) -> Callable[[], object]:
        who = coordinators[number % 4]
        if number % 2:
            return partial(review.approve, who, [claim_id])
        return partial(review.decline, who, [claim_id], "No.")

    answers = race(*(decision(number) for number in range(32)))

    assert answers.count("done") == 1
    winner = coordinators[answers.index("done") % 4]
    assert all(f"{winner.name} already" in answer for answer in answers if answer != "done")
    rows = make.credits_of(claim_id)
    assert len({(row.status, row.decided_by_id) for row in rows}) == 1
    assert rows[0].decided_by_id == winner.person_id
    assert len(make.deeds_on(claim_id)) == 2
    assert len(make.letters_about(claim_id)) == (rows[0].status == "DECLINED")


def test_of_approval_and_withdrawal_at_once_exactly_one_wins() -> None:
    ann, cem = make.person(), make.coordinator()
    for number in range(20):
        claim_id = make.own_entry(ann, f"Event {number}")
        answers = race(
            partial(review.approve, cem, [claim_id]),
            partial(independent_events.withdraw, ann, claim_id),
        )
        assert answers.count("done") == 1
        assert make.status_of(claim_id) == ("APPROVED" if answers[0] == "done" else "WITHDRAWN")
        assert len(make.deeds_on(claim_id)) == 2


def test_of_undo_and_reopen_at_once_exactly_one_wins() -> None:
    ann, cem, dot = make.person(), make.coordinator(), make.coordinator("Dot Dale")
    claim_id = make.own_entry(ann)
    review.approve(cem, [claim_id])
    answers = race(partial(review.undo, cem, [claim_id]), partial(review.reopen, dot, claim_id, "Looked again."))
    assert answers.count("done") == 1
    assert make.status_of(claim_id) == "PENDING"


def test_an_entry_changed_while_it_is_approved_is_either_changed_or_approved_as_it_was() -> None:
    ann, cem = make.person(), make.coordinator()
    for number in range(10):
        claim_id = make.own_entry(ann, f"Event {number}")
        changed = make.entry(f"Event {number}", credits="8")
        answers = race(
            partial(review.approve, cem, [claim_id]),
            partial(independent_events.change, ann, claim_id, changed, different=True),
        )
        assert answers[0] == "done"
        assert make.credits_of(claim_id)[0].credits == (8 if answers[1] == "done" else 2)
    with pytest.raises(WrongState, match="no longer be changed"):
        independent_events.change(ann, claim_id, changed, different=True)
