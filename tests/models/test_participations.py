"""A participation: what may change while it is open, and the word it is shown by."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.errors import NotAllowed, Problems, WrongState
from models.participations import Participation, ParticipationStatus

TODAY = date(2026, 11, 23)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
ANN, CEM = 1, 2
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
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


def submitted() -> Participation:
    """Ann's, handed in."""
    row = participation()
    row.submit(NOW)
    return row


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


@pytest.mark.parametrize(("reviewed", "verified", "word"), [(1, 0, "Reviewed"), (0, 1, "Verified"), (1, 1, "Verified")])
def test_a_submitted_one_shows_the_steps_that_are_done(reviewed: int, verified: int, word: str) -> None:
    row = submitted()
    if reviewed:
        row.review(CEM, NOW)
    if verified:
        row.verify(CEM, NOW)
    assert (row.status, row.shown_status(TODAY)) == ("SUBMITTED", word)


def test_submitted_reviewed_verified_issued() -> None:
    row = submitted()
    row.review(CEM, NOW)
    row.verify(CEM, NOW + timedelta(hours=1))
    row.issue(TODAY, date(2030, 11, 23))
    assert (row.status, row.issued_on, row.due_on) == ("ISSUED", TODAY, date(2030, 11, 23))
    assert (row.submitted_at, row.reviewed_at, row.verified_at) == (NOW, NOW, NOW + timedelta(hours=1))


@pytest.mark.parametrize("step", ["review", "verify"])
def test_no_certificate_with_one_step_alone(step: str) -> None:
    row = submitted()
    getattr(row, step)(CEM, NOW)
    with pytest.raises(WrongState, match="the coordinator's review and the supervisor's verification"):
        row.issue(TODAY, date(2030, 11, 23))
    assert (row.status, row.issued_on) == ("SUBMITTED", None)


def test_each_step_is_taken_once() -> None:
    row = submitted()
    row.review(CEM, NOW)
    row.verify(CEM, NOW)
    with pytest.raises(WrongState, match="already approved"):
        row.review(CEM, NOW)
    with pytest.raises(WrongState, match="already recorded"):
        row.verify(CEM, NOW)


def test_nobody_takes_a_step_on_her_own_record() -> None:
    row = submitted()
    for deed in (lambda: row.review(ANN, NOW), lambda: row.verify(ANN, NOW), lambda: row.send_back(ANN, NOW, "No.")):
        with pytest.raises(NotAllowed, match="your own record"):
            deed()
    assert (row.status, row.reviewed_at, row.verified_at) == ("SUBMITTED", None, None)


def test_returned_with_a_note_it_is_in_progress_again_and_all_steps_are_to_be_taken_anew() -> None:
    row = submitted()
    row.review(CEM, NOW)
    row.verify(CEM, NOW)
    row.send_back(CEM, NOW, "  Weeding is on it twice. ")
    assert (row.status, row.submitted_at, row.reviewed_at, row.verified_at) == ("IN_PROGRESS", None, None, None)
    assert (row.returned_at, row.returned_note) == (NOW, "Weeding is on it twice.")
    row.submit(NOW + timedelta(days=1))
    assert (row.submission, row.returned_at, row.returned_note) == (2, None, "")


def test_to_return_it_needs_a_note() -> None:
    row = submitted()
    with pytest.raises(Problems) as refused:
        row.send_back(CEM, NOW, " ")
    assert set(refused.value.by_field) == {"note"}
    assert row.status == "SUBMITTED"


@pytest.mark.parametrize("status", [ParticipationStatus.IN_PROGRESS, *CLOSED])
def test_only_a_submitted_one_is_reviewed_verified_returned_or_issued(status: ParticipationStatus) -> None:
    row = participation(status)
    for deed in (
        lambda: row.review(CEM, NOW),
        lambda: row.verify(CEM, NOW),
        lambda: row.send_back(CEM, NOW, "No."),
        lambda: row.issue(TODAY, TOMORROW),
    ):
        with pytest.raises(WrongState, match="Only a submitted record"):
            deed()
    assert row.status == status


@pytest.mark.parametrize("status", [ParticipationStatus.SUBMITTED, *CLOSED])
def test_only_one_in_progress_is_submitted(status: ParticipationStatus) -> None:
    row = participation(status)
    with pytest.raises(WrongState, match="Only a track in progress can be submitted"):
        row.submit(NOW)
    assert (row.status, row.submission) == (status, 0)
