"""Drafts of long forms and remembered choices: what a person typed or prefers, before any record exists."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Draft(SQLModel, table=True):
    """The values of one form of one person, by field name."""

    __tablename__ = "draft"
    __table_args__ = STRICT

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    form: str = Field(primary_key=True)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    kept_at: datetime = Field(sa_type=Moment)
