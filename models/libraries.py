"""Libraries."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Library(SQLModel, table=True):
    __tablename__ = "library"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    city: str = ""
    kind: str = ""
    deactivated_at: datetime | None = Field(default=None, sa_type=Moment)
