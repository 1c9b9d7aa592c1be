"""Submitted records, their verification, and a new e-mail address on its way."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def create_submitted_credits() -> None:
    op.create_table(
        "submitted_credit",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_submitted_credit_credit_id")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_submitted_credit_participation_id")
        ),
        sa.PrimaryKeyConstraint("participation_id", "credit_id", name=op.f("pk_submitted_credit")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("submitted_credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submitted_credit_credit_id"), ["credit_id"], unique=False)


def create_verifications() -> None:
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("verifier_name", AutoString(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.CheckConstraint("how IN ('letter', 'phone', 'paper')", name=op.f("ck_verification_how")),
        sa.CheckConstraint("result IN ('CONFIRMED', 'NOT_CONFIRMED')", name=op.f("ck_verification_result")),
        sa.CheckConstraint("verifier_name <> ''", name=op.f("ck_verification_verifier")),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_verification_credit_id")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_verification_participation_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_verification_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_credit_id"), ["credit_id"], unique=False)
        batch_op.create_index("uq_verification", ["participation_id", "submission", "credit_id"], unique=True)


def create_email_changes() -> None:
    op.create_table(
        "email_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_email_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_email_change_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("email_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_email_change_person_id"), ["person_id"], unique=False)


def add_columns() -> None:
    op.add_column("participation", sa.Column("submission", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("participation", sa.Column("reviewed_at", Moment(), nullable=True))
    op.add_column("participation", sa.Column("verified_at", Moment(), nullable=True))
    op.add_column("person", sa.Column("named_publicly", sa.Boolean(), server_default=sa.false(), nullable=False))
