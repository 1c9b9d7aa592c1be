"""Sign-in sessions: the cookie holds a random token, the row holds its hash."""

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)


class SignInSession(SQLModel, table=True):
    """Valid until it was ended, 8 hours after the last visit or 7 days after sign-in.

    `provider_session` is the provider's own name for it (`sid`), by which a back-channel logout ends it.
    """

    __tablename__ = "sign_in_session"
    __table_args__ = STRICT

    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    identity_id: int | None = Field(default=None, foreign_key="identity.id")
    provider_session: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})
    device: str = Field(default="", sa_column_kwargs={"server_default": ""})
    address: str = Field(default="", sa_column_kwargs={"server_default": ""})

    def is_valid(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.seen_at + IDLE and now < self.created_at + ABSOLUTE
