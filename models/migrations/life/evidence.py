"""Random samples whose proof is asked for, and reminders."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def create_samples() -> None:
    op.create_table(
        "evidence_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seed", AutoString(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_sha256", AutoString(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("drawn_at", Moment(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("drawn > 0 AND drawn <= population", name=op.f("ck_evidence_sample_drawn")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_evidence_sample_drawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_sample")),
        sqlite_strict=True,
    )


def create_evidence() -> None:
    op.create_table(
        "evidence_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("answer", AutoString(), nullable=False),
        sa.Column("received_at", Moment(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.CheckConstraint(
            "state IN ('ASKED', 'RECEIVED', 'ACCEPTED', 'REFUSED', 'EXCUSED')", name=op.f("ck_evidence_request_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('RECEIVED', 'ACCEPTED') OR document_id IS NOT NULL",
            name=op.f("ck_evidence_request_with_document"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('REFUSED', 'EXCUSED') OR reason <> ''", name=op.f("ck_evidence_request_with_reason")
        ),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_evidence_request_credit_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_evidence_request_decided_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_evidence_request_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_request_person_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["evidence_sample.id"], name=op.f("fk_evidence_request_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_request")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("evidence_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_request_credit_id"), ["credit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_request_sample_id"), ["sample_id"], unique=False)


def create_reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["participation_id"], ["participation.id"], name=op.f("fk_reminder_participation_id")),
        sa.PrimaryKeyConstraint("participation_id", "due_on", "days", name=op.f("pk_reminder")),
        sqlite_strict=True,
    )
