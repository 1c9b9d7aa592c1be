"""Events and their credit lines."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import CreditValue, Moment


def create_events() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("begins_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("time_zone", AutoString(), nullable=False),
        sa.Column("sponsor", AutoString(), nullable=False),
        sa.Column("presenter", AutoString(), nullable=False),
        sa.Column("description", AutoString(), nullable=False),
        sa.Column("location", AutoString(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("link", AutoString(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("source_key", AutoString(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("(kind = 'independent') = (owner_id IS NOT NULL)", name=op.f("ck_event_owner")),
        sa.CheckConstraint("kind IN ('sponsored', 'independent')", name=op.f("ck_event_kind")),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("ck_event_ends_after_begin")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_event_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("source_key", name=op.f("uq_event_source_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_kind_ends_at", ["kind", "ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_owner_id"), ["owner_id"], unique=False)


def create_credit_lines() -> None:
    op.create_table(
        "event_credit_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("credits", CreditValue(), nullable=False),
        sa.CheckConstraint("credits > 0", name=op.f("ck_event_credit_line_credits")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_event_credit_line_category_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_credit_line_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_credit_line")),
        sa.UniqueConstraint("event_id", "category_id", name=op.f("uq_event_credit_line_event_id_category_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("event_credit_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_credit_line_category_id"), ["category_id"], unique=False)
