"""Reminder: that a participation comes due in so many days was told, once."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Reminder(SQLModel, table=True):
    """By due day, so that an extension is told anew."""

    __tablename__ = "reminder"
    __table_args__ = STRICT

    participation_id: int = Field(foreign_key="participation.id", primary_key=True)
    due_on: date = Field(primary_key=True)
    days: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sent_at: datetime = Field(sa_type=Moment)


def days_to_tell(due_on: date, today: date, days_before: list[int], told: set[int]) -> int | None:
    """The program's number of days that is to be told today: the nearest one that has come and was not told.

    One that was missed is not told late once a nearer one has come. After the due day nothing is told.
    """
    left = (due_on - today).days
    come = [days for days in days_before if days >= left]
    if left < 0 or not come:
        return None
    nearest = min(come)
    return None if nearest in told else nearest
