"""Search by words: taken literally, in either case of every alphabet."""

from typing import Any

from sqlalchemy import ColumnElement, String, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

MOST_WORDS = 6


class folded(GenericFunction[str]):
    """A text in small letters; SQLite's own lower() knows only those of ASCII."""

    type = String()
    inherit_cache = True


@compiles(folded, "postgresql")
def _on_postgresql(element: folded, compiler: Any, **more: Any) -> str:
    return f"lower({compiler.process(element.clauses, **more)})"


def words_of(text: str) -> list[str]:
    """What is searched for: at most six words in small letters."""
    return text.lower().split()[:MOST_WORDS]


def contains(word: str, *columns: Any) -> ColumnElement[bool]:
    """One of the columns holds the word as it is, % and _ included."""
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return or_(*(folded(column).like(pattern, escape="\\") for column in columns))
