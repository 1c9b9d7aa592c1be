"""Every order of deeds around an event with few seats: what must hold after each of them, on both databases."""

from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, none, one_of, sampled_from

from models.errors import Refusal
from models.people import Role
from models.registrations import SEATED, RegistrationState
from services import (
    clock,
    event_changes,
    event_forms,
    registrations,
    seats,
)
from services.access import Actor
from tests import certified, make, registered

NAMES = ("Ann", "Bob", "Cleo", "Dee", "Eli", "Fay")
WHO = sampled_from(range(len(NAMES)))
_rounds = count()


class WaitingList(RuleBasedStateMachine):
    """Six people, a coordinator, one event. `line` is what the waiting list must be, kept by hand."""

    seen: ClassVar[dict[str, int]] = {"waited": 0, "moved_up": 0, "cancelled": 0}

    def __init__(self) -> None:
        super().__init__()
        clock.fix(make.NOON)
        number = next(_rounds)
        self.cem = make.person(f"Cem{number} Coole", roles=(Role.COORDINATOR,), email=f"cem{number}@example.org")
        self.people = [make.person(f"{name} {number}", email=f"{name}{number}@example.org") for name in NAMES]
        self.seated: set[int] = set()
        self.line: list[int] = []
        self.over = False

    @initialize(capacity=one_of(integers(1, 3), none()))
    def open(self, capacity: int | None) -> None:
        self.capacity = capacity
        self.event_id = registered.event(self.cem, capacity=str(capacity or ""))
        for who in range(3):
            self.register(who)

    @rule(who=WHO)
    def register(self, who: int) -> None:
        person = self.people[who]
        if self.over and not self._has_one(person):
            with pytest.raises(Refusal):
                registrations.register(person, self.event_id, {})
            return
        state = registrations.register(person, self.event_id, {})
        if person.person_id in self.seated or person.person_id in self.line:
            return
        if self.capacity is not None and len(self.seated) >= self.capacity:
            self.line.append(person.person_id)
            self.seen["waited"] += 1
            assert state == RegistrationState.WAITING
        else:
            self.seated.add(person.person_id)
            assert state == RegistrationState.REGISTERED

    @rule(who=WHO, by=sampled_from(["self", "coordinator", "stranger"]))
    def cancel(self, who: int, by: str) -> None:
        """One of those who are registered or wait; the first of them for 0."""
        there = [one for one in self.people if self._has_one(one)]
        if not there:
            return
        person = there[who % len(there)]
        stranger = self.people[(self.people.index(person) + 1) % len(NAMES)]
        number = registered.of(person, self.event_id).id or 0
        actor = {"self": person, "coordinator": self.cem, "stranger": stranger}[by]
        if by == "stranger" or self.over:
            with pytest.raises(Refusal):
                registrations.cancel(actor, number)
            return
        registrations.cancel(actor, number)
        self.seen["cancelled"] += 1
        self.seated.discard(person.person_id)
        self.line = [one for one in self.line if one != person.person_id]
        self._fill()

    @rule(capacity=one_of(none(), integers(1, 4)))
    def change_seats(self, capacity: int | None) -> None:
        if self.over:
            return
        values = event_forms.show(self.cem, self.event_id).values
        event_changes.change(self.cem, self.event_id, {**values, "capacity": str(capacity or "")})
        self.capacity = capacity
        self._fill()

    @rule(now=integers(0, 19))
    def end(self, now: int) -> None:
        if now == 1 and self.line:
            registered.over(self.event_id)
            self.over = True

    @invariant()
    def the_rows_are_what_was_kept_by_hand(self) -> None:
        if not hasattr(self, "event_id"):
            return
        rows = registered.rows(self.event_id)
        live = [one for one in rows if one.state != RegistrationState.CANCELLED]
        assert {one.person_id for one in live if one.state in SEATED} == self.seated
        assert [one.person_id for one in live if one.state == RegistrationState.WAITING] == self.line
        assert len({one.person_id for one in live}) == len(live), "nobody has two"

    @invariant()
    def nobody_waits_while_a_seat_is_free(self) -> None:
        if not hasattr(self, "event_id") or self.over:
            return
        room = seats.room(self.event_id)
        assert not (room.waiting and room.left != 0)

    @invariant()
    def the_place_in_the_line_is_told(self) -> None:
        for place, person_id in enumerate(self.line, start=1):
            person = next(one for one in self.people if one.person_id == person_id)
            assert registrations.standing(person, self.event_id).place == place

    @invariant()
    def everybody_who_has_a_seat_was_told_of_it(self) -> None:
        for person in self.people:
            if person.person_id in self.seated:
                newest = certified.letters_to(person)[-1]
                assert newest.kind in {"registered", "moved up"}
                assert "METHOD:PUBLISH" in newest.calendar

    def _fill(self) -> None:
        while self.line and (self.capacity is None or len(self.seated) < self.capacity):
            self.seated.add(self.line.pop(0))
            self.seen["moved_up"] += 1

    def _has_one(self, person: Actor) -> bool:
        return person.person_id in self.seated or person.person_id in self.line


def test_the_waiting_list_is_fair_in_every_order_of_deeds(database: Any) -> None:
    WaitingList.seen.update(dict.fromkeys(WaitingList.seen, 0))
    run_state_machine_as_test(
        WaitingList,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
    assert all(WaitingList.seen.values()), f"the machine did little: {WaitingList.seen}"
