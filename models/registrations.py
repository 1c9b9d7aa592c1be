"""Registration: a person's place at an event, or in its waiting list, and whether she came; and her own calendar."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of, unique_where
from models.errors import NotAllowed, Problems, WrongState


class RegistrationState(StrEnum):
    REGISTERED = "REGISTERED"
    WAITING = "WAITING"
    CANCELLED = "CANCELLED"
    ATTENDED = "ATTENDED"
    ABSENT = "ABSENT"


SEATED = (RegistrationState.REGISTERED, RegistrationState.ATTENDED, RegistrationState.ABSENT)
"""They have a seat."""


class Registration(SQLModel, table=True):
    """REGISTERED | WAITING → CANCELLED; WAITING → REGISTERED; REGISTERED → ATTENDED(minutes) | ABSENT, and back.

    Who waits moves up in the order of the ids. `answers` are those to the event's questions, by their keys.
    """

    __tablename__ = "registration"
    __table_args__ = (
        one_of("state", list(RegistrationState)),
        CheckConstraint("(state = 'ATTENDED') = (minutes IS NOT NULL)", name="minutes"),
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes_long"),
        CheckConstraint("(state = 'CANCELLED') = (cancelled_at IS NOT NULL)", name="cancelled"),
        Index("ix_registration_event_id", "event_id", "state"),
        # One seat or place in the list for each, whatever the code does.
        unique_where("uq_registration_live", "event_id", "person_id", where="state <> 'CANCELLED'"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    state: RegistrationState = Field(default=RegistrationState.REGISTERED, sa_type=String)
    minutes: int | None = None
    presenter: bool = False
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    registered_at: datetime = Field(sa_type=Moment)
    registered_by_id: int | None = Field(default=None, foreign_key="person.id")
    moved_up_at: datetime | None = Field(default=None, sa_type=Moment)
    cancelled_at: datetime | None = Field(default=None, sa_type=Moment)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    marked_at: datetime | None = Field(default=None, sa_type=Moment)
    marked_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""

    def cancel(self, now: datetime) -> None:
        """The seat, or the place in the list, is given back. Raises WrongState."""
        if self.state not in {RegistrationState.REGISTERED, RegistrationState.WAITING}:
            raise WrongState("Attendance was recorded already: this registration cannot be cancelled any more.")
        self.state, self.cancelled_at = RegistrationState.CANCELLED, now

    def move_up(self, now: datetime) -> None:
        """A seat became free. Raises WrongState."""
        if self.state != RegistrationState.WAITING:
            raise WrongState("Only who waits can move up.")
        self.state, self.moved_up_at = RegistrationState.REGISTERED, now

    def attend(self, by_id: int, now: datetime, minutes: int, *, presenter: bool = False) -> None:
        """She came, for so many minutes. Raises WrongState, NotAllowed (her own), Problems."""
        if minutes < 0:
            raise Problems({"minutes": "Minutes are a whole number from 0 on."})
        self._mark(by_id, now, RegistrationState.ATTENDED)
        self.minutes, self.presenter = minutes, presenter

    def be_absent(self, by_id: int, now: datetime) -> None:
        """She did not come. Raises WrongState, NotAllowed (her own)."""
        self._mark(by_id, now, RegistrationState.ABSENT)
        self.minutes, self.presenter = None, False

    def unmark(self, by_id: int) -> None:
        """As if nobody had said anything. Raises WrongState, NotAllowed (her own)."""
        self._refuse(by_id)
        self.state, self.minutes, self.presenter = RegistrationState.REGISTERED, None, False
        self.marked_at = self.marked_by_id = None

    def _mark(self, by_id: int, now: datetime, state: RegistrationState) -> None:
        self._refuse(by_id)
        self.state, self.marked_at, self.marked_by_id = state, now, by_id

    def _refuse(self, by_id: int) -> None:
        if self.state not in SEATED:
            raise WrongState("Only who is registered can be marked as present or absent.")
        if by_id == self.person_id:
            raise NotAllowed("This is your own attendance. A colleague records it.")


class CalendarFeed(SQLModel, table=True):
    """The secret address of a person's own calendar: `number` grows with each new one, and the old ones end."""

    __tablename__ = "calendar_feed"
    __table_args__ = STRICT

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    number: int = 1
    made_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
