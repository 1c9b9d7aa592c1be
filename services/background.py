"""What runs beside the pages in a serving process: jobs that come round."""

from services import installation
from services.jobs import Worker
from services.tasks import all_tasks

_running: list[Worker] = []


def start() -> None:
    """Once the app is up."""
    worker = Worker(all_tasks(installation.settings()))
    worker.start()
    _running.append(worker)


def stop() -> None:
    """Before the app ends; what is being done is finished or will be done again."""
    while _running:
        _running.pop().stop()
