"""What people change about themselves; a new e-mail address counts once its owner has confirmed it."""

import re
from pathlib import Path
from typing import Any

import pytest

from models.errors import NotFound, Problems, WrongState
from models.people import Person
from services import db, profile
from services.access import Actor
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def typed(**changed: object) -> dict[str, object]:
    """Ann's form as it stands, but for these fields."""
    return {"first_name": "Ann", "last_name": "Ames", "phone": "", "email": "ann.ames@example.org", **changed}


def row(actor: Actor) -> Person:
    with db.reading() as session:
        return session.get_one(Person, actor.person_id)


def token_to(actor: Actor, address: str) -> str:
    """From the newest letter to this address."""
    letter = next(one for one in reversed(certified.letters_to(actor)) if one.address == address)
    found = re.search(r"/user/email/([\w-]+)", letter.body)
    assert found
    return found[1]


def told(actor: Actor) -> list[tuple[str, dict[str, Any]]]:
    return [(line.action, line.details) for line in certified.deeds(actor, "person")]


def test_name_phone_and_the_choice_to_be_named_are_saved_at_once(ann: Actor) -> None:
    assert not row(ann).named_publicly
    asked = profile.change(
        ann, typed(first_name="  Anne ", last_name="van  Ames", phone=" 406 555 0100 ", named_publicly=True)
    )
    saved = row(ann)
    assert asked is False
    assert (saved.name, saved.phone, saved.named_publicly) == ("Anne van Ames", "406 555 0100", True)
    assert told(ann) == [
        (
            "person:changed",
            {
                "title": "first name, last name, phone, whether to be named on the recognition list",
                "was": "Ann Ames",
            },
        )
    ]
    profile.change(ann, typed(first_name="Anne", last_name="van Ames", phone="406 555 0100"))
    assert not row(ann).named_publicly


def test_saving_what_stands_already_changes_and_tells_nothing(ann: Actor) -> None:
    assert profile.change(ann, typed(email="Ann.Ames@Example.ORG")) is False
    assert row(ann).email == "ann.ames@example.org"
    assert told(ann) == []
    assert certified.letters_to(ann) == []


def test_a_new_address_counts_only_after_the_button_behind_its_link(ann: Actor) -> None:
    assert profile.change(ann, typed(email="new@example.org")) is True
    token = token_to(ann, "new@example.org")
    assert row(ann).email == "ann.ames@example.org"
    assert profile.pending_email(ann) == "new@example.org"

    assert profile.email_behind(token) == "new@example.org"
    assert row(ann).email == "ann.ames@example.org"

    assert profile.confirm_email(token) == "new@example.org"
    assert row(ann).email == "new@example.org"
    assert profile.pending_email(ann) is None
    assert [action for action, _ in told(ann)] == ["person:email_asked", "person:email_confirmed"]
    assert told(ann)[-1][1] == {"was": "ann.ames@example.org"}


def test_the_old_address_learns_of_it(ann: Actor) -> None:
    profile.change(ann, typed(email="new@example.org"))
    profile.confirm_email(token_to(ann, "new@example.org"))
    letter = certified.letters_to(ann)[-1]
    assert (letter.address, letter.subject) == ("ann.ames@example.org", "Your e-mail address was changed")
    assert letter.send_after == make.NOON


def test_a_link_works_once_and_is_kept_as_its_hash_only(ann: Actor, database: Path) -> None:
    profile.change(ann, typed(email="new@example.org"))
    token = token_to(ann, "new@example.org")
    profile.confirm_email(token)
    for again in (profile.confirm_email, profile.email_behind):
        with pytest.raises(NotFound, match="not valid any more"):
            again(token)
    for wrong in ("", "guess", token[:-1]):
        with pytest.raises(NotFound):
            profile.confirm_email(wrong)


def test_a_link_holds_for_three_days(ann: Actor) -> None:
    profile.change(ann, typed(email="new@example.org"))
    token = token_to(ann, "new@example.org")
    make.later(days=3)
    assert profile.email_behind(token) == "new@example.org"
    make.later(seconds=1)
    assert profile.pending_email(ann) is None
    with pytest.raises(NotFound):
        profile.confirm_email(token)
    assert row(ann).email == "ann.ames@example.org"


def test_a_second_wish_ends_the_first_link(ann: Actor) -> None:
    profile.change(ann, typed(email="first@example.org"))
    profile.change(ann, typed(email="second@example.org"))
    assert profile.pending_email(ann) == "second@example.org"
    with pytest.raises(NotFound):
        profile.confirm_email(token_to(ann, "first@example.org"))
    profile.confirm_email(token_to(ann, "second@example.org"))
    assert row(ann).email == "second@example.org"


def test_a_link_outlives_other_changes_of_the_form_which_still_shows_the_old_address(ann: Actor) -> None:
    profile.change(ann, typed(email="new@example.org"))
    profile.change(ann, typed(phone="406 555 0100"))
    profile.confirm_email(token_to(ann, "new@example.org"))
    assert (row(ann).email, row(ann).phone) == ("new@example.org", "406 555 0100")


def test_somebody_else_s_address_is_refused_without_loss(ann: Actor) -> None:
    """Asking tells nobody who has an account; only who reads that mailbox learns of it."""
    dia = make.person("Dia Dunn")
    assert profile.change(ann, typed(email="DIA.dunn@example.org", phone="406 555 0100")) is True
    token = token_to(ann, "DIA.dunn@example.org")
    with pytest.raises(WrongState, match="Another person uses this e-mail address already"):
        profile.confirm_email(token)
    assert (row(ann).email, row(ann).phone) == ("ann.ames@example.org", "406 555 0100")
    assert row(dia).email == "dia.dunn@example.org"
    assert profile.pending_email(ann) == "DIA.dunn@example.org"
    assert [action for action, _ in told(ann)] == ["person:changed", "person:email_asked"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"last_name": ""}, "last_name"),
        ({"first_name": "x" * 61}, "first_name"),
        ({"last_name": "Am\u202ees"}, "last_name"),
        ({"phone": "1" * 41}, "phone"),
        ({"email": ""}, "email"),
        ({"email": "ann"}, "email"),
        ({"email": "ann@library"}, "email"),
        ({"email": "@library.org"}, "email"),
        ({"email": "ann@bea@library.org"}, "email"),
        ({"email": "ann ames@library.org"}, "email"),
        ({"email": f"{'a' * 250}@library.org"}, "email"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(ann: Actor, values: dict[str, object], field: str) -> None:
    with pytest.raises(Problems) as refused:
        profile.change(ann, typed(**{"phone": "406 555 0199", **values}))
    assert list(refused.value.by_field) == [field]
    assert row(ann).phone == ""
    assert certified.letters_to(ann) == []


def test_a_name_that_cannot_be_printed_is_not_called_too_long(ann: Actor) -> None:
    with pytest.raises(Problems) as refused:
        profile.change(ann, typed(last_name="Am\u202ees"))
    assert refused.value.by_field == {"last_name": "It has signs that cannot be seen: type it anew."}


def test_nobody_s_mailbox_is_filled_with_links(ann: Actor) -> None:
    for number in range(3):
        assert profile.change(ann, typed(email=f"new{number}@example.org"))
    with pytest.raises(Problems) as refused:
        profile.change(ann, typed(email="new3@example.org", phone="406 555 0100"))
    assert list(refused.value.by_field) == ["email"]
    assert "within the last hour" in refused.value.by_field["email"]
    assert (row(ann).phone, profile.pending_email(ann)) == ("", "new2@example.org")
    assert profile.change(make.person("Bea Beck"), typed(email="hers@example.org"))
    make.later(hours=1)
    assert profile.change(ann, typed(email="new3@example.org"))


def test_only_the_newest_link_still_goes_out(ann: Actor) -> None:
    for number in range(2):
        profile.change(ann, typed(email=f"new{number}@example.org"))
    letters = [(letter.address, str(letter.state)) for letter in certified.letters_to(ann)]
    assert letters == [("new0@example.org", "cancelled"), ("new1@example.org", "waiting")]
