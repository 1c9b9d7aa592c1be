"""Verification: a supervisor says of a credit on a submitted record that it happened, or does not."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of


class VerificationResult(StrEnum):
    CONFIRMED = "CONFIRMED"
    NOT_CONFIRMED = "NOT_CONFIRMED"


class VerifiedBy(StrEnum):
    """How the verification came."""

    LETTER = "letter"
    PHONE = "phone"
    PAPER = "paper"
    LINK = "link"
    """By the one-time link in a letter of ours."""
    ACCOUNT = "account"
    """Signed in."""


BY_OFFICE = (VerifiedBy.LETTER, VerifiedBy.PHONE, VerifiedBy.PAPER)
"""How it comes to a coordinator, who writes it down."""


class Verification(SQLModel, table=True):
    """One credit of one submission of a participation. A record that is submitted again is verified again."""

    __tablename__ = "verification"
    __table_args__ = (
        one_of("result", list(VerificationResult)),
        one_of("how", list(VerifiedBy)),
        CheckConstraint("verifier_name <> ''", name="verifier"),
        Index("uq_verification", "participation_id", "submission", "credit_id", unique=True),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    participation_id: int = Field(foreign_key="participation.id")
    submission: int
    credit_id: int = Field(foreign_key="credit.id", index=True)
    result: VerificationResult = Field(sa_type=String)
    verifier_name: str
    how: VerifiedBy = Field(sa_type=String)
    verified_on: date
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=Moment)
    reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    request_id: int | None = Field(default=None, foreign_key="verification_request.id")


class InterimVerification(SQLModel, table=True):
    """A credit verified before its record is submitted, by the supervisor of a library that the person leaves.

    It holds for the credit as it was then: `shown` is a digest of it.
    """

    __tablename__ = "interim_verification"
    __table_args__ = (
        one_of("result", list(VerificationResult)),
        one_of("how", list(VerifiedBy)),
        CheckConstraint("verifier_name <> ''", name="verifier"),
        Index("uq_interim_verification", "credit_id", "request_id", unique=True),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    credit_id: int = Field(foreign_key="credit.id")
    request_id: int = Field(foreign_key="verification_request.id", index=True)
    result: VerificationResult = Field(sa_type=String)
    reason: str = ""
    verifier_name: str
    how: VerifiedBy = Field(sa_type=String)
    verified_on: date
    recorded_at: datetime = Field(sa_type=Moment)
    shown: str


class SubmittedCredit(SQLModel, table=True):
    """A credit on the frozen list of a submitted record."""

    __tablename__ = "submitted_credit"
    __table_args__ = STRICT

    participation_id: int = Field(foreign_key="participation.id", primary_key=True)
    credit_id: int = Field(foreign_key="credit.id", primary_key=True, index=True)
