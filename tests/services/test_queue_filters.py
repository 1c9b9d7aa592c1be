"""The queue's filters: kind, category, library and words, in the query and in an open window alike."""

from datetime import date
from pathlib import Path

import pytest

from services import programs, queue
from services.access import Actor
from services.queue import QueueFilter
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def ann() -> Actor:
    """Works in Butte; has claimed a sponsored event in two categories and entered one of her own."""
    ann = make.person(library="Butte Public Library")
    make.claim(ann, "Open Meetings", credits={"administration": "1", "technology": "1"})
    make.own_entry(ann, "100% Story Hours", category="public_services")
    return ann


@pytest.fixture
def bob(ann: Actor) -> Actor:
    """Works in Helena; has claimed a sponsored event."""
    bob = make.person("Bob O'Burns_Snow", library="Helena Public Library")
    make.claim(bob, "Weeding", credits={"collections": "2"})
    return bob


def category(key: str) -> int:
    found = programs.current().category_named(key)
    assert found is not None
    return found.id or 0


def found(actor: Actor, wanted: QueueFilter) -> set[str]:
    """Titles in the list; an open window with the same filter takes exactly these when they arrive."""
    in_list = {entry.title for entry in queue.page(actor, wanted).entries}
    everything = queue.page(actor, QueueFilter()).entries
    assert {entry.title for entry in everything if wanted.fits(entry)} == in_list
    return in_list


def test_by_kind(cem: Actor, bob: Actor) -> None:
    assert found(cem, QueueFilter()) == {"Open Meetings", "100% Story Hours", "Weeding"}
    assert found(cem, QueueFilter(kind="independent")) == {"100% Story Hours"}
    assert found(cem, QueueFilter(kind="sponsored")) == {"Open Meetings", "Weeding"}


def test_by_category_an_entry_is_found_under_each_of_its_own_and_stays_whole(cem: Actor, bob: Actor) -> None:
    assert found(cem, QueueFilter(category_id=category("technology"))) == {"Open Meetings"}
    assert found(cem, QueueFilter(category_id=category("administration"))) == {"Open Meetings"}
    (entry,) = queue.page(cem, QueueFilter(category_id=category("technology"))).entries
    assert (entry.credits, len(entry.category_ids)) == (2, 2)


def test_by_library_where_the_person_works_today(cem: Actor, ann: Actor, bob: Actor) -> None:
    names = {name: id_ for id_, name in queue.library_names(cem).items()}
    assert found(cem, QueueFilter(library_id=names["Helena Public Library"])) == {"Weeding"}
    make.position(bob, "Butte Public Library", begins_on=date(2010, 1, 1), ends_on=date(2026, 11, 22))
    make.position(ann, "Helena Public Library", begins_on=date(2026, 11, 23))
    assert found(cem, QueueFilter(library_id=names["Butte Public Library"])) == {"Open Meetings", "100% Story Hours"}
    assert len(found(cem, QueueFilter(library_id=names["Helena Public Library"]))) == 3


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("weed", {"Weeding"}),
        ("WEEDING bob", {"Weeding"}),
        ("ann ames", {"Open Meetings", "100% Story Hours"}),
        ("butte story", {"100% Story Hours"}),
        ("helena story", set()),
        ("o'burns", {"Weeding"}),
        ("100%", {"100% Story Hours"}),
        ("%", {"100% Story Hours"}),
        ("_", {"Weeding"}),
        ("\\", set()),
        ("   ", {"Open Meetings", "100% Story Hours", "Weeding"}),
    ],
)
def test_by_words_in_title_person_and_library_taken_literally(
    cem: Actor, bob: Actor, words: str, titles: set[str]
) -> None:
    assert found(cem, QueueFilter(text=words)) == titles


@pytest.mark.parametrize("words", ["Élise", "élise", "ÉLISE"])
def test_by_words_with_letters_beyond_ascii_in_either_case(cem: Actor, words: str) -> None:
    make.own_entry(make.person("Élise Örn"), "Über den Umgang mit Büchern")
    assert found(cem, QueueFilter(text=words)) == {"Über den Umgang mit Büchern"}


def test_by_all_of_them_together(cem: Actor, bob: Actor) -> None:
    assert found(cem, QueueFilter(kind="sponsored", category_id=category("collections"), text="bob")) == {"Weeding"}
    assert found(cem, QueueFilter(kind="independent", category_id=category("collections"), text="bob")) == set()
