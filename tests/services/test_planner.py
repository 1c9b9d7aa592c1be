"""The planner: what closes the gap comes first, ticks are kept, and the record is shown as if attended."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import NotFound, WrongState
from models.evaluation import Evaluation
from models.events import Event
from services import claims, clock, db, participations, planner, programs, review
from services.access import Actor
from tests import make
from tests.services.test_review_races import race

NUMBERS = count()
HALVES = st.sampled_from(["0.5", "1", "1.5", "2", "3"])


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def coming(title: str, days: int = 10, **credits: str) -> int:
    """An event that begins in so many days; returns its id."""
    return make.event(title, ended=-timedelta(days=days), credits=credits or {"technology": "1"})


def missing(found: Evaluation) -> dict[str, Decimal]:
    return {met.requirement.label: met.missing for met in found.requirements}


def test_events_that_close_a_gap_come_first_then_the_next_ones(ann: Actor, cem: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    review.approve(cem, [make.claim(ann, "All of it", ended=timedelta(days=9), credits={"technology": "60"})])
    coming("Robots, soon", 2, technology="2")
    coming("Budgets, later", 90, administration="1")
    coming("Budgets, soon", 5, administration="1")
    coming("Too far away", 200, administration="9")
    make.event("Over", credits={"administration": "1"})
    make.event("Without credit", ended=-timedelta(days=3), credits={})
    plan = planner.outlook(ann, track)
    assert [(one.event.title, one.closes) for one in plan.events] == [
        ("Budgets, soon", True), ("Budgets, later", True), ("Robots, soon", False)]  # fmt: skip
    assert plan.total == 3


def test_what_is_ticked_counts_as_if_attended_and_is_there_next_time(ann: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    first, second = coming("Budgets", administration="4"), coming("Both", 20, administration="1", technology="2")
    before = planner.outlook(ann, track)
    assert (before.chosen, before.after.missing) == ([], before.before.missing)
    for event_id in (first, second):
        planner.choose(ann, track, event_id, chosen=True)
    plan = planner.outlook(ann, track)
    assert [one.title for one in plan.chosen] == ["Budgets", "Both"]
    assert plan.before.missing - plan.after.missing == 7
    planner.choose(ann, track, first, chosen=False)
    assert [one.title for one in planner.outlook(ann, track).chosen] == ["Both"]
    clock.fix(clock.now() + timedelta(days=21))
    over = planner.outlook(ann, track)
    assert (over.chosen, over.after.missing) == ([], over.before.missing)


def test_a_page_more_at_a_time(ann: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    for number in range(planner.PAGE + 2):
        coming(f"Event {number:02}", number + 1)
    assert len(planner.outlook(ann, track).events) == planner.PAGE
    assert len(planner.outlook(ann, track, 2).events) == planner.outlook(ann, track).total == planner.PAGE + 2


def test_only_ones_own_track_in_progress_and_only_coming_events(ann: Actor, cem: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    event_id = coming("Budgets")
    for other in (cem, make.person("Bob Bell")):
        with pytest.raises(NotFound):
            planner.outlook(other, track)
        with pytest.raises(NotFound):
            planner.choose(other, track, event_id, chosen=True)
    with pytest.raises(NotFound):
        planner.choose(ann, track, make.event("Over"), chosen=True)
    participations.withdraw(ann, track)
    with pytest.raises(WrongState, match="not in progress"):
        planner.outlook(ann, track)


def test_the_day_at_the_pace_of_the_last_twelve_months(ann: Actor, cem: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    assert planner.outlook(ann, track).done_on is None
    review.approve(cem, [make.claim(ann, "Budgets", ended=timedelta(days=30), credits={"administration": "20"})])
    plan = planner.outlook(ann, track)
    assert plan.before.earned == Decimal(20)
    assert plan.done_on == date(2026, 11, 23) + timedelta(days=int(-(-plan.before.missing * 365 // 20)))


@settings(max_examples=25, deadline=None)
@given(chosen=st.lists(st.tuples(st.integers(1, 170), HALVES, HALVES), min_size=1, max_size=6))
def test_as_if_attended_is_what_comes_when_it_is_attended(chosen: list[tuple[int, str, str]]) -> None:
    """Plan, let time pass, claim all of it: the record is then the one that was planned."""
    clock.fix(datetime(2026, 11, 23, 19, tzinfo=UTC))
    number = next(NUMBERS)
    person, cem = make.person(f"Ann{number} Ames"), make.coordinator(f"Cem{number} Coole")
    track = participations.add(person, make.track("administrator"))
    ids = [coming(f"Event {days}", days, administration=one, technology=two) for days, one, two in chosen]
    for event_id in ids:
        planner.choose(person, track, event_id, chosen=True)
    planned = planner.outlook(person, track).after
    clock.fix(clock.now() + timedelta(days=171))
    review.approve(cem, [claims.claim_event(person, event_id).claim_id for event_id in ids])
    attended = participations.show(person, track).evaluation
    assert missing(attended) == missing(planned)
    assert attended.earned == planned.earned + planned.pending
    assert programs.current().today() > date(2027, 5, 1)


def test_an_event_is_nothing_to_plan_when_it_is_somebodys_own(ann: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    claim_id = make.own_entry(ann, begin_date="2026-11-20")
    with db.reading() as session:
        own = session.get_one(Event, 1)
    assert (claim_id, own.owner_id) == (1, ann.person_id)
    with pytest.raises(NotFound):
        planner.choose(ann, track, 1, chosen=True)


def test_ticks_at_the_same_moment_are_all_kept(ann: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    ids = [coming(f"Event {number}", number + 1) for number in range(8)]
    race(*[partial(planner.choose, ann, track, event_id, chosen=True) for event_id in ids])
    assert len(planner.outlook(ann, track).chosen) == 8


def test_what_expires_until_the_last_event_no_longer_counts_and_is_told(ann: Actor, cem: Actor) -> None:
    track = participations.add(ann, make.track("administrator"))
    almost = timedelta(days=4 * 365 - 20)
    clock.fix(clock.now() - almost + timedelta(days=3))
    old = make.claim(ann, "Long ago", ended=timedelta(days=3), credits={"administration": "3"})
    clock.fix(make.NOON)
    review.approve(cem, [old])
    plan = planner.outlook(ann, track)
    assert (plan.before.earned, plan.expiring) == (Decimal(3), Decimal(0))
    planner.choose(ann, track, coming("Budgets", 60, administration="2"), chosen=True)
    plan = planner.outlook(ann, track)
    assert (plan.expiring, plan.after.earned, plan.after.pending) == (Decimal(3), Decimal(0), Decimal(2))
