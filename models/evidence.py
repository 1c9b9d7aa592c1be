"""Evidence: a random sample of self-reported credits whose proof is asked for, one by one."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of
from models.errors import NotAllowed, Problems, WrongState
from models.texts import typed


class EvidenceSample(SQLModel, table=True):
    """What was drawn from, with which seed: the same seed on the same credits draws the same sample again."""

    __tablename__ = "evidence_sample"
    __table_args__ = (CheckConstraint("drawn > 0 AND drawn <= population", name="drawn"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    seed: str
    since: date
    until: date
    population: int
    population_sha256: str
    drawn: int
    drawn_at: datetime = Field(sa_type=Moment)
    drawn_by_id: int = Field(foreign_key="person.id")


class EvidenceState(StrEnum):
    ASKED = "ASKED"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    EXCUSED = "EXCUSED"


class EvidenceRequest(SQLModel, table=True):
    """ASKED → RECEIVED → ACCEPTED | REFUSED(reason); ASKED → REFUSED(reason, nothing came) | EXCUSED(reason)."""

    __tablename__ = "evidence_request"
    __table_args__ = (
        one_of("state", list(EvidenceState)),
        CheckConstraint("state NOT IN ('REFUSED', 'EXCUSED') OR reason <> ''", name="with_reason"),
        CheckConstraint("state NOT IN ('RECEIVED', 'ACCEPTED') OR document_id IS NOT NULL", name="with_document"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    sample_id: int = Field(foreign_key="evidence_sample.id", index=True)
    credit_id: int = Field(foreign_key="credit.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: EvidenceState = Field(default=EvidenceState.ASKED, sa_type=String)
    asked_at: datetime = Field(sa_type=Moment)
    due_on: date
    document_id: int | None = Field(default=None, foreign_key="document.id")
    answer: str = ""
    received_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    def receive(self, document_id: int, answer: str, now: datetime) -> None:
        """The participant hands a file in; another one takes its place until it is decided. Raises WrongState."""
        if self.is_decided:
            raise WrongState("This was decided already; nothing more is needed.")
        self.state, self.document_id, self.answer, self.received_at = EvidenceState.RECEIVED, document_id, answer, now

    def accept(self, by_id: int, now: datetime) -> None:
        """Raises WrongState (nothing came yet), NotAllowed (her own)."""
        if self.document_id is None:
            raise WrongState("Nothing was handed in yet.")
        self._decide(by_id, now, EvidenceState.ACCEPTED, "")

    def refuse(self, by_id: int, now: datetime, reason: str) -> None:
        """Raises WrongState, NotAllowed (her own), Problems without a reason."""
        self._decide(by_id, now, EvidenceState.REFUSED, _required(reason))

    def excuse(self, by_id: int, now: datetime, reason: str) -> None:
        """No evidence is needed. Raises WrongState, NotAllowed (her own), Problems without a reason."""
        self._decide(by_id, now, EvidenceState.EXCUSED, _required(reason))

    def _decide(self, by_id: int, now: datetime, state: EvidenceState, reason: str) -> None:
        if self.is_decided:
            raise WrongState(f"This was already {self.state.lower()}.")
        if by_id == self.person_id:
            raise NotAllowed("This is your own credit. A colleague decides on it.")
        self.state, self.decided_at, self.decided_by_id, self.reason = state, now, by_id, reason


def _required(reason: str) -> str:
    if not typed(reason):
        raise Problems({"reason": "Say why: the person reads it."})
    return typed(reason)
