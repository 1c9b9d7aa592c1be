"""Conversion: credits that are computed from something else, such as college credits or a workshop that was given."""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, CreditValue, one_of


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
