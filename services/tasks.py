"""What comes round by itself in a running installation."""

from services import documents
from services.jobs import Task, nightly

TASKS: list[Task] = [
    Task("sweep documents", nightly(3), documents.sweep),
]
