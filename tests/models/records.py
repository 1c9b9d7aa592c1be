"""Credits and rules for tests of the evaluation: plain values, no database."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, combinations

from models.evaluation import RecordCredit, Requirement, Rules
from models.programs.files import read_program

TODAY = date(2026, 11, 23)


def montana(track: str, *, renewal: bool = False, version: str = "2023-07") -> Rules:
    """The requirements of one of Montana's tracks, as its program file has them."""
    program = read_program("montana")
    file = next(one for one in program.tracks if one.key == track)
    chosen = next(one for one in file.versions if one.version == version)
    parts = chosen.renewal if renewal else chosen.initial
    return Rules(
        tuple(Requirement(part.key, part.label, part.minimum, frozenset(part.categories)) for part in parts),
        program.settings.look_back_years,
    )


def rules(**minimums: tuple[str, str]) -> Rules:
    """Rules such as `rules(ab=("70", "a b"), any=("30", ""))`: key, minimum, categories."""
    return Rules(
        tuple(
            Requirement(key, key, Decimal(minimum), frozenset(categories.split()))
            for key, (minimum, categories) in minimums.items()
        ),
        look_back_years=4,
    )


def credit(
    id: int, category: str, value: str | Decimal, *, status: str = "APPROVED", day: date = TODAY - timedelta(days=30)
) -> RecordCredit:
    """A credit whose event ended at 18:00 UTC (a local morning in Montana) of that day."""
    return RecordCredit(id, category, Decimal(value), status, datetime.combine(day, time(18), tzinfo=UTC), day)


def most_that_can_count(requirements: tuple[Requirement, ...], credits: list[RecordCredit]) -> Decimal:
    """The most that any allocation can reach, found without allocating (the smallest cut, by trying all).

    Whatever a set of requirements is given comes from the categories it accepts, and the others take at most what
    they ask for. Each set so gives a bound, and the smallest of the bounds can be reached.
    """
    sets = chain.from_iterable(combinations(requirements, size) for size in range(len(requirements) + 1))
    return min(
        sum((one.credits for one in credits if any(part.accepts(one.category) for part in chosen)), Decimal(0))
        + sum((part.minimum for part in requirements if part not in chosen), Decimal(0))
        for chosen in sets
    )
