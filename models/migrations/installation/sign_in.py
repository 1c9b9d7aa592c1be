"""Accounts at providers, sign-ins on their way, and what a session knows."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment


def create_identities() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("email", AutoString(), nullable=False),
        sa.Column("linked_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_identity", ["issuer", "subject"], unique=True)


def create_attempts() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("provider", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("nonce", AutoString(), nullable=False),
        sa.Column("code_verifier", AutoString(), nullable=False),
        sa.Column("target", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_attempt_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_attempt")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_created_at"), ["created_at"], unique=False)


def add_to_sessions() -> None:
    op.drop_index("ix_sign_in_session_person_id", "sign_in_session")
    _change_sessions()
    for column in ("person_id", "provider_session"):
        op.create_index(f"ix_sign_in_session_{column}", "sign_in_session", [column])


def _change_sessions() -> None:
    with op.batch_alter_table("sign_in_session", reflect_kwargs={"resolve_fks": False}) as batch_op:
        batch_op.add_column(sa.Column("identity_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("provider_session", AutoString(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("device", AutoString(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("address", AutoString(), server_default="", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_sign_in_session_identity_id"), "identity", ["identity_id"], ["id"])
