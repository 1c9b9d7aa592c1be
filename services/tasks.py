"""What comes round by itself in a running installation."""

from datetime import timedelta

from services import (
    attendance_credits,
    audit_chain,
    backup,
    documents,
    event_reminders,
    new_directors,
    reminder_worker,
    supervision,
)
from services.jobs import Task, every, nightly
from services.settings import Settings

TASKS: list[Task] = [
    Task("seal audit lines", every(timedelta(seconds=10)), audit_chain.seal),
    Task("anchor audit chain", nightly(1), audit_chain.anchor),
    Task("sweep documents", nightly(3), documents.sweep),
    Task("remind of due days", nightly(6), reminder_worker.run),
    Task("welcome new directors", nightly(5), new_directors.welcome_all),
    Task("remind of events", every(timedelta(minutes=15)), event_reminders.remind),
    Task("credit by registration", every(timedelta(minutes=1)), attendance_credits.by_registration),
    Task("remind supervisors", every(timedelta(hours=1)), supervision.remind),
]


def all_tasks(settings: Settings) -> list[Task]:
    """Those of every installation, and those that this one asks for."""
    if settings.backup_nightly is None:
        return TASKS
    return [*TASKS, Task("nightly backup", nightly(settings.backup_nightly), backup.nightly)]
