"""People who came by themselves, libraries that closed, merges and documents."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def add_to_people() -> None:
    op.add_column("person", sa.Column("awaits_introduction", sa.Boolean(), server_default=sa.false(), nullable=False))


def add_to_libraries() -> None:
    op.add_column("library", sa.Column("deactivated_at", Moment(), nullable=True))


def create_merges() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_at", Moment(), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_person_merge_undone")),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_person_merge_two_people")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["person.id"], name=op.f("fk_person_merge_merged_by_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name=op.f("fk_person_merge_merged_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_person_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(
            "uq_person_merge_standing",
            ["merged_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )


def create_documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("media_type", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_size")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["person.id"], name=op.f("fk_document_kept_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_sha256"), ["sha256"], unique=False)
