"""What a person types for an independent event, as the program of this installation reads it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from models.entries import EventEntry, read_entry
from models.errors import Problems
from models.texts import typed
from services import clock, conversions, programs

LONGEST_NOTE = 2000


def read(values: Mapping[str, object]) -> EventEntry:
    """Field names as in read_entry, and those of conversions.compute. Raises Problems."""
    program = programs.current()
    told, computed, problems = conversions.compute(values)
    try:
        entry = read_entry(
            told,
            zone=program.time_zone,
            now=clock.now(),
            categories={category.key: category.name for category in program.categories.values()},
            smallest=Decimal(program.settings["smallest_credit"]),
        )
    except Problems as found:
        raise Problems({**found.by_field, **problems}) from found
    if problems:
        raise Problems(problems)
    return replace(entry, computed=computed)


def read_with_reason(values: Mapping[str, object]) -> tuple[EventEntry, str]:
    """With the `reason` that a coordinator gives. Raises Problems."""
    reason = typed(values.get("reason"))
    missing = {} if reason else {"reason": "Say why: the person reads it beside the credit."}
    try:
        entry = read(values)
    except Problems as problems:
        raise Problems({**problems.by_field, **missing}) from problems
    if missing:
        raise Problems(missing)
    return entry, reason[:LONGEST_NOTE]
