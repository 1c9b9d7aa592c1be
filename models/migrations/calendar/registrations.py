"""Who is registered and who came, addresses of personal calendars, and letters that bring a calendar entry."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment

LIVE = sa.text("state <> 'CANCELLED'")


def create_registrations() -> None:
    people = ("person_id", "registered_by_id", "marked_by_id")
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("presenter", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("registered_at", Moment(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("moved_up_at", Moment(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.Column("marked_at", Moment(), nullable=True),
        sa.Column("marked_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.CheckConstraint(
            "state IN ('REGISTERED', 'WAITING', 'CANCELLED', 'ATTENDED', 'ABSENT')", name=op.f("ck_registration_state")
        ),
        sa.CheckConstraint("(state = 'ATTENDED') = (minutes IS NOT NULL)", name=op.f("ck_registration_minutes")),
        sa.CheckConstraint("minutes IS NULL OR minutes >= 0", name=op.f("ck_registration_minutes_long")),
        sa.CheckConstraint(
            "(state = 'CANCELLED') = (cancelled_at IS NOT NULL)", name=op.f("ck_registration_cancelled")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_registration_event_id")),
        *(sa.ForeignKeyConstraint([one], ["person.id"], name=op.f(f"fk_registration_{one}")) for one in people),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sqlite_strict=True,
    )
    op.create_index("ix_registration_event_id", "registration", ["event_id", "state"])
    op.create_index("ix_registration_person_id", "registration", ["person_id"])
    op.create_index(
        "uq_registration_live",
        "registration",
        ["event_id", "person_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def create_feeds() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sqlite_strict=True,
    )


def change_letters() -> None:
    """The calendar entry as text, empty for letters without one."""
    op.add_column("letter", sa.Column("calendar", AutoString(), server_default="", nullable=False))
