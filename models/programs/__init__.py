"""Program: a certification program with its categories, tracks and texts, as kept in the database."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Program(SQLModel, table=True):
    __tablename__ = "program"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    title: str
    time_zone: str
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    texts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ProgramImport(SQLModel, table=True):
    """One reading of a program file: imported once per program, version and hash."""

    __tablename__ = "program_import"
    __table_args__ = STRICT

    program_key: str = Field(primary_key=True)
    version: str = Field(primary_key=True)
    sha256: str
    imported_at: datetime = Field(sa_type=Moment)


class Category(SQLModel, table=True):
    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("program_id", "key"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id")
    key: str
    name: str
    help: str = ""
    place: int = 0


class Track(SQLModel, table=True):
    """What is to be earned: one lasting key and a shown name."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("program_id", "key"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id")
    key: str
    name: str
    who: str = ""
    place: int = 0


class TrackVersion(SQLModel, table=True):
    """The requirements of a track from a day on; never changed once published."""

    __tablename__ = "track_version"
    __table_args__ = (
        UniqueConstraint("track_id", "version"),
        CheckConstraint("years > 0", name="years"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    track_id: int = Field(foreign_key="track.id")
    version: str
    effective_on: date
    published: bool = False
    years: int
    requirements: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    source: str = ""
    note: str = ""
