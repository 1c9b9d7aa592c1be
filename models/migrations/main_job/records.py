"""Claims, credits, letters and participations."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import CreditValue, Moment


def create_claims() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=False),
        sa.Column("waiting_since", Moment(), nullable=False),
        sa.Column("email_on_assigned", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_reason", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_why", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["claim.id"], name=op.f("fk_claim_duplicate_of_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_claim_entered_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_claim_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_claim_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_duplicate_of_id"), ["duplicate_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_claim_person_event", ["person_id", "event_id"], unique=False)


def create_credits() -> None:
    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("credits", CreditValue(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('APPROVED', 'DECLINED')) = (decided_at IS NOT NULL)", name=op.f("ck_credit_decided")
        ),
        sa.CheckConstraint(
            "source IN ('claim', 'independent event', 'attendance', 'registration')", name=op.f("ck_credit_source")
        ),
        sa.CheckConstraint("status <> 'DECLINED' OR reason <> ''", name=op.f("ck_credit_declined_with_reason")),
        sa.CheckConstraint("status IN ('PENDING', 'APPROVED', 'DECLINED', 'WITHDRAWN')", name=op.f("ck_credit_status")),
        sa.CheckConstraint("credits > 0", name=op.f("ck_credit_credits")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_credit_claim_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_credit_decided_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["event_credit_line.id"], name=op.f("fk_credit_line_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sqlite_strict=True,
    )
    _index_credits()


def _index_credits() -> None:
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index("ix_credit_claim_id", ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_line_id"), ["line_id"], unique=False)
        batch_op.create_index(
            "ix_credit_pending",
            ["claim_id"],
            unique=False,
            sqlite_where=sa.text("status = 'PENDING'"),
            postgresql_where=sa.text("status = 'PENDING'"),
        )
        batch_op.create_index(batch_op.f("ix_credit_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_credit_live",
            ["person_id", "line_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('PENDING', 'APPROVED', 'DECLINED')"),
            postgresql_where=sa.text("status IN ('PENDING', 'APPROVED', 'DECLINED')"),
        )


def create_letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("send_after", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'cancelled', 'sent')", name=op.f("ck_letter_state")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_letter_claim_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_letter_state_send_after", ["state", "send_after"], unique=False)


def create_participations() -> None:
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("track_version_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("renewal", sa.Boolean(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("counts_after", Moment(), nullable=True),
        sa.Column("library_id", sa.Integer(), nullable=True),
        sa.Column("position", AutoString(), nullable=False),
        sa.Column("verifier_name", AutoString(), nullable=False),
        sa.Column("verifier_email", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("returned_at", Moment(), nullable=True),
        sa.Column("returned_note", AutoString(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status IN ('IN_PROGRESS', 'SUBMITTED', 'ISSUED', 'WITHDRAWN')", name=op.f("ck_participation_status")
        ),
        sa.CheckConstraint("due_on IS NULL OR due_on >= begins_on", name=op.f("ck_participation_due_after_begin")),
        sa.ForeignKeyConstraint(["library_id"], ["library.id"], name=op.f("fk_participation_library_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participation_person_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_participation_track_id")),
        sa.ForeignKeyConstraint(
            ["track_version_id"], ["track_version.id"], name=op.f("fk_participation_track_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sqlite_strict=True,
    )
    _index_participations()


def _index_participations() -> None:
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participation_track_id"), ["track_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participation_track_version_id"), ["track_version_id"], unique=False)
        batch_op.create_index(
            "uq_participation_open",
            ["person_id", "track_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('IN_PROGRESS', 'SUBMITTED')"),
            postgresql_where=sa.text("status IN ('IN_PROGRESS', 'SUBMITTED')"),
        )
