"""Somebody new tells who she is: her record begins, and the coordinators are told."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.errors import NotFound, Problems
from models.letters import Letter
from models.libraries import Library
from models.people import Person
from services import clock, db, introduction, people, sign_in
from services.access import Actor
from tests import make
from tests.services.provided import SignsIn

GOOD = {"first_name": "Winona", "last_name": "Littlejohn", "library": "1", "kind": "staff", "begins": "2024-05-01"}


@pytest.fixture
def newcomer(signs_in: SignsIn) -> Actor:
    with db.writing() as session:
        session.add(Library(name="Darby Community Public Library", city="Darby"))
        session.add(Library(name="Closed Library", deactivated_at=clock.now()))
    return signs_in("newcomer")


def person(actor: Actor) -> Person:
    with db.reading() as session:
        return session.get_one(Person, actor.person_id)


def written() -> list[Letter]:
    with db.reading() as session:
        return list(session.exec(select(Letter).order_by(col(Letter.id))))


def refused(actor: Actor, **values: str) -> dict[str, str]:
    with pytest.raises(Problems) as problems:
        introduction.introduce(actor, GOOD | values)
    assert person(actor).awaits_introduction
    return problems.value.by_field


def test_the_form_begins_with_what_the_provider_told_and_offers_libraries_that_are_open(newcomer: Actor) -> None:
    asked = introduction.asked(newcomer)
    assert (asked.first_name, asked.last_name, asked.email) == ("Winona", "Littlejohn", "winona.littlejohn@example.org")
    assert asked.email_is_known
    assert asked.libraries == [(1, "Darby Community Public Library, Darby")]


def test_after_it_she_has_a_position_and_every_coordinator_a_letter(newcomer: Actor) -> None:
    cem, cleo = make.coordinator(), make.coordinator("Cleo Cole")
    introduction.introduce(newcomer, GOOD)
    (position,) = people.user_page(newcomer).positions
    assert (position.library, position.kind, position.begins_on) == (
        "Darby Community Public Library", "staff", date(2024, 5, 1))  # fmt: skip
    letters = written()
    assert {letter.person_id for letter in letters} == {cem.person_id, cleo.person_id}
    for letter in letters:
        assert letter.subject == "New: Winona Littlejohn"
        assert "Staff at Darby Community Public Library" in letter.body
        assert f"/admin/people/{newcomer.person_id}" in letter.body


def test_the_letter_says_when_somebody_of_that_name_is_known(newcomer: Actor) -> None:
    make.coordinator()
    make.person("WINONA littlejohn", email="winona@elsewhere.example.org")
    introduction.introduce(newcomer, GOOD)
    assert "Somebody of this name is known already" in written()[0].body


def test_she_introduces_herself_once(newcomer: Actor) -> None:
    introduction.introduce(newcomer, GOOD)
    with pytest.raises(NotFound):
        introduction.introduce(newcomer, GOOD)
    known = make.person("Ann Ames")
    for deed in (introduction.asked, lambda actor: introduction.introduce(actor, GOOD)):
        with pytest.raises(NotFound):
            deed(known)


def test_the_session_of_now_knows_her_at_once(signs_in: SignsIn, newcomer: Actor) -> None:
    token = sign_in.begin(newcomer.person_id)
    assert sign_in.who(token).is_new
    introduction.introduce(newcomer, GOOD | {"begins": ""})
    assert not sign_in.who(token).is_new


def test_a_library_that_is_not_listed_is_told_to_the_coordinator(newcomer: Actor) -> None:
    make.coordinator()
    introduction.introduce(
        newcomer, GOOD | {"library": "not listed", "kind": "", "other_library": "Reading Room, Opheim"}
    )
    assert people.user_page(newcomer).positions == []
    assert "“Reading Room, Opheim”, which is not listed" in written()[0].body


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"first_name": " "}, "first_name", "Enter your first name."),
        ({"last_name": "x" * 61}, "last_name", "At most 60 characters"),
        ({"first_name": "A\x00"}, "first_name", "cannot be seen"),
        ({"library": ""}, "library", "Choose your library"),
        ({"library": "2"}, "library", "Choose your library"),
        ({"library": "999999999999"}, "library", "Choose your library"),
        ({"library": "1 OR 1=1"}, "library", "Choose your library"),
        ({"kind": "queen"}, "kind", "Choose what you are there."),
        ({"begins": "May"}, "begins", "Enter the day as"),
        ({"begins": "2026-11-24"}, "begins", "not in the future"),
        ({"begins": "0001-01-01"}, "begins", "not in the future"),
        ({"library": "not listed", "other_library": " "}, "other_library", "Enter the name of your library"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(
    newcomer: Actor, wrong: dict[str, str], field: str, sentence: str
) -> None:
    problems = refused(newcomer, **wrong)
    assert list(problems) == [field]
    assert sentence in problems[field]


def test_an_address_that_nobody_verified_counts_once_its_link_is_opened(signs_in: SignsIn) -> None:
    actor = signs_in("unverified")
    assert not introduction.asked(actor).email_is_known
    assert "email" in refused(actor, library="not listed", other_library="Here", email="nobody")
    introduction.introduce(
        actor, GOOD | {"library": "not listed", "other_library": "Here", "email": "ken.s@example.org"}
    )
    assert person(actor).email is None
    (link,) = written()
    assert (link.address, "/user/email/" in link.body) == ("ken.s@example.org", True)
