"""Letters that people do without: by the link in one, or on their own page."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from itsdangerous import URLSafeSerializer

from models.errors import NotFound
from services import installation, letter_wishes, review
from services.access import Actor
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def token_for(person: Actor, kind: str = "credit approved") -> str:
    return urlsplit(letter_wishes.link(person.person_id, kind)).path.rpartition("/")[2]


def approve(person: Actor, title: str) -> list[str]:
    """The states of the letters about a credit that is approved now."""
    claim_id = make.own_entry(person, title, email=True)
    review.approve(make.coordinator(f"Cem {title}"), [claim_id])
    return [str(letter.state) for letter in make.letters_about(claim_id)]


def test_the_link_ends_letters_of_its_kind_at_once_and_no_others(ann: Actor) -> None:
    token = token_for(ann)
    claim_id = make.own_entry(ann, "Waits", email=True)
    review.approve(make.coordinator(), [claim_id])
    assert letter_wishes.behind(token).key == "credit approved"
    assert approve(ann, "Before") == ["waiting"]

    letter_wishes.unsubscribe(token)
    letter_wishes.unsubscribe(token)
    assert [str(letter.state) for letter in make.letters_about(claim_id)] == ["cancelled"]
    assert approve(ann, "After") == []
    assert approve(make.person("Bea Beck"), "Hers") == ["waiting"]
    declined = make.own_entry(ann, "Declined")
    review.decline(make.coordinator("Dia Dunn"), [declined], "No.")
    assert len(make.letters_about(declined)) == 1
    deeds = [line.action for line in certified.deeds(ann, "letters")]
    assert deeds == ["letters:unwanted"]


def test_on_her_own_page_she_has_them_again(ann: Actor) -> None:
    letter_wishes.choose(ann, [])
    assert [(wish.kind.key, wish.wanted) for wish in letter_wishes.wishes(ann)] == [
        ("credit approved", False),
        ("evidence accepted", False),
        ("event reminder", False),
        ("attendance credited", False),
    ]
    all_of_them = ["credit approved", "evidence accepted", "event reminder", "attendance credited"]
    letter_wishes.choose(ann, [*all_of_them, "credit declined", "nothing"])
    assert approve(ann, "Again") == ["waiting"]
    told = [line.action for line in certified.deeds(ann, "letters")]
    assert told == ["letters:unwanted"] * 4 + ["letters:wanted"] * 4


def test_coordinators_choose_about_letters_to_the_office_too() -> None:
    kinds = [wish.kind.key for wish in letter_wishes.wishes(make.coordinator())]
    assert kinds[:4] == ["credit approved", "new person", "another supervisor", "evidence accepted"]


def test_only_our_own_links_count_and_none_for_what_is_mandatory(ann: Actor) -> None:
    key = installation.settings().secret_key
    wrong = [
        "", "guess", token_for(ann)[:-1], token_for(ann, "credit declined"),
        URLSafeSerializer(key, salt="another").dumps([ann.person_id, "credit approved"]),
        URLSafeSerializer(key, salt=letter_wishes.SALT).dumps([999_999, "credit approved"]),
        URLSafeSerializer(key, salt=letter_wishes.SALT).dumps("credit approved"),
        URLSafeSerializer("another key" * 4, salt=letter_wishes.SALT).dumps([ann.person_id, "credit approved"]),
    ]  # fmt: skip
    for token in wrong:
        for deed in (letter_wishes.behind, letter_wishes.unsubscribe):
            with pytest.raises(NotFound, match="This link is not valid"):
                deed(token)
    assert letter_wishes.wishes(ann)[0].wanted
