"""The tables of the main job."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from models.audit import TRIGGERS
from models.base import CreditValue, Moment

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('installation_fact',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_installation_fact')),
    sqlite_strict=True
    )
    op.create_table('library',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('city', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library')),
    sa.UniqueConstraint('name', name=op.f('uq_library_name')),
    sqlite_strict=True
    )
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('last_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('demo_key', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('deactivated_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('demo_key', name=op.f('uq_person_demo_key')),
    sqlite_strict=True
    )
    op.create_table('program',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('time_zone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_program')),
    sa.UniqueConstraint('key', name=op.f('uq_program_key')),
    sqlite_strict=True
    )
    op.create_table('program_import',
    sa.Column('program_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('imported_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('program_key', 'version', name=op.f('pk_program_import')),
    sqlite_strict=True
    )
    op.create_table('audit_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_audit_line_actor_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_audit_line_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_line')),
    sqlite_strict=True
    )
    with op.batch_alter_table('audit_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_line_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_audit_line_subject', ['subject', 'subject_id'], unique=False)

    op.create_table('category',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('help', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_category_program_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_category')),
    sa.UniqueConstraint('program_id', 'key', name=op.f('uq_category_program_id_key')),
    sqlite_strict=True
    )
    op.create_table('draft',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('form', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('kept_at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_draft_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'form', name=op.f('pk_draft')),
    sqlite_strict=True
    )
    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('begins_at', Moment(), nullable=False),
    sa.Column('ends_at', Moment(), nullable=False),
    sa.Column('time_zone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sponsor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('presenter', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('location', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('online', sa.Boolean(), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('source_key', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('created_at', Moment(), nullable=False),
    sa.CheckConstraint("(kind = 'independent') = (owner_id IS NOT NULL)", name=op.f('ck_event_owner')),
    sa.CheckConstraint("kind IN ('sponsored', 'independent')", name=op.f('ck_event_kind')),
    sa.CheckConstraint('ends_at > begins_at', name=op.f('ck_event_ends_after_begin')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_event_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('source_key', name=op.f('uq_event_source_key')),
    sqlite_strict=True
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_kind_ends_at', ['kind', 'ends_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_owner_id'), ['owner_id'], unique=False)

    op.create_table('position',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('staff', 'director', 'trustee', 'board chair')", name=op.f('ck_position_kind')),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= begins_on', name=op.f('ck_position_ends_after_begin')),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_position_library_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_position_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position')),
    sqlite_strict=True
    )
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_position_library_id'), ['library_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_position_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_position', ['person_id', 'library_id', 'kind', 'begins_on'], unique=True)

    op.create_table('role_grant',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('granted_at', Moment(), nullable=False),
    sa.CheckConstraint("role IN ('coordinator', 'administrator')", name=op.f('ck_role_grant_role')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'role', name=op.f('pk_role_grant')),
    sqlite_strict=True
    )
    op.create_table('sign_in_session',
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('seen_at', Moment(), nullable=False),
    sa.Column('ended_at', Moment(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_session_person_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sign_in_session')),
    sqlite_strict=True
    )
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_session_person_id'), ['person_id'], unique=False)

    op.create_table('track',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('who', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_track_program_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_track')),
    sa.UniqueConstraint('program_id', 'key', name=op.f('uq_track_program_id_key')),
    sqlite_strict=True
    )
    op.create_table('claim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('claimed_at', Moment(), nullable=False),
    sa.Column('waiting_since', Moment(), nullable=False),
    sa.Column('email_on_assigned', sa.Boolean(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('duplicate_of_id', sa.Integer(), nullable=True),
    sa.Column('duplicate_why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['duplicate_of_id'], ['claim.id'], name=op.f('fk_claim_duplicate_of_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_claim_entered_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_claim_event_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_claim_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim')),
    sqlite_strict=True
    )
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claim_duplicate_of_id'), ['duplicate_of_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_claim_person_event', ['person_id', 'event_id'], unique=False)

    op.create_table('event_credit_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('credits', CreditValue(), nullable=False),
    sa.CheckConstraint('credits > 0', name=op.f('ck_event_credit_line_credits')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_event_credit_line_category_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_credit_line_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_credit_line')),
    sa.UniqueConstraint('event_id', 'category_id', name=op.f('uq_event_credit_line_event_id_category_id')),
    sqlite_strict=True
    )
    with op.batch_alter_table('event_credit_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_credit_line_category_id'), ['category_id'], unique=False)

    op.create_table('track_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('track_id', sa.Integer(), nullable=False),
    sa.Column('version', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('requirements', sa.JSON(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint('years > 0', name=op.f('ck_track_version_years')),
    sa.ForeignKeyConstraint(['track_id'], ['track.id'], name=op.f('fk_track_version_track_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_track_version')),
    sa.UniqueConstraint('track_id', 'version', name=op.f('uq_track_version_track_id_version')),
    sqlite_strict=True
    )
    op.create_table('credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('credits', CreditValue(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('decided_at', Moment(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("(status IN ('APPROVED', 'DECLINED')) = (decided_at IS NOT NULL)", name=op.f('ck_credit_decided')),
    sa.CheckConstraint("source IN ('claim', 'independent event', 'attendance', 'registration')", name=op.f('ck_credit_source')),
    sa.CheckConstraint("status <> 'DECLINED' OR reason <> ''", name=op.f('ck_credit_declined_with_reason')),
    sa.CheckConstraint("status IN ('PENDING', 'APPROVED', 'DECLINED', 'WITHDRAWN')", name=op.f('ck_credit_status')),
    sa.CheckConstraint('credits > 0', name=op.f('ck_credit_credits')),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_credit_claim_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_credit_decided_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['event_credit_line.id'], name=op.f('fk_credit_line_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_credit_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit')),
    sqlite_strict=True
    )
    with op.batch_alter_table('credit', schema=None) as batch_op:
        batch_op.create_index('ix_credit_claim_id', ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credit_line_id'), ['line_id'], unique=False)
        batch_op.create_index('ix_credit_pending', ['claim_id'], unique=False, sqlite_where=sa.text("status = 'PENDING'"), postgresql_where=sa.text("status = 'PENDING'"))
        batch_op.create_index(batch_op.f('ix_credit_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_credit_live', ['person_id', 'line_id'], unique=True, sqlite_where=sa.text("status IN ('PENDING', 'APPROVED', 'DECLINED')"), postgresql_where=sa.text("status IN ('PENDING', 'APPROVED', 'DECLINED')"))

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('send_after', Moment(), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'cancelled', 'sent')", name=op.f('ck_letter_state')),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_letter_claim_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sqlite_strict=True
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_letter_state_send_after', ['state', 'send_after'], unique=False)

    op.create_table('participation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('track_id', sa.Integer(), nullable=False),
    sa.Column('track_version_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('renewal', sa.Boolean(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('counts_after', Moment(), nullable=True),
    sa.Column('library_id', sa.Integer(), nullable=True),
    sa.Column('position', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('verifier_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('verifier_email', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('submitted_at', Moment(), nullable=True),
    sa.Column('returned_at', Moment(), nullable=True),
    sa.Column('returned_note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.CheckConstraint("status IN ('IN_PROGRESS', 'SUBMITTED', 'ISSUED', 'WITHDRAWN')", name=op.f('ck_participation_status')),
    sa.CheckConstraint('due_on IS NULL OR due_on >= begins_on', name=op.f('ck_participation_due_after_begin')),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_participation_library_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_participation_person_id')),
    sa.ForeignKeyConstraint(['track_id'], ['track.id'], name=op.f('fk_participation_track_id')),
    sa.ForeignKeyConstraint(['track_version_id'], ['track_version.id'], name=op.f('fk_participation_track_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation')),
    sqlite_strict=True
    )
    with op.batch_alter_table('participation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participation_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participation_track_id'), ['track_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participation_track_version_id'), ['track_version_id'], unique=False)
        batch_op.create_index('uq_participation_open', ['person_id', 'track_id'], unique=True, sqlite_where=sa.text("status IN ('IN_PROGRESS', 'SUBMITTED')"), postgresql_where=sa.text("status IN ('IN_PROGRESS', 'SUBMITTED')"))
    op.create_index('uq_person_email', 'person', [sa.text('lower(email)')], unique=True)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
