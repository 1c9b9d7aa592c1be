"""Events to learn from, and the credit that each gives by category."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import STRICT, CreditValue, Moment, one_of
from models.times import local_day


class EventKind(StrEnum):
    SPONSORED = "sponsored"
    INDEPENDENT = "independent"


class Event(SQLModel, table=True):
    """Something to learn from: sponsored (on the calendar) or independent (entered by its owner)."""

    __tablename__ = "event"
    __table_args__ = (
        one_of("kind", list(EventKind)),
        CheckConstraint("ends_at > begins_at", name="ends_after_begin"),
        CheckConstraint("(kind = 'independent') = (owner_id IS NOT NULL)", name="owner"),
        Index("ix_event_kind_ends_at", "kind", "ends_at"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: EventKind = Field(sa_type=String)
    title: str
    begins_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    time_zone: str
    sponsor: str = ""
    presenter: str = ""
    description: str = ""
    location: str = ""
    online: bool = False
    link: str = ""
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    source_key: str | None = Field(default=None, unique=True)
    created_at: datetime = Field(sa_type=Moment)

    def has_ended(self, now: datetime) -> bool:
        """Claimable from the minute it ends, in whatever zone it is held."""
        return now >= self.ends_at

    @property
    def ended_on(self) -> date:
        """The local day of its end: the anchor of a credit's expiration date."""
        return local_day(self.ends_at, self.time_zone)


class EventCreditLine(SQLModel, table=True):
    """A category and the credits that the event gives in it."""

    __tablename__ = "event_credit_line"
    __table_args__ = (
        UniqueConstraint("event_id", "category_id"),
        CheckConstraint("credits > 0", name="credits"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    category_id: int = Field(foreign_key="category.id", index=True)
    credits: Decimal = Field(sa_type=CreditValue)
