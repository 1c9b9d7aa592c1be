"""What a supervisor is asked and how she answers, before and after a record is submitted."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def create_requests() -> None:
    op.create_table(
        "verification_request",
        *_columns_of_requests(),
        *_constraints_of_requests(),
        sqlite_strict=True,
    )
    with op.batch_alter_table("verification_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_request_participation_id"), ["participation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_verification_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_request_verifier_id"), ["verifier_id"], unique=False)
        batch_op.create_index(
            "uq_request_open_interim",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'OPEN' AND kind = 'INTERIM'"),
            postgresql_where=sa.text("state = 'OPEN' AND kind = 'INTERIM'"),
        )
        batch_op.create_index(
            "uq_request_open_record",
            ["participation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'OPEN' AND kind = 'RECORD'"),
            postgresql_where=sa.text("state = 'OPEN' AND kind = 'RECORD'"),
        )


def _columns_of_requests() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("library_id", sa.Integer(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("verifier_name", AutoString(), nullable=False),
        sa.Column("verifier_email", AutoString(), nullable=False),
        sa.Column("verifier_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("answered_by", AutoString(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("device", AutoString(), nullable=False),
        sa.Column("shown", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
    ]


def _constraints_of_requests() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint("(kind = 'INTERIM') = (until_on IS NOT NULL)", name=op.f("ck_verification_request_interim")),
        sa.CheckConstraint(
            "(kind = 'RECORD') = (participation_id IS NOT NULL)", name=op.f("ck_verification_request_record")
        ),
        sa.CheckConstraint("(state = 'OPEN') = (ended_at IS NULL)", name=op.f("ck_verification_request_ended")),
        sa.CheckConstraint("kind IN ('RECORD', 'INTERIM')", name=op.f("ck_verification_request_kind")),
        sa.CheckConstraint(
            "state IN ('OPEN', 'ANSWERED', 'REFERRED', 'REPLACED')", name=op.f("ck_verification_request_state")
        ),
        sa.CheckConstraint("verifier_name <> ''", name=op.f("ck_verification_request_verifier")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_verification_request_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_verification_request_asked_by_id")),
        sa.ForeignKeyConstraint(["library_id"], ["library.id"], name=op.f("fk_verification_request_library_id")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_verification_request_participation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_verification_request_person_id")),
        sa.ForeignKeyConstraint(["verifier_id"], ["person.id"], name=op.f("fk_verification_request_verifier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_verification_request_token_hash")),
    ]


def create_interim() -> None:
    op.create_table(
        "interim_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("verifier_name", AutoString(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("shown", AutoString(), nullable=False),
        sa.CheckConstraint(
            "how IN ('letter', 'phone', 'paper', 'link', 'account')", name=op.f("ck_interim_verification_how")
        ),
        sa.CheckConstraint("result IN ('CONFIRMED', 'NOT_CONFIRMED')", name=op.f("ck_interim_verification_result")),
        sa.CheckConstraint("verifier_name <> ''", name=op.f("ck_interim_verification_verifier")),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_interim_verification_credit_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["verification_request.id"], name=op.f("fk_interim_verification_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interim_verification")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("interim_verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interim_verification_request_id"), ["request_id"], unique=False)
        batch_op.create_index("uq_interim_verification", ["credit_id", "request_id"], unique=True)
