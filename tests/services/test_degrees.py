"""Degrees: a diploma of the last years stands for the director's track, from the day of graduation."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.certificates import BoundCredit, Certificate
from models.degrees import Degree
from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.participations import Participation
from models.times import day_begins, local_day, years_after
from services import certificate_changes, clock, degree_queue, degrees, participations
from services.access import Actor
from tests import certified, make
from tests.handed_in import degree, diploma
from tests.services.test_review_races import race


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def ann() -> Actor:
    return make.person(library="Larkspur Public Library")


def handed_in(person: Actor, **changed: Any) -> int:
    participations.add(person, make.track("administrator"))
    return degrees.hand_in(person, degree(person, **changed))


def test_the_certificate_bears_the_day_of_graduation_and_the_renewal_begins_on_it(ann: Actor, cem: Actor) -> None:
    make.claim(ann, "Budgets", ended=timedelta(days=30), credits={"administration": "10"})
    number = degree_queue.record(cem, handed_in(ann))
    (certificate,) = certified.rows(Certificate)
    assert (certificate.number, certificate.issued_on, certificate.due_on) == (
        "MT-2026-000001", date(2025, 5, 17), date(2029, 5, 17))  # fmt: skip
    assert number == certificate.number
    assert certificate.snapshot["degree"] == "MLS, Emporia State University"
    assert (certificate.snapshot["credits"], certified.rows(BoundCredit)) == ([], [])
    first, renewal = certified.rows(Participation)
    assert (str(first.status), first.degree) == ("ISSUED", "MLS, Emporia State University")
    assert (renewal.renewal, renewal.begins_on, renewal.due_on) == (True, date(2025, 5, 17), date(2029, 5, 17))
    assert renewal.counts_after == datetime(2025, 5, 18, 6, 0, tzinfo=UTC)
    page = participations.show(ann, renewal.id or 0)
    assert page.evaluation.pending == 10
    assert certified.letters_to(ann)[-1].kind == "certificate issued"


def test_the_twenty_ninth_of_february_ends_on_the_twenty_eighth_or_on_its_like(ann: Actor, cem: Actor) -> None:
    clock.fix(datetime(2027, 2, 1, 19, 0, tzinfo=UTC))
    degree_queue.record(cem, handed_in(ann, graduated_on="2024-02-29"))
    (certificate,) = certified.rows(Certificate)
    assert (certificate.issued_on, certificate.due_on) == (date(2024, 2, 29), date(2028, 2, 29))


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"institution": " "}, "institution", "Enter the college or university."),
        ({"kind": "PhD"}, "kind", "Choose the degree."),
        ({"graduated_on": ""}, "graduated_on", "Enter the date of graduation."),
        ({"graduated_on": "2026-11-24"}, "graduated_on", "This day is still to come."),
        ({"graduated_on": "2022-11-22"}, "graduated_on", "The program takes a degree of the last 4 years"),
        ({"file": ""}, "file", "Choose the file with your diploma."),
        ({"file": "99999999999"}, "file", "Choose the file with your diploma."),
        ({"file": "999999"}, "file", "Choose the file with your diploma."),
    ],
)
def test_what_is_missing_or_too_old_is_said_at_its_field(
    ann: Actor, changed: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Problems) as refused:
        handed_in(ann, **changed)
    assert list(refused.value.by_field) == [field]
    assert refused.value.by_field[field].startswith(words)


def test_the_last_day_of_the_limit_still_counts(ann: Actor) -> None:
    assert handed_in(ann, graduated_on="2022-11-23")


def test_somebody_elses_file_and_a_file_for_something_else_are_no_diploma(ann: Actor) -> None:
    other = make.person("Bob Bell")
    for file in (diploma(other), diploma(ann, "proof")):
        with pytest.raises(Problems, match="Choose the file"):
            degrees.hand_in(ann, degree(ann, file=file))


def test_the_track_comes_first_as_in_aspen(ann: Actor) -> None:
    with pytest.raises(WrongState, match="Take up the track Library Administrator first"):
        degrees.hand_in(ann, degree(ann))


def test_one_waits_at_a_time_and_can_be_taken_back(ann: Actor, cem: Actor) -> None:
    first = handed_in(ann)
    with pytest.raises(WrongState, match="waits already"):
        degrees.hand_in(ann, degree(ann))
    with pytest.raises(NotFound):
        degrees.withdraw(make.person("Bob Bell"), first)
    degrees.withdraw(ann, first)
    assert degree_queue.waiting(cem) == []
    assert degrees.hand_in(ann, degree(ann)) != first


def test_returned_with_a_note_it_can_be_corrected(ann: Actor, cem: Actor) -> None:
    first = handed_in(ann)
    with pytest.raises(Problems, match="Say what is missing"):
        degree_queue.send_back(cem, first, " ")
    degree_queue.send_back(cem, first, "The file shows only the envelope.")
    latest = degrees.show(ann).latest
    assert latest
    assert (str(latest.status), latest.reason) == ("RETURNED", "The file shows only the envelope.")
    assert certified.letters_to(ann)[-1].kind == "degree returned"
    assert degree_queue.record(cem, degrees.hand_in(ann, degree(ann)))


def test_nobody_decides_on_their_own(cem: Actor) -> None:
    mine = handed_in(cem)
    for deed in (lambda: degree_queue.record(cem, mine), lambda: degree_queue.send_back(cem, mine, "No.")):
        with pytest.raises(NotAllowed, match="your own degree"):
            deed()


def test_whoever_gives_the_track_up_takes_the_degree_back(ann: Actor, cem: Actor) -> None:
    handed_in(ann)
    (part,) = certified.rows(Participation)
    participations.withdraw(ann, part.id or 0)
    assert degree_queue.waiting(cem) == []


def test_nobody_loses_time_by_a_degree(ann: Actor, cem: Actor) -> None:
    degree_queue.record(cem, handed_in(ann))
    again = degrees.hand_in(ann, degree(ann, graduated_on="2024-05-18"))
    with pytest.raises(WrongState, match="MT-2026-000001 is valid longer"):
        degree_queue.record(cem, again)


def test_it_cannot_be_moved_to_another_track(ann: Actor, cem: Actor) -> None:
    number = degree_queue.record(cem, handed_in(ann))
    values = {"name": "", "track": make.track("staff"), "reason": "Wrong."}
    with pytest.raises(Problems, match="stands on a degree"):
        certificate_changes.supersede(cem, number, {**values, "name": "Ann Ames"})


def test_of_thirty_two_records_at_once_one_issues(ann: Actor, cem: Actor) -> None:
    degree_id = handed_in(ann)
    answers = race(*[partial(degree_queue.record, cem, degree_id)] * 32)
    assert answers.count("done") == 1
    assert {answer for answer in answers if answer != "done"} == {"This degree was already recorded."}
    assert len(certified.rows(Certificate)) == 1
    assert [str(one.status) for one in certified.rows(Degree)] == ["RECORDED"]


ZONES = ["America/Denver", "America/Chicago", "America/Anchorage", "America/New_York", "Pacific/Honolulu", "UTC"]


@settings(deadline=None, max_examples=500)
@given(day=st.dates(date(2020, 1, 1), date(2050, 12, 31)), years=st.integers(1, 6), zone=st.sampled_from(ZONES))
def test_the_days_of_thirty_years_in_every_zone(day: date, years: int, zone: str) -> None:
    """Due on the same day years later; what ends on the day of graduation is before the renewal, the next day after."""
    due = years_after(day, years)
    assert (due.year, due.month) == (day.year + years, day.month)
    assert due.day == day.day or (day.month, day.day, due.day) == (2, 29, 28)
    after = day_begins(day + timedelta(days=1), zone)
    assert local_day(after, zone) == day + timedelta(days=1)
    assert local_day(after - timedelta(microseconds=1), zone) == day
