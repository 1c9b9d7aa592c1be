"""Two records become one: the seats of both are hers, at no event two of them, and undone all is as it was."""

import pytest

from services import merges, registrations
from services.access import Actor
from tests import make, registered


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def seats_of(person: Actor, *events: int) -> list[str]:
    return [
        str(one.state) for event_id in events for one in registered.rows(event_id) if one.person_id == person.person_id
    ]


def test_seats_move_but_for_events_where_both_have_one(ann: Actor, cem: Actor) -> None:
    other = make.person("Ann Amess")
    both, hers = registered.event(cem, "Both"), registered.event(cem, "Hers", capacity="1")
    registrations.register(cem, hers, {})
    for person, event_id in ((ann, both), (other, both), (other, hers)):
        registrations.register(person, event_id, {})
    assert "1 registration" in merges.preview(cem, ann.person_id, other.person_id).moves
    merge_id = merges.merge(cem, ann.person_id, other.person_id, "She told me so.")
    assert seats_of(ann, both, hers) == ["REGISTERED", "WAITING"]
    assert seats_of(other, both, hers) == ["REGISTERED"]
    merges.undo(cem, merge_id)
    assert seats_of(ann, both, hers) == ["REGISTERED"]
    assert seats_of(other, both, hers) == ["REGISTERED", "WAITING"]
