"""Certificates, the credits that they bind, their numbers and files."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def create_certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("track_version_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.CheckConstraint("(status = 'VALID') = (ended_at IS NULL)", name=op.f("ck_certificate_ended")),
        sa.CheckConstraint("status = 'VALID' OR reason <> ''", name=op.f("ck_certificate_ended_with_reason")),
        sa.CheckConstraint("status IN ('VALID', 'SUPERSEDED', 'REVOKED')", name=op.f("ck_certificate_status")),
        sa.CheckConstraint("due_on IS NULL OR due_on >= issued_on", name=op.f("ck_certificate_due_after_issue")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_certificate_ended_by_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_certificate_issued_by_id")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_certificate_participation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id")),
        sa.ForeignKeyConstraint(
            ["track_version_id"], ["track_version.id"], name=op.f("fk_certificate_track_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificate_replaces_id")),
        sqlite_strict=True,
    )
    _index_certificates()


def _index_certificates() -> None:
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_issued_on"), ["issued_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_participation_id"), ["participation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_certificate_standing",
            ["participation_id"],
            unique=True,
            sqlite_where=sa.text("status <> 'SUPERSEDED'"),
            postgresql_where=sa.text("status <> 'SUPERSEDED'"),
        )


def create_bound_credits() -> None:
    op.create_table(
        "bound_credit",
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_bound_credit_credit_id")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_bound_credit_participation_id")
        ),
        sa.PrimaryKeyConstraint("credit_id", name=op.f("pk_bound_credit")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("bound_credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bound_credit_participation_id"), ["participation_id"], unique=False)


def create_counter() -> None:
    op.create_table(
        "certificate_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_certificate_counter")),
        sqlite_strict=True,
    )


def create_files() -> None:
    op.create_table(
        "certificate_file",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("drawn_at", Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", AutoString(), nullable=False),
        sa.Column("try_after", Moment(), nullable=False),
        sa.CheckConstraint("(body IS NULL) = (sha256 = '')", name=op.f("ck_certificate_file_whole")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_file_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_file")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("certificate_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_file_try_after"), ["try_after"], unique=False)
