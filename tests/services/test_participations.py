"""Change CE Track Status: take up a track, update it, give it up."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditLine
from models.errors import NotFound, Problems, WrongState
from models.people import PositionKind
from services import db, participations, programs
from services.access import Actor
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def ann() -> Actor:
    return make.person(library="Butte Public Library")


def actions(actor: Actor) -> list[str]:
    with db.reading() as session:
        lines = session.exec(select(AuditLine).where(AuditLine.person_id == actor.person_id))
        return [line.action for line in lines]


def test_a_track_is_taken_up_in_its_published_version_of_today(ann: Actor) -> None:
    page = participations.show(ann, participations.add(ann, make.track("administrator")))
    assert (page.track_name, page.version, page.is_own) == ("Library Administrator", "2023-07", True)
    assert (page.participation.status, page.participation.renewal) == ("IN_PROGRESS", False)
    assert (page.participation.begins_on, page.participation.due_on) == (date(2026, 11, 23), None)
    assert page.libraries[page.participation.library_id or 0] == "Butte Public Library"
    assert actions(ann) == ["participation:added"]


def test_a_track_is_taken_up_once_at_a_time_and_others_beside_it(ann: Actor) -> None:
    participations.add(ann, make.track("staff"))
    with pytest.raises(WrongState, match="You already take part in the track Library Staff"):
        participations.add(ann, make.track("staff"))
    assert participations.add(ann, make.track("trustee"))


def test_32_presses_at_once_take_it_up_once(ann: Actor) -> None:
    track_id = make.track()

    def press(_: int) -> str:
        try:
            participations.add(ann, track_id)
        except WrongState:
            return "refused"
        return "added"

    with ThreadPoolExecutor(32) as pool:
        assert Counter(pool.map(press, range(32))) == {"added": 1, "refused": 31}
    with db.reading() as session:
        assert len(participations.of_person(session, ann.person_id)) == 1
    assert actions(ann) == ["participation:added"]


def test_there_is_no_track_of_that_id(ann: Actor) -> None:
    with pytest.raises(NotFound):
        participations.add(ann, 999)


def test_a_track_is_given_up_and_taken_up_again(ann: Actor) -> None:
    first = participations.add(ann, make.track())
    participations.withdraw(ann, first)
    assert participations.show(ann, first).participation.status == "WITHDRAWN"

    second = participations.add(ann, make.track())

    assert second != first
    with db.reading() as session:
        assert [one.id for one in participations.of_person(session, ann.person_id)] == [second]
    assert actions(ann) == ["participation:added", "participation:withdrawn", "participation:added"]


def test_after_a_certificate_the_track_is_taken_up_as_a_renewal(ann: Actor) -> None:
    make.issued(ann, "administrator", begins_on=date(2020, 1, 1), issued_on=date(2023, 1, 1))
    renewal = participations.show(ann, participations.add(ann, make.track("administrator")))
    other = participations.show(ann, participations.add(ann, make.track("staff")))
    assert (renewal.participation.renewal, other.participation.renewal) == (True, False)
    assert (len(renewal.evaluation.requirements), renewal.evaluation.needed) == (1, 60)


def test_a_new_participation_carries_over_the_position_of_today() -> None:
    dia = make.person("Dia Dunn")
    make.position(dia, "Past Library", begins_on=date(2010, 1, 1), ends_on=date(2015, 1, 1))
    today = make.position(dia, "Present Library", begins_on=date(2020, 1, 1), kind=PositionKind.DIRECTOR)
    make.position(dia, "Coming Library", begins_on=date(2027, 1, 1), kind=PositionKind.STAFF)
    found = participations.show(dia, participations.add(dia, make.track())).participation
    assert (found.library_id, found.position) == (today, "director")


def test_a_position_that_has_ended_is_not_carried_over() -> None:
    dia = make.person("Dia Dunn")
    make.position(dia, "Past Library", begins_on=date(2010, 1, 1), ends_on=date(2015, 1, 1))
    found = participations.show(dia, participations.add(dia, make.track())).participation
    assert (found.library_id, found.position) == (None, "")


def test_update_changes_library_position_verifier_and_note_and_never_the_version(ann: Actor) -> None:
    participation_id = participations.add(ann, make.track())
    before = participations.show(ann, participation_id).participation
    library_id = make.position(ann, "Helena Public Library", begins_on=date(2026, 1, 1))
    participations.update(ann, participation_id, {
        "library": str(library_id), "position": " Cataloger ", "verifier_name": "Bob Burns",
        "verifier_email": "bob@butte.example.org", "note": "Half time.", "track_version_id": "1",
    })  # fmt: skip
    found = participations.show(ann, participation_id).participation
    assert (found.library_id, found.position, found.note) == (library_id, "Cataloger", "Half time.")
    assert (found.verifier_name, found.verifier_email) == ("Bob Burns", "bob@butte.example.org")
    assert found.track_version_id == before.track_version_id
    assert actions(ann)[-1] == "participation:updated"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("library", "999", "Choose a library"),
        ("library", "Butte", "Choose a library"),
        ("library", "²", "Choose a library"),
        ("library", "9" * 30, "Choose a library"),
        ("position", "x" * 201, "At most 200 characters"),
        ("verifier_email", "bob", "Enter an e-mail address"),
        ("verifier_email", "bob@butte", "Enter an e-mail address"),
        ("verifier_email", "bob burns@butte.org", "Enter an e-mail address"),
        ("note", "x" * 2001, "At most 2000 characters"),
    ],
)
def test_a_mistake_comes_back_at_its_field_and_changes_nothing(
    ann: Actor, field: str, value: str, sentence: str
) -> None:
    participation_id = participations.add(ann, make.track())
    with pytest.raises(Problems) as refused:
        participations.update(ann, participation_id, {"position": "Cataloger", field: value})
    assert list(refused.value.by_field) == [field]
    assert sentence in refused.value.by_field[field]
    assert participations.show(ann, participation_id).participation.position == "staff"


def test_what_is_given_up_or_issued_can_no_longer_be_changed(ann: Actor) -> None:
    given_up = participations.add(ann, make.track())
    participations.withdraw(ann, given_up)
    issued = make.issued(ann, "trustee", begins_on=date(2020, 1, 1))
    for participation_id, state in ((given_up, "withdrawn"), (issued, "issued")):
        with pytest.raises(WrongState, match=f"{state} cannot be updated"):
            participations.update(ann, participation_id, {})
        with pytest.raises(WrongState, match=f"{state} cannot be withdrawn"):
            participations.withdraw(ann, participation_id)


def test_a_coordinator_may_look_at_it_and_only_its_owner_changes_it(ann: Actor) -> None:
    participation_id, cem = participations.add(ann, make.track()), make.coordinator()
    shown = participations.show(cem, participation_id)
    assert (shown.person_name, shown.is_own) == ("Ann Ames", False)
    for other in (cem, make.person("Dia Dunn")):
        with pytest.raises(NotFound):
            participations.update(other, participation_id, {"note": "Mine."})
        with pytest.raises(NotFound):
            participations.withdraw(other, participation_id)
    for foreign_or_missing in (participation_id, 999):
        with pytest.raises(NotFound):
            participations.show(make.person(f"Eve Early{foreign_or_missing}"), foreign_or_missing)


def test_an_unpublished_version_is_never_taken_up(ann: Actor) -> None:
    unpublished = {version.id for version in programs.current().versions.values() if not version.published}
    assert unpublished
    for key in ("administrator", "staff", "trustee"):
        page = participations.show(ann, participations.add(ann, make.track(key)))
        assert page.participation.track_version_id not in unpublished


def test_a_renewal_given_up_and_taken_up_again_keeps_its_period() -> None:
    """Else what was left over from the first certificate would count for the second."""
    ann, cem = make.person("Ann Again"), make.coordinator()
    certified.issued(ann, by=cem, events={**certified.TRUSTEE, "Left over": {"technology": "15"}})
    (first,) = certified.open_ones(ann)
    make.later(days=30)
    participations.withdraw(ann, first.id or 0)

    again = participations.show(ann, participations.add(ann, make.track("trustee")))

    one = again.participation
    assert (one.renewal, one.counts_after) == (True, first.counts_after)
    assert (one.begins_on, one.due_on) == (first.begins_on, first.due_on)
    assert again.evaluation.earned == 0
