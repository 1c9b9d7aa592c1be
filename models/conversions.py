"""Conversion: credits that are computed from something else, such as college credits or a workshop that was given."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, CreditValue, one_of
from models.credits import counted_credits, shown_credits
from models.times import years_after


class ConversionKind(StrEnum):
    SEMESTER = "SEMESTER"
    QUARTER = "QUARTER"
    PRESENTING = "PRESENTING"


class Conversion(SQLModel, table=True):
    """How an independent event's credits were computed: `quantity` of college credits or hours, times `factor`."""

    __tablename__ = "conversion"
    __table_args__ = (
        one_of("kind", list(ConversionKind)),
        CheckConstraint("factor > 0", name="factor"),
        CheckConstraint("(kind = 'PRESENTING') = (topic <> '')", name="topic"),
        STRICT,
    )

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    kind: ConversionKind = Field(sa_type=String)
    quantity: Decimal = Field(sa_type=CreditValue)
    factor: int
    topic: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id")

    @property
    def credits(self) -> Decimal:
        """In credits."""
        return self.quantity * self.factor


@dataclass(frozen=True)
class Computed:
    """How a person says that the credits of an entry come about; `file` is the id of the transcript, or empty."""

    kind: ConversionKind
    quantity: Decimal
    factor: int
    topic: str = ""
    file: str = ""

    @property
    def credits(self) -> Decimal:
        """In credits."""
        return self.quantity * self.factor


def in_words(one: Conversion | Computed) -> str:
    """The computation with its result, as people read it."""
    unit = {"SEMESTER": "semester credit", "QUARTER": "quarter credit", "PRESENTING": "hour presented"}[one.kind]
    first, _, rest = unit.partition(" ")
    many = unit if one.quantity == 1 else f"{first}s {rest}" if one.kind == ConversionKind.PRESENTING else f"{unit}s"
    return f"{counted_credits(one.credits)} = {shown_credits(one.quantity)} {many} × {one.factor}"


def same_topic(one: str, other: str) -> bool:
    """Whatever the case, the spaces and the punctuation."""
    return _folded(one) == _folded(other)


def most_in_a_period(ends: list[date], new: date, years: int) -> int:
    """How many of these days, the new one among them, lie in the fullest period of so many years that holds it."""
    days = sorted([*ends, new])
    periods = [[day for day in days if first <= day < years_after(first, years)] for first in days]
    return max(len(period) for period in periods if new in period)


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
