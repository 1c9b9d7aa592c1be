"""Letters: rows of the outbox, written in the transaction of the deed they tell of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of


class LetterState(StrEnum):
    WAITING = "waiting"
    CANCELLED = "cancelled"
    SENT = "sent"
    FAILED = "failed"


class Letter(SQLModel, table=True):
    """Waits until send_after, so that a deed can still be undone before anybody is told.

    `key` names a letter that is written once however often its cause comes by. A worker that sends it holds it until
    `leased_until`; FAILED is for good and told to the administrator.
    """

    __tablename__ = "letter"
    __table_args__ = (
        one_of("state", list(LetterState)),
        Index("ix_letter_state_send_after", "state", "send_after"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id", index=True)
    address: str
    subject: str
    body: str
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    state: LetterState = Field(default=LetterState.WAITING, sa_type=String)
    created_at: datetime = Field(sa_type=Moment)
    send_after: datetime = Field(sa_type=Moment)
    key: str | None = Field(default=None, unique=True)
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    leased_until: datetime | None = Field(default=None, sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    problem: str = Field(default="", sa_column_kwargs={"server_default": ""})
    calendar: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """A calendar entry that is attached (iCalendar)."""


class LetterTemplate(SQLModel, table=True):
    """An administrator's own words for a kind of letter, in place of the ones that the program comes with."""

    __tablename__ = "letter_template"
    __table_args__ = STRICT

    kind: str = Field(primary_key=True)
    subject: str
    body: str
    changed_at: datetime = Field(sa_type=Moment)
    changed_by_id: int = Field(foreign_key="person.id")


class Unsubscribed(SQLModel, table=True):
    """A kind of letter that a person does not want."""

    __tablename__ = "unsubscribed"
    __table_args__ = STRICT

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Moment)
