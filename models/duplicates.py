"""Likely duplicates among one person's credits: same event, almost the same title within a day, overlapping times."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from rapidfuzz import fuzz

from models.times import shown_day

ALIKE = 88
SHORT = timedelta(hours=24)


@dataclass(frozen=True)
class Attended:
    """One claim of a person, as far as likeness goes."""

    claim_id: int
    event_id: int | None
    title: str
    begins_at: datetime
    ends_at: datetime
    day: date


@dataclass(frozen=True)
class Likeness:
    claim_id: int
    why: str


def find_duplicates(one: Attended, others: Iterable[Attended]) -> list[Likeness]:
    """What `one` may be a second entry of, each with a sentence that says so."""
    found = []
    for other in others:
        if other.claim_id != one.claim_id and (why := _likeness(one, other)):
            found.append(Likeness(other.claim_id, why))
    return found


def mark_duplicates(all_of_one: Iterable[Attended]) -> dict[int, Likeness]:
    """By claim id, the earlier entry that each later one repeats."""
    marked: dict[int, Likeness] = {}
    ordered = sorted(all_of_one, key=lambda item: item.begins_at)
    for index, one in enumerate(ordered):
        for other in _near(one, ordered, index):
            earlier, later = (one, other) if one.claim_id < other.claim_id else (other, one)
            if why := _likeness(later, earlier):
                marked.setdefault(later.claim_id, Likeness(earlier.claim_id, why))
    return marked


def _near(one: Attended, ordered: list[Attended], index: int) -> list[Attended]:
    """Those that began at most two days before it: the only ones that can be alike."""
    near = []
    for other in reversed(ordered[:index]):
        if one.begins_at - other.begins_at > 2 * SHORT:
            break
        near.append(other)
    return near


def _likeness(one: Attended, other: Attended) -> str:
    if one.event_id is not None and one.event_id == other.event_id:
        return f"The same event, “{other.title}”, is in the list already."
    if abs((one.day - other.day).days) <= 1 and _alike(one.title, other.title):
        return f"“{other.title}” on {shown_day(other.day)} has almost the same title and day."
    if _overlap(one, other):
        return f"“{other.title}” on {shown_day(other.day)} was held at the same time."
    return ""


def _alike(one: str, other: str) -> bool:
    """Spelling aside; the parts of a series differ by their number alone, and are not alike."""
    first, second = _plain(one), _plain(other)
    return _numbers(first) == _numbers(second) and fuzz.token_sort_ratio(first, second) >= ALIKE


def _numbers(plain: str) -> list[str]:
    return sorted(re.findall(r"\d+", plain))


@lru_cache(maxsize=4096)
def _plain(title: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", title) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", bare.casefold())) or title


def _overlap(one: Attended, other: Attended) -> bool:
    """Only events of less than a day: a course that is open for weeks overlaps with everything."""
    if one.ends_at - one.begins_at >= SHORT or other.ends_at - other.begins_at >= SHORT:
        return False
    return one.begins_at < other.ends_at and other.begins_at < one.ends_at
