"""VerificationRequest: what a supervisor is asked to verify, and how she answered."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of, unique_where
from models.errors import WrongState


class RequestState(StrEnum):
    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    REFERRED = "REFERRED"
    """She said that she is not the right person."""
    REPLACED = "REPLACED"
    """Another letter went out, or the record changed hands: the link answers nothing any more."""


class RequestKind(StrEnum):
    RECORD = "RECORD"
    """All credits of a submitted record."""
    INTERIM = "INTERIM"
    """The credits so far of somebody who leaves a library."""


class VerificationRequest(SQLModel, table=True):
    """OPEN → ANSWERED | REFERRED | REPLACED. Of the link only a hash is kept; moments are UTC."""

    __tablename__ = "verification_request"
    __table_args__ = (
        one_of("state", list(RequestState)),
        one_of("kind", list(RequestKind)),
        CheckConstraint("(kind = 'RECORD') = (participation_id IS NOT NULL)", name="record"),
        CheckConstraint("(kind = 'INTERIM') = (until_on IS NOT NULL)", name="interim"),
        CheckConstraint("(state = 'OPEN') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("verifier_name <> ''", name="verifier"),
        unique_where("uq_request_open_record", "participation_id", where="state = 'OPEN' AND kind = 'RECORD'"),
        unique_where("uq_request_open_interim", "person_id", where="state = 'OPEN' AND kind = 'INTERIM'"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: RequestKind = Field(sa_type=String)
    person_id: int = Field(foreign_key="person.id", index=True)
    participation_id: int | None = Field(default=None, foreign_key="participation.id", index=True)
    submission: int = 0
    library_id: int | None = Field(default=None, foreign_key="library.id")
    until_on: date | None = None
    verifier_name: str
    verifier_email: str = ""
    verifier_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    token_hash: str = Field(unique=True)
    asked_at: datetime = Field(sa_type=Moment)
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime = Field(sa_type=Moment)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    state: RequestState = Field(default=RequestState.OPEN, sa_type=String)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_by: str = ""
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    address: str = ""
    device: str = ""
    shown: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    def answer(self, now: datetime, shown: str) -> None:
        """Her answer to what she was shown (a digest of it). Raises WrongState: answered, replaced or too late."""
        self.refuse_unless_open(now)
        self.state, self.ended_at, self.shown = RequestState.ANSWERED, now, shown

    def refer(self, now: datetime, note: str) -> None:
        """She is not the right person; `note` says whom to ask. Raises WrongState."""
        self.refuse_unless_open(now)
        self.state, self.ended_at, self.note = RequestState.REFERRED, now, note

    def replace(self, now: datetime) -> None:
        """The link answers nothing any more."""
        if self.is_open:
            self.state, self.ended_at = RequestState.REPLACED, now

    def refuse_unless_open(self, now: datetime) -> None:
        """Raises WrongState with what became of it."""
        if self.state == RequestState.ANSWERED:
            raise WrongState("This was answered already. Thank you; nothing is left to do.")
        if self.state == RequestState.REFERRED:
            raise WrongState("Somebody else is asked now, as you told us. Nothing is left to do.")
        if self.state == RequestState.REPLACED:
            raise WrongState("This link was replaced: the record changed, or a newer letter was sent. Use the newest.")
        if now >= self.expires_at:
            raise WrongState("This link has expired. Ask the state library for a new one.")
