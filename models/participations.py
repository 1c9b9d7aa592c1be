"""Participation: one person on one track version for one period."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of, unique_where
from models.errors import WrongState


class ParticipationStatus(StrEnum):
    IN_PROGRESS = "IN_PROGRESS"
    SUBMITTED = "SUBMITTED"
    ISSUED = "ISSUED"
    WITHDRAWN = "WITHDRAWN"


OPEN = (ParticipationStatus.IN_PROGRESS, ParticipationStatus.SUBMITTED)


class Participation(SQLModel, table=True):
    """IN_PROGRESS → SUBMITTED → ISSUED; SUBMITTED → IN_PROGRESS (returned, note); open → WITHDRAWN."""

    __tablename__ = "participation"
    __table_args__ = (
        one_of("status", list(ParticipationStatus)),
        CheckConstraint("due_on IS NULL OR due_on >= begins_on", name="due_after_begin"),
        unique_where("uq_participation_open", "person_id", "track_id", where="status IN ('IN_PROGRESS', 'SUBMITTED')"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    track_id: int = Field(foreign_key="track.id", index=True)
    track_version_id: int = Field(foreign_key="track_version.id", index=True)
    status: ParticipationStatus = Field(default=ParticipationStatus.IN_PROGRESS, sa_type=String)
    renewal: bool = False
    begins_on: date
    due_on: date | None = None
    counts_after: datetime | None = Field(default=None, sa_type=Moment)
    library_id: int | None = Field(default=None, foreign_key="library.id")
    position: str = ""
    verifier_name: str = ""
    verifier_email: str = ""
    note: str = ""
    created_at: datetime = Field(sa_type=Moment)
    submitted_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_note: str = ""
    issued_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def update(
        self, *, library_id: int | None, position: str, verifier_name: str, verifier_email: str, note: str
    ) -> None:
        """Change what may change while open; never the version. Raises WrongState."""
        self._require_open("updated")
        self.library_id, self.position, self.note = library_id, position, note
        self.verifier_name, self.verifier_email = verifier_name, verifier_email

    def withdraw(self) -> None:
        """Give the track up. Credits stay. Raises WrongState."""
        self._require_open("withdrawn")
        self.status = ParticipationStatus.WITHDRAWN

    def shown_status(self, today: date) -> str:
        """In progress, Submitted, Issued, Expired or Withdrawn; Overdue and Expired are computed, never stored."""
        if self.status == ParticipationStatus.ISSUED:
            return "Expired" if self.due_on is not None and today > self.due_on else "Issued"
        if self.status == ParticipationStatus.IN_PROGRESS and self.due_on is not None and today > self.due_on:
            return "Overdue"
        return {"IN_PROGRESS": "In progress", "SUBMITTED": "Submitted", "WITHDRAWN": "Withdrawn"}[self.status]

    def _require_open(self, deed: str) -> None:
        if not self.is_open:
            raise WrongState(f"A track that is {self.status.lower().replace('_', ' ')} cannot be {deed}.")
