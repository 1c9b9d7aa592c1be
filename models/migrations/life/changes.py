"""What older tables get: who verifies, what was waived or extended, and verifications without a coordinator."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlmodel import AutoString

from models.migrations.rebuilding import Index, add_reference, rebuilt

OPEN = sa.text("status IN ('IN_PROGRESS', 'SUBMITTED')")
INDEXES: dict[str, dict[str, Index]] = {
    "participation": {
        **{f"ix_participation_{one}": ([one], {}) for one in ("person_id", "track_id", "track_version_id")},
        "uq_participation_open": (
            ["person_id", "track_id"],
            {"unique": True, "sqlite_where": OPEN, "postgresql_where": OPEN},
        ),
    },
    "position": {
        **{f"ix_position_{one}": ([one], {}) for one in ("person_id", "library_id")},
        "uq_position": (["person_id", "library_id", "kind", "begins_on"], {"unique": True}),
    },
    "verification": {
        "ix_verification_credit_id": (["credit_id"], {}),
        "uq_verification": (["participation_id", "submission", "credit_id"], {"unique": True}),
    },
}
REFERENCES = {
    "participation": {
        "person_id": "person",
        "track_id": "track",
        "track_version_id": "track_version",
        "library_id": "library",
    },
    "position": {"person_id": "person", "library_id": "library"},
    "verification": {"participation_id": "participation", "credit_id": "credit", "recorded_by_id": "person"},
}

CHECKS = {
    "participation": {
        "status": "status IN ('IN_PROGRESS', 'SUBMITTED', 'ISSUED', 'WITHDRAWN')",
        "due_after_begin": "due_on IS NULL OR due_on >= begins_on",
    },
    "position": {
        "kind": "kind IN ('staff', 'director', 'trustee', 'board chair')",
        "ends_after_begin": "ends_on IS NULL OR ends_on >= begins_on",
    },
    "verification": {
        "result": "result IN ('CONFIRMED', 'NOT_CONFIRMED')",
        "how": "how IN ('letter', 'phone', 'paper', 'link', 'account')",
        "verifier": "verifier_name <> ''",
    },
}
"""As they are from now on."""


def change_participations() -> None:
    with _rebuilt("participation") as batch_op:
        add_reference(batch_op, "participation", "verifier_id", "person")
        add_reference(batch_op, "participation", "reviewed_by_id", "person")
        batch_op.add_column(sa.Column("degree", AutoString(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("first_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("extension_reason", AutoString(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("waivers", sa.JSON(), server_default="{}", nullable=False))


def tell_reviewers() -> None:
    """Who approved a record that still waits for its verification: her name signs the certificate."""
    op.execute(
        "UPDATE participation SET reviewed_by_id = (SELECT actor_id FROM audit_line WHERE audit_line.id = "
        "(SELECT max(id) FROM audit_line WHERE action = 'participation:reviewed' "
        "AND subject_id = participation.id)) WHERE reviewed_at IS NOT NULL"
    )


def change_positions() -> None:
    with _rebuilt("position") as batch_op:
        add_reference(batch_op, "position", "supervisor_id", "person")


def change_verifications() -> None:
    with _rebuilt("verification") as batch_op:
        batch_op.add_column(sa.Column("reason", AutoString(), server_default="", nullable=False))
        add_reference(batch_op, "verification", "request_id", "verification_request")
        batch_op.alter_column("recorded_by_id", existing_type=sa.Integer(), nullable=True)


def _rebuilt(table: str) -> AbstractContextManager[BatchOperations]:
    return rebuilt(table, INDEXES[table], REFERENCES[table], CHECKS[table])
