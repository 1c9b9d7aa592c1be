"""Events to learn from, and the credit that each gives by category."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import STRICT, CreditValue, Moment, one_of
from models.errors import Problems, WrongState
from models.texts import typed
from models.times import local_day


class EventKind(StrEnum):
    SPONSORED = "sponsored"
    INDEPENDENT = "independent"


class EventType(StrEnum):
    """What best describes it, as ASPeN asks."""

    LEARNING = "Continuing Education"
    DEADLINE = "Deadlines"
    MEETING = "Meetings"
    OTHER = "Other"


class EventState(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"


class RegistrationMode(StrEnum):
    """Whether one registers, and where."""

    NONE = "none"
    HERE = "here"
    ELSEWHERE = "elsewhere"


class Event(SQLModel, table=True):
    """Something to learn from: sponsored (on the calendar) or independent (entered by its owner).

    A sponsored one is DRAFT → PUBLISHED → CANCELLED(reason). `parent_id` is the conference of which it is a session,
    `series` what recurring events have in common; `sequence` counts changes that calendars should take over.
    """

    __tablename__ = "event"
    __table_args__ = (
        one_of("kind", list(EventKind)),
        CheckConstraint("ends_at > begins_at", name="ends_after_begin"),
        CheckConstraint("(kind = 'independent') = (owner_id IS NOT NULL)", name="owner"),
        one_of("type", list(EventType)),
        one_of("state", list(EventState)),
        one_of("registration", list(RegistrationMode)),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        CheckConstraint("state <> 'CANCELLED' OR cancel_reason <> ''", name="cancelled_with_reason"),
        CheckConstraint("kind = 'sponsored' OR state = 'PUBLISHED'", name="own_is_published"),
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
    type: EventType = Field(
        default=EventType.LEARNING, sa_type=String, sa_column_kwargs={"server_default": EventType.LEARNING.value}
    )
    state: EventState = Field(
        default=EventState.PUBLISHED, sa_type=String, sa_column_kwargs={"server_default": EventState.PUBLISHED.value}
    )
    registration: RegistrationMode = Field(
        default=RegistrationMode.NONE, sa_type=String, sa_column_kwargs={"server_default": RegistrationMode.NONE.value}
    )
    registration_link: str = Field(default="", sa_column_kwargs={"server_default": ""})
    meeting_link: str = Field(default="", sa_column_kwargs={"server_default": ""})
    cancel_reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    capacity: int | None = None
    registration_closes_at: datetime | None = Field(default=None, sa_type=Moment)
    questions: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    parent_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    series: str = Field(default="", sa_column_kwargs={"server_default": ""})
    sequence: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    changed_at: datetime | None = Field(default=None, sa_type=Moment)
    attendance_closed_at: datetime | None = Field(default=None, sa_type=Moment)

    def publish(self, now: datetime) -> None:
        """From now on everybody sees it. Raises WrongState."""
        if self.state != EventState.DRAFT:
            raise WrongState(f"This event is {self.state.lower()} already.")
        self.state = EventState.PUBLISHED
        self.note_change(now)

    def cancel(self, now: datetime, reason: str) -> None:
        """It does not take place. Raises WrongState (a draft, cancelled, ended), Problems without a reason."""
        if not typed(reason):
            raise Problems({"reason": "Say why: those who are registered read it."})
        if self.state != EventState.PUBLISHED:
            raise WrongState(f"Only a published event can be cancelled; this one is {self.state.lower()}.")
        if self.has_ended(now):
            raise WrongState("This event has ended. It cannot be cancelled any more.")
        self.state, self.cancel_reason = EventState.CANCELLED, typed(reason)
        self.note_change(now)

    def note_change(self, now: datetime) -> None:
        """Calendars that have it take the change over."""
        self.sequence, self.changed_at = self.sequence + 1, now

    @property
    def is_public(self) -> bool:
        """Seen by everybody: published, or cancelled after that."""
        return self.kind == EventKind.SPONSORED and self.state != EventState.DRAFT

    @property
    def takes_place(self) -> bool:
        return self.kind == EventKind.SPONSORED and self.state == EventState.PUBLISHED

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.begins_at).total_seconds() // 60)

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


class EventRole(StrEnum):
    TRAINER = "trainer"
    CONTACT = "contact"
    EDITOR = "editor"


class EventPerson(SQLModel, table=True):
    """Who trains, who answers questions, and who may edit it beside the coordinators."""

    __tablename__ = "event_person"
    __table_args__ = (one_of("role", list(EventRole)), STRICT)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    role: EventRole = Field(sa_type=String, primary_key=True)


class EventResource(SQLModel, table=True):
    """Something handed out with an event: a link, or a file."""

    __tablename__ = "event_resource"
    __table_args__ = (CheckConstraint("(link <> '') = (document_id IS NULL)", name="link_or_file"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    title: str
    link: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id")
