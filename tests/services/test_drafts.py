"""Drafts: what was typed into a long form is still there after an error, a reload or a lost connection."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services import drafts, installation
from tests import make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_each_field_is_kept_on_its_own_and_replaced_by_what_is_typed_later() -> None:
    ann = make.person()
    drafts.keep(ann, "event", "title", "Story")
    drafts.keep(ann, "event", "email", True)
    drafts.keep(ann, "event", "title", "Story Hours")
    assert drafts.kept(ann, "event") == {"title": "Story Hours", "email": True}


def test_drafts_are_kept_by_person_and_form() -> None:
    ann, bob = make.person(), make.person("Bob Burns")
    drafts.keep(ann, "event", "title", "Ann's")
    drafts.keep(ann, "other form", "title", "Other")
    assert drafts.kept(bob, "event") == {}
    drafts.discard(ann, "event")
    assert (drafts.kept(ann, "event"), drafts.kept(ann, "other form")) == ({}, {"title": "Other"})


def test_a_draft_outlives_a_restart(database: Path) -> None:
    ann = make.person()
    drafts.keep(ann, "event", "title", "Story Hours")
    installation.connect(installation.settings())
    assert drafts.kept(ann, "event") == {"title": "Story Hours"}


def test_a_long_text_is_cut() -> None:
    ann = make.person()
    drafts.keep(ann, "event", "description", "x" * 20_000)
    assert len(drafts.kept(ann, "event")["description"]) == drafts.LONGEST


def test_fields_left_at_the_same_moment_are_all_kept() -> None:
    ann = make.person()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: drafts.keep(ann, "event", f"field{number}", str(number)), range(16)))
    assert drafts.kept(ann, "event") == {f"field{number}": str(number) for number in range(16)}


def test_discarding_what_is_not_there_is_no_mistake() -> None:
    ann = make.person()
    drafts.discard(ann, "event")
    assert drafts.kept(ann, "event") == {}
