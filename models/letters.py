"""Letters: rows of the outbox, written in the transaction of the deed they tell of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of


class LetterState(StrEnum):
    WAITING = "waiting"
    CANCELLED = "cancelled"
    SENT = "sent"


class Letter(SQLModel, table=True):
    """Waits until send_after, so that a deed can still be undone before anybody is told."""

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
