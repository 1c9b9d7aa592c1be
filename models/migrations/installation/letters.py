"""Letters on their way, the administrator's words for them, and who does not want them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import Moment

INDEXES = {
    "ix_letter_claim_id": ["claim_id"],
    "ix_letter_person_id": ["person_id"],
    "ix_letter_state_send_after": ["state", "send_after"],
}


def add_to_letters() -> None:
    """A batch makes indexes and foreign keys anew in the order of a set; made here, it is one on every machine."""
    for name in INDEXES:
        op.drop_index(name, "letter")
    _change_letters()
    for name, columns in INDEXES.items():
        op.create_index(name, "letter", columns)


def _change_letters() -> None:
    with op.batch_alter_table("letter", reflect_kwargs={"resolve_fks": False}) as batch_op:
        batch_op.add_column(sa.Column("key", AutoString(), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("leased_until", Moment(), nullable=True))
        batch_op.add_column(sa.Column("sent_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("problem", AutoString(), server_default="", nullable=False))
        for table in ("person", "claim"):
            batch_op.drop_constraint(batch_op.f(f"fk_letter_{table}_id"), type_="foreignkey")
            batch_op.create_foreign_key(batch_op.f(f"fk_letter_{table}_id"), table, [f"{table}_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_letter_key"), ["key"])
        batch_op.drop_constraint(batch_op.f("ck_letter_state"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_letter_state"), "state IN ('waiting', 'cancelled', 'sent', 'failed')"
        )


def create_templates() -> None:
    op.create_table(
        "letter_template",
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_letter_template_changed_by_id")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_letter_template")),
        sqlite_strict=True,
    )


def create_unsubscribed() -> None:
    op.create_table(
        "unsubscribed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unsubscribed_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_unsubscribed")),
        sqlite_strict=True,
    )
