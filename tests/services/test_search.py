"""Search by words: literally, in either case of every alphabet, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import column, select
from sqlalchemy.dialects import postgresql

from services import claims, search
from tests import make


@pytest.mark.parametrize("words", ["élise", "ÉLISE", "bücher über", "ÜBER"])
def test_the_drop_down_finds_letters_beyond_ascii_in_either_case(database: Path, words: str) -> None:
    make.event("Über Bücher", sponsor="Bibliothèque Élise")
    make.event("About Books")
    assert [one.title for one in claims.search_claimable(make.person(), words)] == ["Über Bücher"]


def test_at_most_six_words_are_searched_for() -> None:
    assert search.words_of(" One  TWO three four five six seven ") == ["one", "two", "three", "four", "five", "six"]


def test_postgresql_uses_its_own_lower() -> None:
    query = select(column("title")).where(search.contains("story", column("title")))
    assert "lower(title) LIKE" in str(query.compile(dialect=postgresql.dialect()))
