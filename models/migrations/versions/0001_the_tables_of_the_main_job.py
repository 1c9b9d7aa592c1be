"""The tables of the main job."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.audit import TRIGGERS
from models.migrations.main_job import events, people, programs, records

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installation_fact",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation_fact")),
        sqlite_strict=True,
    )
    people.create_people()
    people.create_libraries()
    people.create_visits()
    people.create_audit_lines()
    programs.create_programs()
    programs.create_tracks()
    events.create_events()
    events.create_credit_lines()
    records.create_claims()
    records.create_credits()
    records.create_letters()
    records.create_participations()
    op.create_index("uq_person_email", "person", [sa.text("lower(email)")], unique=True)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
