"""What an event on the calendar has, who is named on it, and what is handed out."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment
from models.migrations.rebuilding import Index, add_reference, rebuilt

INDEXES: dict[str, Index] = {
    "ix_event_kind_ends_at": (["kind", "ends_at"], {}),
    "ix_event_owner_id": (["owner_id"], {}),
}
CHECKS = {
    "kind": "kind IN ('sponsored', 'independent')",
    "ends_after_begin": "ends_at > begins_at",
    "owner": "(kind = 'independent') = (owner_id IS NOT NULL)",
}
NEW_CHECKS = {
    "type": "type IN ('Continuing Education', 'Deadlines', 'Meetings', 'Other')",
    "state": "state IN ('DRAFT', 'PUBLISHED', 'CANCELLED')",
    "registration": "registration IN ('none', 'here', 'elsewhere')",
    "capacity": "capacity IS NULL OR capacity > 0",
    "cancelled_with_reason": "state <> 'CANCELLED' OR cancel_reason <> ''",
    "own_is_published": "kind = 'sponsored' OR state = 'PUBLISHED'",
}
TEXTS = {"registration_link": "", "meeting_link": "", "cancel_reason": ""}
CHOICES = {"type": "Continuing Education", "state": "PUBLISHED", "registration": "none"}


def change_events() -> None:
    with rebuilt("event", INDEXES, {"owner_id": "person"}, CHECKS) as batch_op:
        for name, default in CHOICES.items():
            batch_op.add_column(sa.Column(name, sa.String(), server_default=default, nullable=False))
        for name, default in TEXTS.items():
            batch_op.add_column(sa.Column(name, AutoString(), server_default=default, nullable=False))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("registration_closes_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("questions", sa.JSON(), server_default="[]", nullable=False))
        add_reference(batch_op, "event", "parent_id", "event")
        batch_op.add_column(sa.Column("series", AutoString(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("changed_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("attendance_closed_at", Moment(), nullable=True))
        for name, condition in NEW_CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_event_{name}"), condition)
    op.create_index("ix_event_parent_id", "event", ["parent_id"])


def create_people() -> None:
    op.create_table(
        "event_person",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('trainer', 'contact', 'editor')", name=op.f("ck_event_person_role")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_person_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_person_id")),
        sa.PrimaryKeyConstraint("event_id", "person_id", "role", name=op.f("pk_event_person")),
        sqlite_strict=True,
    )
    op.create_index("ix_event_person_person_id", "event_person", ["person_id"])


def create_resources() -> None:
    op.create_table(
        "event_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("link", AutoString(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(link <> '') = (document_id IS NULL)", name=op.f("ck_event_resource_link_or_file")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_event_resource_document_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_resource_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_resource")),
        sqlite_strict=True,
    )
    op.create_index("ix_event_resource_event_id", "event_resource", ["event_id"])
