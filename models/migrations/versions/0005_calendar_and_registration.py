"""Calendar and registration: drafts, sessions, capacity, registrations with attendance, and personal feeds."""

from models.migrations.calendar import events, registrations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    events.change_events()
    events.create_people()
    events.create_resources()
    registrations.create_registrations()
    registrations.create_feeds()
    registrations.change_letters()
