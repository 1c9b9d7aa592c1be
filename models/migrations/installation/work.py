"""The chain over the audit lines, and jobs that come round."""

import re
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def create_seals() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("hash", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["audit_line.id"], name=op.f("fk_audit_seal_line_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("line_id", name=op.f("uq_audit_seal_line_id")),
        sqlite_strict=True,
    )


def create_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("problem", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job")),
        sqlite_strict=True,
    )


def replace_triggers(before: Iterable[str], after: Iterable[str]) -> None:
    """Drops what the first statements created, functions last, and creates it anew by the second."""
    made = [found for found in map(_CREATES.match, before) if found]
    for found in sorted(made, key=lambda found: found["kind"] != "TRIGGER"):
        on = f" ON {found['table']}" if op.get_bind().dialect.name == "postgresql" and found["table"] else ""
        op.execute(f"DROP {found['kind']} {found['name']}{on}")
    for statement in after:
        op.execute(statement)


_CREATES = re.compile(r"CREATE (?P<kind>TRIGGER|FUNCTION) (?P<name>\w+)(?:.*?\bON (?P<table>\w+)\s*\n)?", re.DOTALL)
