"""Credit: one person's credit from one credit line of an event, and the verbs that move it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, CreditValue, Moment, index_where, one_of, unique_where
from models.errors import NotAllowed, Problems, WrongState
from models.texts import typed
from models.times import years_after


class CreditStatus(StrEnum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class CreditSource(StrEnum):
    CLAIM = "claim"
    INDEPENDENT = "independent event"
    ATTENDANCE = "attendance"
    REGISTRATION = "registration"


BY_ITSELF = (CreditSource.ATTENDANCE, CreditSource.REGISTRATION)
"""They come without a claim."""


class Credit(SQLModel, table=True):
    """PENDING → APPROVED | DECLINED, and back by Undo, Reopen or Correct and resubmit; PENDING → WITHDRAWN."""

    __tablename__ = "credit"
    __table_args__ = (
        one_of("status", list(CreditStatus)),
        one_of("source", list(CreditSource)),
        CheckConstraint("credits > 0", name="credits"),
        CheckConstraint("(status IN ('APPROVED', 'DECLINED')) = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("status <> 'DECLINED' OR reason <> ''", name="declined_with_reason"),
        # A second claim of the same credit line is impossible, whatever the code does.
        unique_where("uq_credit_live", "person_id", "line_id", where="status IN ('PENDING', 'APPROVED', 'DECLINED')"),
        index_where("ix_credit_pending", "claim_id", where="status = 'PENDING'"),
        Index("ix_credit_claim_id", "claim_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    line_id: int = Field(foreign_key="event_credit_line.id", index=True)
    claim_id: int | None = Field(default=None, foreign_key="claim.id")
    credits: Decimal = Field(sa_type=CreditValue)
    status: CreditStatus = Field(default=CreditStatus.PENDING, sa_type=String)
    source: CreditSource = Field(default=CreditSource.CLAIM, sa_type=String)
    created_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""

    def approve(self, by_id: int, now: datetime) -> None:
        """Accept that it qualifies. Raises WrongState, NotAllowed (her own)."""
        self._decide(by_id, now, CreditStatus.APPROVED, "")

    def decline(self, by_id: int, now: datetime, reason: str) -> None:
        """Refuse it with a reason that its owner reads. Raises WrongState, NotAllowed, Problems."""
        if not typed(reason):
            raise Problems({"reason": "Say why, so that the person can correct it."})
        self._decide(by_id, now, CreditStatus.DECLINED, typed(reason))

    def withdraw(self) -> None:
        """Taken back by its owner while nobody has decided. Raises WrongState."""
        if self.status != CreditStatus.PENDING:
            raise WrongState(f"Only a pending credit can be withdrawn; this one is {self.status.lower()}.")
        self.status = CreditStatus.WITHDRAWN

    def resubmit(self) -> None:
        """Back to PENDING by its owner, corrected. Raises WrongState."""
        if self.status != CreditStatus.DECLINED:
            raise WrongState("Only a declined credit can be corrected and resubmitted.")
        self._back_to_pending()

    def reopen(self, by_id: int) -> None:
        """Back to PENDING by a coordinator. Raises WrongState, NotAllowed (her own)."""
        if self.status not in {CreditStatus.APPROVED, CreditStatus.DECLINED}:
            raise WrongState(f"Only a decided credit can be reopened; this one is {self.status.lower()}.")
        self._refuse_own(by_id)
        self._back_to_pending()

    def give(self, now: datetime) -> None:
        """APPROVED by attendance: nobody decides on it. Raises WrongState."""
        if self.status != CreditStatus.PENDING:
            raise WrongState(f"This was already {self.status.lower()}.")
        self.status, self.decided_at = CreditStatus.APPROVED, now

    def leave_to(self, source: CreditSource) -> None:
        """She claimed it, and nobody decided: from now on it follows attendance or registration. Raises WrongState."""
        if self.status != CreditStatus.PENDING:
            raise WrongState(f"This was already {self.status.lower()}.")
        self.source = source

    def follow_attendance(self, credits: Decimal, now: datetime, reason: str, *, drop: bool = False) -> None:
        """So many credits by what the list says, APPROVED. None: DECLINED with the reason, or with `drop` WITHDRAWN and
        out of its claim, where other credits of that stand.

        Raises WrongState for a credit that did not come by attendance, or that somebody declined.
        """
        if self.source not in BY_ITSELF:
            raise WrongState("It was claimed, and decided by a coordinator. Reopen that claim to decide it anew.")
        if self.status == CreditStatus.DECLINED and self.decided_by_id is not None:
            raise WrongState("A coordinator declined it. Reopen it to decide it anew.")
        self.decided_at, self.decided_by_id, self.reason = now, None, ""
        if credits:
            self.status, self.credits = CreditStatus.APPROVED, credits
        elif drop:
            self.status, self.decided_at, self.claim_id = CreditStatus.WITHDRAWN, None, None
        else:
            self.status, self.reason = CreditStatus.DECLINED, reason

    def _decide(self, by_id: int, now: datetime, status: CreditStatus, reason: str) -> None:
        if self.status != CreditStatus.PENDING:
            raise WrongState(f"This was already {self.status.lower()}.")
        self._refuse_own(by_id)
        self.status, self.decided_at, self.decided_by_id, self.reason = status, now, by_id, reason

    def _refuse_own(self, by_id: int) -> None:
        if by_id == self.person_id:
            raise NotAllowed("This is your own credit. A colleague decides on it.")

    def _back_to_pending(self) -> None:
        self.status, self.decided_at, self.decided_by_id, self.reason = CreditStatus.PENDING, None, None, ""


def expires_on(ended_on: date, look_back_years: int) -> date:
    """A credit's expiration date: the local day of its event's end plus the program's look-back."""
    return years_after(ended_on, look_back_years)


def shown_credits(value: Decimal) -> str:
    """`1`, `2.5`: no trailing zero."""
    return str(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.quantize(Decimal("0.1")))


def counted_credits(value: Decimal) -> str:
    """`1 credit`, `2.5 credits`."""
    return f"{shown_credits(value)} credit{'' if value == 1 else 's'}"
