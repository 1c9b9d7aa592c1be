"""Verification, certificates, and what their owners may change."""

from alembic import op

from models.migrations.certification import certificates, records
from models.migrations.certification.triggers import TRIGGERS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    records.add_columns()
    records.create_submitted_credits()
    records.create_verifications()
    records.create_email_changes()
    certificates.create_counter()
    certificates.create_certificates()
    certificates.create_bound_credits()
    certificates.create_files()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
