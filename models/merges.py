"""Merge: two records of one person become one, and can be taken apart again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, unique_where


class PersonMerge(SQLModel, table=True):
    """What went from the merged person to the kept one, by table; a person is merged into one other at a time."""

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_people"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone"),
        unique_where("uq_person_merge_standing", "merged_id", where="undone_at IS NULL"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="person.id", index=True)
    merged_id: int = Field(foreign_key="person.id")
    reason: str
    moved: dict[str, Any] = Field(sa_type=JSON)
    merged_at: datetime = Field(sa_type=Moment)
    merged_by_id: int = Field(foreign_key="person.id")
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by_id: int | None = Field(default=None, foreign_key="person.id")
