"""Degrees, and credits that are computed."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import CreditValue, Moment


def create_degrees() -> None:
    op.create_table(
        "degree",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("institution", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("graduated_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", Moment(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.CheckConstraint("institution <> '' AND kind <> ''", name=op.f("ck_degree_said")),
        sa.CheckConstraint("status <> 'RETURNED' OR reason <> ''", name=op.f("ck_degree_returned_with_reason")),
        sa.CheckConstraint("status IN ('PENDING', 'RECORDED', 'RETURNED', 'WITHDRAWN')", name=op.f("ck_degree_status")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_degree_decided_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_degree_document_id")),
        sa.ForeignKeyConstraint(["participation_id"], ["participation.id"], name=op.f("fk_degree_participation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_degree_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_degree")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("degree", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_degree_handed_in_at"), ["handed_in_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_degree_participation_id"), ["participation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_degree_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_degree_open",
            ["participation_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('PENDING', 'RECORDED')"),
            postgresql_where=sa.text("status IN ('PENDING', 'RECORDED')"),
        )


def create_conversions() -> None:
    op.create_table(
        "conversion",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", CreditValue(), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("topic", AutoString(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'PRESENTING') = (topic <> '')", name=op.f("ck_conversion_topic")),
        sa.CheckConstraint("kind IN ('SEMESTER', 'QUARTER', 'PRESENTING')", name=op.f("ck_conversion_kind")),
        sa.CheckConstraint("factor > 0", name=op.f("ck_conversion_factor")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_conversion_document_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_conversion_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_conversion")),
        sqlite_strict=True,
    )
