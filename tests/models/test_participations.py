"""A participation: what may change while it is open, and the word it is shown by."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.errors import WrongState
from models.participations import Participation, ParticipationStatus

TODAY = date(2026, 11, 23)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
CLOSED = (ParticipationStatus.ISSUED, ParticipationStatus.WITHDRAWN)


def participation(
    status: ParticipationStatus = ParticipationStatus.IN_PROGRESS, due: date | None = None
) -> Participation:
    """Ann on the staff track since 2024."""
    return Participation(
        person_id=1,
        track_id=2,
        track_version_id=3,
        status=status,
        begins_on=date(2024, 1, 1),
        due_on=due,
        created_at=datetime(2024, 1, 1, 19, 0, tzinfo=UTC),
    )


def change(row: Participation) -> None:
    row.update(
        library_id=5, position="Director", verifier_name="Bea Board", verifier_email="bea@example.org", note="New"
    )


def test_library_position_verifier_and_note_can_change_but_never_the_version() -> None:
    row = participation()
    change(row)
    assert (row.library_id, row.position, row.note) == (5, "Director", "New")
    assert (row.verifier_name, row.verifier_email) == ("Bea Board", "bea@example.org")
    assert (row.track_id, row.track_version_id, row.begins_on) == (2, 3, date(2024, 1, 1))


@pytest.mark.parametrize("status", [ParticipationStatus.IN_PROGRESS, ParticipationStatus.SUBMITTED])
def test_an_open_one_can_be_withdrawn(status: ParticipationStatus) -> None:
    row = participation(status)
    assert row.is_open
    row.withdraw()
    assert row.status == "WITHDRAWN"
    assert not row.is_open


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_one_can_be_neither_changed_nor_withdrawn(status: ParticipationStatus) -> None:
    row = participation(status)
    with pytest.raises(WrongState, match=f"A track that is {status.lower()} cannot be updated"):
        change(row)
    with pytest.raises(WrongState, match=f"A track that is {status.lower()} cannot be withdrawn"):
        row.withdraw()
    assert (row.status, row.library_id) == (status, None)


@pytest.mark.parametrize(
    ("status", "due", "word"),
    [
        (ParticipationStatus.IN_PROGRESS, None, "In progress"),
        (ParticipationStatus.IN_PROGRESS, TOMORROW, "In progress"),
        (ParticipationStatus.IN_PROGRESS, TODAY, "In progress"),
        (ParticipationStatus.IN_PROGRESS, YESTERDAY, "Overdue"),
        (ParticipationStatus.SUBMITTED, YESTERDAY, "Submitted"),
        (ParticipationStatus.ISSUED, None, "Issued"),
        (ParticipationStatus.ISSUED, TODAY, "Issued"),
        (ParticipationStatus.ISSUED, YESTERDAY, "Expired"),
        (ParticipationStatus.WITHDRAWN, YESTERDAY, "Withdrawn"),
    ],
)
def test_the_word_for_a_status_is_computed_from_the_day(
    status: ParticipationStatus, due: date | None, word: str
) -> None:
    row = participation(status, due)
    assert row.shown_status(TODAY) == word
    assert row.status == status
