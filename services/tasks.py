"""What comes round by itself in a running installation."""

from services import backup, documents
from services.jobs import Task, nightly
from services.settings import Settings

TASKS: list[Task] = [
    Task("sweep documents", nightly(3), documents.sweep),
]


def all_tasks(settings: Settings) -> list[Task]:
    """Those of every installation, and those that this one asks for."""
    if settings.backup_nightly is None:
        return TASKS
    return [*TASKS, Task("nightly backup", nightly(settings.backup_nightly), backup.nightly)]
