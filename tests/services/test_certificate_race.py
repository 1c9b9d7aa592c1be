"""The last step, pressed by many at once: one certificate for a record, and numbers without gap or double."""

from functools import partial
from pathlib import Path

import pytest

from models.certificates import BoundCredit, Certificate
from services import certificate_changes, participations, verifications
from tests import certified, make
from tests.services.test_review_races import race


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_of_32_verifications_of_one_record_at_once_exactly_one_issues() -> None:
    ann, coordinators = make.person(), [make.coordinator(f"Cem{number} Coole") for number in range(4)]
    part = certified.reviewed(ann, by=coordinators[0])
    told = certified.told(part)

    answers = race(*(partial(verifications.record, coordinators[number % 4], part, told) for number in range(32)))

    assert answers.count("done") == 1
    assert {answer for answer in answers if answer != "done"} == {
        "Only a submitted record can be verified; this one is issued."
    }
    (row,) = certified.rows(Certificate)
    winner = coordinators[answers.index("done") % 4]
    assert (row.number, row.issued_by_id) == ("MT-2026-000001", winner.person_id)
    assert {one.participation_id for one in certified.rows(BoundCredit)} == {part}
    assert len(certified.open_ones(ann)) == 1
    assert [letter.kind for letter in certified.letters_to(ann)] == ["certificate issued"]
    assert len(certified.deeds(ann, "certificate")) == 1


@pytest.mark.parametrize("records", [2, 8])
def test_several_records_issued_by_32_at_once_have_numbers_without_gap_or_double(records: int) -> None:
    """A refused deed takes no number with it."""
    cem = make.coordinator()
    parts = [certified.reviewed(make.person(f"Ann Ames{number}"), by=cem) for number in range(records)]
    every = [certified.told(part) for part in parts]

    answers = race(
        *(partial(verifications.record, cem, parts[turn % records], every[turn % records]) for turn in range(32))
    )

    assert answers.count("done") == records
    rows = certified.rows(Certificate)
    assert [row.number for row in rows] == [f"MT-2026-{place:06d}" for place in range(1, records + 1)]
    assert {row.participation_id for row in rows} == set(parts)
    assert len({row.code for row in rows}) == records


def test_of_a_verification_and_a_withdrawal_at_once_exactly_one_wins() -> None:
    cem = make.coordinator()
    for number in range(6):
        ann = make.person(f"Ann Ames{number}")
        part = certified.reviewed(ann, by=cem)
        told = certified.told(part)
        answers = race(partial(verifications.record, cem, part, told), partial(participations.withdraw, ann, part))
        assert answers.count("done") == 1
        assert certified.participation(part).status == ("ISSUED" if answers[0] == "done" else "WITHDRAWN")


def test_two_corrections_at_once_replace_it_once() -> None:
    cem = make.coordinator()
    number = certified.issued(make.person(), by=cem)
    corrected = {"name": "Anne Ames", "reason": "It was misspelt."}
    answers = race(*(partial(certificate_changes.supersede, cem, number, corrected) for _ in range(8)))
    assert answers.count("done") == 1
    assert [row.number for row in certified.rows(Certificate)] == [number, "MT-2026-000002"]
