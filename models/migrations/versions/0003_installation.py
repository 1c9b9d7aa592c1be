"""A real installation: sign-in by providers, letters that are sent, merges, sealed audit lines, documents, jobs."""

from alembic import op

from models.audit import SEAL_TRIGGERS
from models.certificates import TRIGGERS
from models.migrations.certification.triggers import TRIGGERS as BEFORE
from models.migrations.installation import letters, people, sign_in, work

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sign_in.create_identities()
    sign_in.create_attempts()
    sign_in.add_to_sessions()
    people.add_to_people()
    people.add_to_libraries()
    people.create_merges()
    people.create_documents()
    letters.add_to_letters()
    letters.create_templates()
    letters.create_unsubscribed()
    work.create_seals()
    work.create_jobs()
    dialect = op.get_bind().dialect.name
    work.replace_triggers(BEFORE[dialect], TRIGGERS[dialect])
    for statement in SEAL_TRIGGERS[dialect]:
        op.execute(statement)
