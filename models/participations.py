"""Participation: one person on one track version for one period."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, text
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of, unique_where
from models.errors import NotAllowed, Problems, WrongState
from models.evaluation import Waived
from models.texts import typed


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
    submission: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    reviewed_at: datetime | None = Field(default=None, sa_type=Moment)
    verified_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_note: str = ""
    issued_on: date | None = None
    verifier_id: int | None = Field(default=None, foreign_key="person.id")
    reviewed_by_id: int | None = Field(default=None, foreign_key="person.id")
    degree: str = Field(default="", sa_column_kwargs={"server_default": ""})
    first_due_on: date | None = None
    extension_reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    waivers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"})

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

    def submit(self, now: datetime) -> None:
        """Hand the record in. Raises WrongState."""
        if self.status != ParticipationStatus.IN_PROGRESS:
            raise WrongState(f"Only a track in progress can be submitted; this one is {self._in_words()}.")
        self.status, self.submitted_at, self.submission = ParticipationStatus.SUBMITTED, now, self.submission + 1
        self.returned_at, self.returned_note = None, ""

    def review(self, by_id: int, now: datetime) -> None:
        """The coordinator accepts the record. Raises WrongState, NotAllowed (her own)."""
        self._require_submitted("approved")
        self._refuse_own(by_id)
        if self.reviewed_at is not None:
            raise WrongState("This record was already approved.")
        self.reviewed_at, self.reviewed_by_id = now, by_id

    def take_review_back(self) -> None:
        """A credit on the record was reopened: the record is to be reviewed again."""
        self.reviewed_at, self.reviewed_by_id = None, None

    def begin_anew(self, due_on: date | None) -> None:
        """The certificate that it renews was revoked: a first certification again, to be reviewed by its rules."""
        self.renewal, self.counts_after, self.due_on = False, None, due_on
        self.take_review_back()

    def verify(self, by_id: int, now: datetime) -> None:
        """The supervisor's verification is recorded. Raises WrongState, NotAllowed (her own)."""
        self.require_others_record(by_id, "verified")
        self.verified_at = now

    def require_others_record(self, by_id: int, deed: str) -> None:
        """Submitted, not verified yet, and not one's own. Raises WrongState, NotAllowed."""
        self._require_submitted(deed)
        self._refuse_own(by_id)
        if self.verified_at is not None:
            raise WrongState("The verification of this record was already recorded.")

    def send_back(self, by_id: int, now: datetime, note: str) -> None:
        """Return the record with a note. Raises WrongState, NotAllowed (her own), Problems without a note."""
        self._require_submitted("returned")
        self._refuse_own(by_id)
        if not typed(note):
            raise Problems({"note": "Say what is missing or wrong: the person reads it."})
        self.status, self.submitted_at, self.verified_at = ParticipationStatus.IN_PROGRESS, None, None
        self.take_review_back()
        self.returned_at, self.returned_note = now, typed(note)

    def issue(self, issued_on: date, due_on: date) -> None:
        """A certificate exists for it. Raises WrongState without review and verification."""
        self._require_submitted("issued")
        if self.reviewed_at is None or self.verified_at is None:
            raise WrongState("A certificate needs the coordinator's review and the supervisor's verification.")
        self.status, self.issued_on, self.due_on = ParticipationStatus.ISSUED, issued_on, due_on

    def issue_by_degree(self, by_id: int, now: datetime, *, degree: str, graduated_on: date, due_on: date) -> None:
        """A degree stands for the whole track: issued as of the graduation. Raises WrongState, NotAllowed (her own)."""
        if self.status != ParticipationStatus.IN_PROGRESS:
            raise WrongState(f"A degree is recorded on a track in progress; this one is {self._in_words()}.")
        self._refuse_own(by_id)
        self.status, self.degree, self.issued_on, self.due_on = ParticipationStatus.ISSUED, degree, graduated_on, due_on
        self.submitted_at = self.reviewed_at = self.verified_at = now
        self.reviewed_by_id, self.begins_on = by_id, min(self.begins_on, graduated_on)

    def extend(self, by_id: int, due_on: date, reason: str) -> None:
        """Moves the due day back, with a reason. Raises WrongState, NotAllowed (her own), Problems (due_on, reason)."""
        self._require_open("extended")
        self._refuse_own(by_id)
        problems = {} if typed(reason) else {"reason": "Say why: the person reads it."}
        if self.due_on is None:
            raise WrongState("This track has no due day, so there is nothing to extend.")
        if due_on <= self.due_on:
            problems["due_on"] = "Enter a day after the present due day."
        if problems:
            raise Problems(problems)
        self.first_due_on = self.first_due_on or self.due_on
        self.due_on, self.extension_reason = due_on, typed(reason)

    def waive(self, by_id: int, requirement: str, credits: Decimal, reason: str) -> None:
        """So many credits of a requirement need not be earned; 0 takes the waiver back.

        Raises WrongState, NotAllowed (her own), Problems without a reason.
        """
        self._require_open("changed")
        self._refuse_own(by_id)
        if not typed(reason):
            raise Problems({"reason": "Say why: the person reads it."})
        others = {key: one for key, one in self.waivers.items() if key != requirement}
        self.waivers = (
            {**others, requirement: {"credits": str(credits), "reason": typed(reason)}} if credits else others
        )

    @property
    def waived(self) -> dict[str, Waived]:
        """By the key of the requirement."""
        return {key: Waived(Decimal(one["credits"]), one["reason"]) for key, one in self.waivers.items()}

    def shown_status(self, today: date) -> str:
        """In progress, Submitted, Reviewed, Verified, Issued, Withdrawn; Overdue and Expired come from dates."""
        if self.status == ParticipationStatus.ISSUED:
            return "Expired" if self.due_on is not None and today > self.due_on else "Issued"
        if self.status == ParticipationStatus.IN_PROGRESS and self.due_on is not None and today > self.due_on:
            return "Overdue"
        if self.status == ParticipationStatus.SUBMITTED and (self.verified_at or self.reviewed_at):
            return "Verified" if self.verified_at else "Reviewed"
        return {"IN_PROGRESS": "In progress", "SUBMITTED": "Submitted", "WITHDRAWN": "Withdrawn"}[self.status]

    def _require_open(self, deed: str) -> None:
        if not self.is_open:
            raise WrongState(f"A track that is {self._in_words()} cannot be {deed}.")

    def _require_submitted(self, deed: str) -> None:
        if self.status != ParticipationStatus.SUBMITTED:
            raise WrongState(f"Only a submitted record can be {deed}; this one is {self._in_words()}.")

    def _refuse_own(self, by_id: int) -> None:
        if by_id == self.person_id:
            raise NotAllowed("This is your own record. A colleague decides on it.")

    def _in_words(self) -> str:
        return self.status.lower().replace("_", " ")
