"""Two records become one: the seats of both are hers, at no event two of them, and undone all is as it was."""

import pytest

from models.errors import WrongState
from services import attendance, merges, registrations
from services.access import Actor
from services.attendance import Mark
from tests import make, registered
from tests.services.test_attendance import credits_of


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def seats_of(person: Actor, *events: int) -> list[str]:
    return [
        str(one.state) for event_id in events for one in registered.rows(event_id) if one.person_id == person.person_id
    ]


def test_seats_move_and_where_both_have_one_the_other_goes_to_who_waits(ann: Actor, cem: Actor) -> None:
    other, (late,) = make.person("Ann Amess"), registered.people(1)
    both, hers = registered.event(cem, "Both", capacity="2"), registered.event(cem, "Hers", capacity="1")
    registrations.register(cem, hers, {})
    for person, event_id in ((ann, both), (other, both), (late, both), (other, hers)):
        registrations.register(person, event_id, {})
    seen = merges.preview(cem, ann.person_id, other.person_id)
    assert "2 registrations" in seen.moves
    assert "Both records are registered for “Both”: the better place stays." in seen.stays
    merge_id = merges.merge(cem, ann.person_id, other.person_id, "She told me so.")
    assert seats_of(ann, both, hers) == ["REGISTERED", "CANCELLED", "WAITING"]
    assert seats_of(other, both, hers) == []
    assert seats_of(late, both) == ["REGISTERED"]
    merges.undo(cem, merge_id)
    assert seats_of(ann, both, hers) == ["REGISTERED"]
    assert seats_of(other, both, hers) == ["REGISTERED", "WAITING"]


def test_a_seat_is_better_than_a_place_in_the_list_or_one_given_back(ann: Actor, cem: Actor) -> None:
    other = make.person("Ann Amess")
    full, back = registered.event(cem, "Full", capacity="1"), registered.event(cem, "Given Back")
    for person, event_id in ((other, full), (ann, full), (ann, back), (other, back)):
        registrations.register(person, event_id, {})
    registrations.cancel(ann, registered.of(ann, back).id or 0)
    merge_id = merges.merge(cem, ann.person_id, other.person_id, "She told me so.")
    assert sorted(seats_of(ann, full)) == ["CANCELLED", "REGISTERED"]
    assert sorted(seats_of(ann, back)) == ["CANCELLED", "REGISTERED"]
    registered.over(back)
    attendance.mark(cem, registered.of(ann, back).id or 0, Mark("present"))
    attendance.close(cem, back)
    assert credits_of(ann) == [("2", "APPROVED", "attendance")]
    assert credits_of(other) == []
    with pytest.raises(WrongState, match="a registration was changed since"):
        merges.undo(cem, merge_id)
