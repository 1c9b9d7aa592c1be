"""Identity: an account at a sign-in provider that is a person's; and sign-ins that are on their way."""

from datetime import datetime, timedelta

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment

ATTEMPT = timedelta(minutes=15)


class Identity(SQLModel, table=True):
    """Known by issuer and subject, never by e-mail address: addresses change hands. A person may have several."""

    __tablename__ = "identity"
    __table_args__ = (Index("uq_identity", "issuer", "subject", unique=True), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    issuer: str
    subject: str
    email: str = ""
    linked_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)


class SignInAttempt(SQLModel, table=True):
    """What the browser that went to a provider must bring back. Holds for a quarter of an hour and for one use."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = STRICT

    token_hash: str = Field(primary_key=True)
    provider: str
    state: str
    nonce: str
    code_verifier: str
    target: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Moment, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Moment)

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.created_at + ATTEMPT
