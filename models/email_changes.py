"""A new e-mail address that counts once its owner has confirmed it by the link in a letter."""

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment

VALID_FOR = timedelta(days=3)


class EmailChange(SQLModel, table=True):
    """The link's token is kept as its hash only."""

    __tablename__ = "email_change"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    address: str
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now - self.created_at <= VALID_FOR
