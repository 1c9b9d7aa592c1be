"""Person, the positions a person holds at libraries, and the roles granted to her."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, false, text
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of


class Role(StrEnum):
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class PositionKind(StrEnum):
    STAFF = "staff"
    DIRECTOR = "director"
    TRUSTEE = "trustee"
    BOARD_CHAIR = "board chair"


class Person(SQLModel, table=True):
    """A human being; keeps one history through every job and e-mail address.

    `awaits_introduction`: came by a first sign-in and has not said yet who she is.
    """

    __tablename__ = "person"
    __table_args__ = (Index("uq_person_email", text("lower(email)"), unique=True), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    first_name: str
    last_name: str
    email: str | None = None
    phone: str = ""
    demo_key: str | None = Field(default=None, unique=True)
    named_publicly: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    awaits_introduction: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime = Field(sa_type=Moment)
    deactivated_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class RoleGrant(SQLModel, table=True):
    __tablename__ = "role_grant"
    __table_args__ = (one_of("role", list(Role)), STRICT)

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: Role = Field(sa_type=String, primary_key=True)
    granted_at: datetime = Field(sa_type=Moment)


class Position(SQLModel, table=True):
    """What a person is at a library, from a day to a day (both included).

    `supervisor_id`: who verifies instead of the director, such as the head of her department.
    """

    __tablename__ = "position"
    __table_args__ = (
        one_of("kind", list(PositionKind)),
        CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="ends_after_begin"),
        Index("uq_position", "person_id", "library_id", "kind", "begins_on", unique=True),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    library_id: int = Field(foreign_key="library.id", index=True)
    kind: PositionKind = Field(sa_type=String)
    title: str = ""
    begins_on: date
    ends_on: date | None = None
    supervisor_id: int | None = Field(default=None, foreign_key="person.id")

    def held_on(self, day: date) -> bool:
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)
