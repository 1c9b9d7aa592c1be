"""What the office changes about people: names, addresses, positions, roles, and closing a record."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from models.errors import NotAllowed, NotFound, Problems, SignedOut, WrongState
from models.identities import Identity
from models.libraries import Library
from models.people import Person, Role
from services import clock, db, directory, identities, libraries, people_changes, positions, sign_in
from services.access import Actor
from tests import make

ROOM = {"first_name": "Ann", "last_name": "Ames", "email": "ann@new.example.org", "phone": "406-555-0199"}


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def ada() -> Actor:
    return make.person("Ada Admin", roles=(Role.ADMINISTRATOR,))


def person(actor: Actor) -> Person:
    with db.reading() as session:
        return session.get_one(Person, actor.person_id)


def told(actor: Actor, about: Actor) -> list[str]:
    return [one.what for one in people_changes.sheet(actor, about.person_id).history]


def place(library: int, kind: str = "staff", begins: str = "2020-01-01", ends: str = "") -> Mapping[str, object]:
    return {"library": str(library), "kind": kind, "title": "", "begins": begins, "ends": ends}


def test_a_name_and_an_address_are_corrected_and_told_in_the_history(cem: Actor) -> None:
    ann = make.person("An Aims")
    people_changes.change(cem, ann.person_id, ROOM)
    found = person(ann)
    assert (found.name, found.email, found.phone) == ("Ann Ames", "ann@new.example.org", "406-555-0199")
    assert told(cem, ann)[0] == "Corrected first name, last name, phone, e-mail."
    people_changes.change(cem, ann.person_id, ROOM | {"email": ""})
    assert person(ann).email is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"first_name": ""}, "first_name"), ({"email": "nobody"}, "email"), ({"phone": "9" * 41}, "phone")],
)
def test_a_mistake_is_told_at_its_field(cem: Actor, wrong: dict[str, str], field: str) -> None:
    ann = make.person()
    with pytest.raises(Problems) as problems:
        people_changes.change(cem, ann.person_id, ROOM | wrong)
    assert list(problems.value.by_field) == [field]
    assert person(ann).email == "ann.ames@example.org"


def test_an_address_that_somebody_has_points_to_a_merge(cem: Actor) -> None:
    ann, _ = make.person(), make.person("Bea Board")
    for deed in (lambda: people_changes.change(cem, ann.person_id, ROOM | {"email": "BEA.board@example.org"}),
                 lambda: people_changes.add(cem, ROOM | {"email": "BEA.board@example.org"})):  # fmt: skip
        with pytest.raises(Problems) as problems:
            deed()
        assert "perhaps the two records are to be merged" in problems.value.by_field["email"]


def test_a_record_is_added_by_hand_and_found_again(cem: Actor) -> None:
    number = people_changes.add(cem, ROOM | {"first_name": "Zoë"})
    (line,), total = directory.page(cem, "zoË ames")
    assert (line.id, line.name, total) == (number, "Zoë Ames", 1)


def test_a_closed_record_signs_out_at_once_and_can_be_opened_again(cem: Actor) -> None:
    ann = make.person()
    token = sign_in.begin(ann.person_id)
    people_changes.close(cem, ann.person_id, "Moved away")
    with pytest.raises(SignedOut):
        sign_in.who(token)
    assert told(cem, ann)[:2] == ["Signed out.", "Closed this record. Reason: Moved away"][::-1]
    assert directory.page(cem, "ames") == ([], 0)
    assert directory.page(cem, "ames", "closed")[1] == 1
    with pytest.raises(WrongState):
        people_changes.close(cem, ann.person_id, "Again")
    people_changes.reopen(cem, ann.person_id, "Back again")
    assert sign_in.who(sign_in.begin(ann.person_id))


def test_nobody_closes_her_own_record_or_without_a_reason_or_as_coordinator_one_with_a_role(
    cem: Actor, ada: Actor
) -> None:
    with pytest.raises(NotAllowed, match="your own record"):
        people_changes.close(cem, cem.person_id, "Tired")
    with pytest.raises(NotAllowed, match="An administrator closes"):
        people_changes.close(cem, ada.person_id, "Tired of her")
    with pytest.raises(Problems):
        people_changes.close(cem, make.person().person_id, " ")
    people_changes.close(ada, cem.person_id, "Retired")


def test_roles_come_and_go_and_the_last_administrator_stays(cem: Actor, ada: Actor) -> None:
    ann = make.person()
    people_changes.set_role(ada, ann.person_id, "coordinator", True)
    people_changes.set_role(ada, ann.person_id, "coordinator", True)
    assert people_changes.sheet(ada, ann.person_id).roles == {"coordinator"}
    people_changes.set_role(ada, ann.person_id, "coordinator", False)
    assert told(ada, ann) == ["Lost the role coordinator.", "Received the role coordinator."]
    with pytest.raises(NotAllowed, match="the last administrator"):
        people_changes.set_role(ada, ada.person_id, "administrator", False)
    people_changes.set_role(ada, ann.person_id, "administrator", True)
    people_changes.set_role(ada, ada.person_id, "administrator", False)
    with pytest.raises(NotFound):
        people_changes.set_role(cem, ann.person_id, "coordinator", True)
    with pytest.raises(NotFound):
        people_changes.set_role(ada, ann.person_id, "queen", True)


def test_an_administrator_whose_record_is_closed_does_not_count_as_one(ada: Actor) -> None:
    ann = make.person(roles=(Role.ADMINISTRATOR,))
    people_changes.close(ada, ann.person_id, "Left")
    with pytest.raises(NotAllowed, match="the last administrator"):
        people_changes.set_role(ada, ada.person_id, "administrator", False)


def test_positions_are_added_ended_and_taken_out(cem: Actor, ada: Actor) -> None:
    ann, hearst = make.person(), libraries.save(ada, None, {"name": "Hearst Free Library", "city": "Anaconda"})
    number = positions.save(cem, ann.person_id, None, place(hearst))
    positions.save(cem, ann.person_id, number, place(hearst, ends="2024-06-30"))
    positions.save(cem, ann.person_id, None, place(hearst, "director", "2024-07-01"))
    held = people_changes.sheet(cem, ann.person_id).held
    assert [(str(one.position.kind), one.position.ends_on) for one in held] == [
        ("director", None), ("staff", date(2024, 6, 30))]  # fmt: skip
    positions.remove(cem, ann.person_id, number)
    assert told(cem, ann)[0] == "Removed the position Staff, Hearst Free Library."
    with pytest.raises(NotFound):
        positions.remove(cem, ann.person_id, number)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"library": "999"}, "library", "Choose a library"),
        ({"library": "x"}, "library", "Choose a library"),
        ({"kind": "queen"}, "kind", "Choose the kind of"),
        ({"begins": ""}, "begins", "Enter the day"),
        ({"begins": "1066-10-14"}, "begins", "between 1940 and 2100"),
        ({"ends": "2019-12-31"}, "ends", "It ends before it begins"),
        ({"title": "x" * 121}, "title", "At most 120"),
        ({"begins": "2023-06-01"}, "begins", "This position is held already, from"),
        ({"begins": "2010-01-01", "ends": "2020-01-01"}, "begins", "This position is held already, from"),
    ],
)
def test_a_position_that_cannot_be_is_told_at_its_field(
    cem: Actor, ada: Actor, wrong: dict[str, str], field: str, sentence: str
) -> None:
    ann, hearst = make.person(), libraries.save(ada, None, {"name": "Hearst Free Library"})
    positions.save(cem, ann.person_id, None, place(hearst))
    with pytest.raises(Problems) as problems:
        positions.save(cem, ann.person_id, None, {**place(hearst, begins="2025-01-01"), **wrong})
    assert sentence in problems.value.by_field[field]


def test_a_closed_library_is_offered_nowhere_but_stays_where_it_was(cem: Actor, ada: Actor) -> None:
    ann, hearst = make.person(), libraries.save(ada, None, {"name": "Hearst Free Library"})
    number = positions.save(cem, ann.person_id, None, place(hearst))
    libraries.set_closed(ada, hearst, True)
    assert positions.libraries(cem) == {}
    positions.save(cem, ann.person_id, number, place(hearst, ends="2026-01-01"))
    with pytest.raises(Problems):
        positions.save(cem, make.person("Bea Board").person_id, None, place(hearst))
    (line,), _ = libraries.page(ada, which="closed")
    assert (line.name, line.is_closed) == ("Hearst Free Library", True)
    libraries.set_closed(ada, hearst, False)
    with pytest.raises(WrongState):
        libraries.set_closed(ada, hearst, False)


def test_a_library_is_renamed_and_its_name_is_its_own(ada: Actor) -> None:
    hearst = libraries.save(ada, None, {"name": "Hearst", "city": "Anaconda", "kind": "public"})
    libraries.save(ada, hearst, {"name": "  Hearst   Free Library ", "city": "Anaconda", "kind": "public"})
    with pytest.raises(Problems):
        libraries.save(ada, None, {"name": "Hearst Free Library"})
    with pytest.raises(Problems):
        libraries.save(ada, None, {"name": " "})
    with db.reading() as session:
        assert [one.name for one in session.exec(select(Library))] == ["Hearst Free Library"]


def test_an_account_is_unlinked_by_the_office(cem: Actor) -> None:
    ann = make.person()
    with db.writing() as session:
        session.add(Identity(person_id=ann.person_id, issuer="https://id", subject="ann", linked_at=clock.now(),
                             seen_at=clock.now()))  # fmt: skip
    (account,) = people_changes.sheet(cem, ann.person_id).accounts
    with pytest.raises(NotFound):
        people_changes.unlink(cem, cem.person_id, account.id)
    people_changes.unlink(cem, ann.person_id, account.id)
    assert identities.accounts_of(ann) == []


def test_the_directory_finds_by_name_address_and_library_and_pages_by_sixty(cem: Actor) -> None:
    for number in range(62):
        make.person(f"Person{number:03} Tester", library="Darby")
    lines, total = directory.page(cem, "tester")
    assert (len(lines), total) == (60, 62)
    assert len(directory.page(cem, "tester", number=1)[0]) == 2
    assert directory.page(cem, "darby 017")[1] == 1
    assert directory.page(cem, "person017.")[1] == 1
    assert directory.page(cem, "100%")[1] == 0
    assert directory.page(cem, which="coordinator")[1] == 1
    assert len(directory.others(cem, directory.page(cem, "017")[0][0].id, "")) == 10
