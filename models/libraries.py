"""Libraries."""

from sqlmodel import Field, SQLModel

from models.base import STRICT


class Library(SQLModel, table=True):
    __tablename__ = "library"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    city: str = ""
    kind: str = ""
