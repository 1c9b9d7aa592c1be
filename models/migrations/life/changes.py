"""What older tables get: who verifies, what was waived or extended, and verifications without a coordinator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlmodel import AutoString

Index = tuple[list[str], dict[str, Any]]
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
        _add_reference(batch_op, "participation", "verifier_id", "person")
        _add_reference(batch_op, "participation", "reviewed_by_id", "person")
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
        _add_reference(batch_op, "position", "supervisor_id", "person")


def change_verifications() -> None:
    with _rebuilt("verification") as batch_op:
        batch_op.add_column(sa.Column("reason", AutoString(), server_default="", nullable=False))
        _add_reference(batch_op, "verification", "request_id", "verification_request")
        batch_op.alter_column("recorded_by_id", existing_type=sa.Integer(), nullable=True)


@contextmanager
def _rebuilt(table: str) -> Iterator[BatchOperations]:
    """A batch makes indexes and constraints anew in the order of a set; made here, it is one on every machine."""
    for name in INDEXES[table]:
        op.drop_index(name, table)
    with op.batch_alter_table(table, reflect_kwargs={"resolve_fks": False}) as batch_op:
        for column, other in REFERENCES[table].items():
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), other, [column], ["id"])
        for name, condition in CHECKS[table].items():
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), condition)
        yield batch_op
    for name, (columns, more) in INDEXES[table].items():
        op.create_index(name, table, columns, **more)


def _add_reference(batch_op: BatchOperations, table: str, column: str, other: str) -> None:
    batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
    batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), other, [column], ["id"])
