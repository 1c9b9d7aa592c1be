"""Claim: the deed of adding credits for one event, one entry in the coordinator's queue."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Claim(SQLModel, table=True):
    """Takes all credit lines of an event. Its status is that of its credits."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_person_event", "person_id", "event_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    event_id: int = Field(foreign_key="event.id", index=True)
    claimed_at: datetime = Field(sa_type=Moment)
    waiting_since: datetime = Field(sa_type=Moment)
    email_on_assigned: bool = False
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    entered_reason: str = ""
    note: str = ""
    duplicate_of_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    duplicate_why: str = ""
