"""What comes round by itself in a running installation."""

from services.jobs import Task

TASKS: list[Task] = []
