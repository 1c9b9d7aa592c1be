"""Jobs that come round, such as the nightly backup: when each was done, and who is at it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Job(SQLModel, table=True):
    """Whoever does it holds it until `leased_until`, so that of several processes one does it."""

    __tablename__ = "job"
    __table_args__ = STRICT

    name: str = Field(primary_key=True)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    leased_until: datetime | None = Field(default=None, sa_type=Moment)
    problem: str = ""
