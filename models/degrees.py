"""Degree: a library degree that stands for the requirements of a track, with the diploma that proves it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of, unique_where
from models.errors import NotAllowed, Problems, WrongState
from models.texts import typed


class DegreeStatus(StrEnum):
    PENDING = "PENDING"
    RECORDED = "RECORDED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class Degree(SQLModel, table=True):
    """PENDING → RECORDED | RETURNED(reason) | WITHDRAWN; whoever corrects it hands a new one in."""

    __tablename__ = "degree"
    __table_args__ = (
        one_of("status", list(DegreeStatus)),
        CheckConstraint("institution <> '' AND kind <> ''", name="said"),
        CheckConstraint("status <> 'RETURNED' OR reason <> ''", name="returned_with_reason"),
        unique_where("uq_degree_open", "participation_id", where="status IN ('PENDING', 'RECORDED')"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    participation_id: int = Field(foreign_key="participation.id", index=True)
    institution: str
    kind: str
    graduated_on: date
    document_id: int = Field(foreign_key="document.id")
    handed_in_at: datetime = Field(sa_type=Moment, index=True)
    status: DegreeStatus = Field(default=DegreeStatus.PENDING, sa_type=String)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""

    @property
    def in_words(self) -> str:
        """`MLIS, University of Washington`."""
        return f"{self.kind}, {self.institution}"

    def record(self, by_id: int, now: datetime) -> None:
        """The coordinator has seen the diploma. Raises WrongState, NotAllowed (her own)."""
        self._decide(by_id, now, DegreeStatus.RECORDED)

    def send_back(self, by_id: int, now: datetime, reason: str) -> None:
        """Raises WrongState, NotAllowed (her own), Problems without a reason."""
        if not typed(reason):
            raise Problems({"reason": "Say what is missing or wrong: the person reads it."})
        self._decide(by_id, now, DegreeStatus.RETURNED)
        self.reason = typed(reason)

    def withdraw(self, now: datetime) -> None:
        """Its owner takes it back. Raises WrongState."""
        if self.status != DegreeStatus.PENDING:
            raise WrongState(f"Only a degree that waits can be taken back; this one is {self.status.lower()}.")
        self.status, self.decided_at = DegreeStatus.WITHDRAWN, now

    def _decide(self, by_id: int, now: datetime, status: DegreeStatus) -> None:
        if self.status != DegreeStatus.PENDING:
            raise WrongState(f"This degree was already {self.status.lower()}.")
        if by_id == self.person_id:
            raise NotAllowed("This is your own degree. A colleague decides on it.")
        self.status, self.decided_at, self.decided_by_id = status, now, by_id
