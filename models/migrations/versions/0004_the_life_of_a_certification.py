"""The life of a certification: the supervisor's link, degrees, evidence, reminders, extensions and waivers."""

from models.migrations.life import changes, degrees, evidence, verifications

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    verifications.create_requests()
    verifications.create_interim()
    degrees.create_degrees()
    degrees.create_conversions()
    evidence.create_samples()
    evidence.create_evidence()
    evidence.create_reminders()
    changes.change_participations()
    changes.tell_reviewers()
    changes.change_positions()
    changes.change_verifications()
