"""Reminders of due days: at the program's days, each once, however often the job runs or is killed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, sampled_from
from sqlmodel import select

from models.letters import Letter
from models.participations import Participation
from models.people import PositionKind
from models.reminders import Reminder, days_to_tell
from models.times import years_after
from services import clock, db, participations, programs, reliefs, reminder_worker, reminders
from services.access import Actor
from tests import certified, make, supervised

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 11, 23)
DAYS = [365, 180, 90, 30, 7]


def due_in(person: Actor, days: int, key: str = "staff") -> int:
    """A track that comes due in so many days."""
    part = participations.add(person, make.track(key))
    with db.writing() as session:
        one = session.get_one(Participation, part)
        one.begins_on, one.due_on = TODAY - timedelta(days=900), TODAY + timedelta(days=days)
    return part


def remind() -> list[tuple[str, int]]:
    return [(one.person, one.days) for one in reminders.remind(pause=lambda _: None)]


def told() -> list[Letter]:
    with db.reading() as session:
        return [one for one in session.exec(select(Letter).order_by(Letter.id)) if one.kind.startswith("due reminder")]  # type: ignore[arg-type]


def test_the_nearest_of_the_program_s_days_is_told_once() -> None:
    ann = make.person()
    due_in(ann, 90)
    assert [remind(), remind()] == [[("Ann Ames", 90)], []]
    (letter,) = told()
    assert letter.subject == "Library Staff: due in 90 days"
    assert "on Sun, Feb 21, 2027" in letter.body
    assert "You have 0 of 60 credits." in letter.body
    make.later(hours=24 * 60)
    assert remind() == [("Ann Ames", 30)]


def test_what_was_missed_is_not_told_late() -> None:
    """The job was away for half a year: one letter, not three."""
    due_in(make.person(), 20)
    assert remind() == [("Ann Ames", 30)]


def test_who_has_time_and_who_is_overdue_is_left_alone() -> None:
    due_in(make.person("Fay Far"), 366)
    due_in(make.person("Olga Over"), -1)
    due_in(make.person("Tess Today"), 0)
    assert remind() == [("Tess Today", 7)]
    assert "due today" in told()[0].subject


def test_a_submitted_record_and_a_closed_account_are_left_alone() -> None:
    ann, cem = make.person(), make.coordinator()
    part = certified.submitted(ann, by=cem)
    with db.writing() as session:
        session.get_one(Participation, part).due_on = TODAY + timedelta(days=30)
    assert remind() == []


def test_of_a_director_the_board_chair_is_told_too() -> None:
    ruth, chair = make.person("Ruth Ellingson"), make.person("Carl Chair")
    place = supervised.works_at(ruth, PositionKind.DIRECTOR)
    supervised.works_at(chair, PositionKind.BOARD_CHAIR, place)
    due_in(ruth, 30, "administrator")
    assert remind() == [("Ruth Ellingson", 30)]
    hers, his = told()
    assert (hers.address, his.address) == ("ruth.ellingson@example.org", "carl.chair@example.org")
    assert his.subject == "Ruth Ellingson: certification due in 30 days"
    assert "Hello Carl Chair," in his.body


def test_a_dry_run_says_who_and_writes_nothing() -> None:
    due_in(make.person(), 7)
    (one,) = reminders.remind(dry_run=True)
    assert (one.person, one.track, one.days) == ("Ann Ames", "Library Staff", 7)
    assert (told(), certified.rows(Reminder)) == ([], [])


def test_an_extension_is_told_by_letter_and_reminded_of_anew() -> None:
    ann, cem = make.person(), make.coordinator()
    part = due_in(ann, 30)
    assert remind() == [("Ann Ames", 30)]
    reliefs.extend(cem, part, {"due_on": (TODAY + timedelta(days=90)).isoformat(), "reason": "Parental leave."})
    assert remind() == [("Ann Ames", 90)]


def test_killed_between_two_batches_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "BATCH", 3)
    for number in range(8):
        due_in(make.person(f"Ann {number}"), 90)

    class Killed(Exception):
        pass

    def kill(_: float) -> None:
        raise Killed

    with pytest.raises(Killed):
        reminders.remind(pause=kill)
    assert len(told()) == 3
    assert len(remind()) == 5
    assert sorted(letter.person_id for letter in told()) == sorted(
        one.person_id for one in certified.rows(Participation)
    )


@pytest.mark.sqlite
def test_the_job_reminds_in_a_process_of_its_own() -> None:
    due_in(make.person(), 90)
    assert [reminder_worker.run(), reminder_worker.run()] == [1, 0]
    assert len(told()) == 1


@given(due=dates(date(2000, 2, 29), date(2040, 12, 31)), start=integers(0, 700), gap=sampled_from([1, 2, 7, 40]))
def test_whatever_the_days_of_the_job_each_is_told_once_and_none_after_the_due_day(
    due: date, start: int, gap: int
) -> None:
    heard: list[int] = []
    for left in range(start, -30, -gap):
        days = days_to_tell(due, due - timedelta(days=left), DAYS, set(heard))
        if days is not None:
            assert left >= 0
            assert days == min(one for one in DAYS if one >= left)
            heard.append(days)
    assert len(heard) == len(set(heard))
    assert heard == sorted(heard, reverse=True)
    if gap == 1 and start >= max(DAYS):
        assert heard == DAYS


@given(dates(date(1996, 1, 1), date(2056, 12, 31)))
def test_four_years_after_any_day_is_the_same_day_or_the_last_of_february(day: date) -> None:
    four = years_after(day, 4)
    assert four.year == day.year + 4
    assert (four.month, four.day) == (day.month, day.day) or (day.month, day.day, four.day) == (2, 29, 28)
    assert programs.current().today() == clock.now().date()
