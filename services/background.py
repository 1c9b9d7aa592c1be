"""What runs beside the pages in a serving process: jobs that come round, and the sender of letters."""

from services import installation
from services.jobs import Worker
from services.letter_worker import LetterWorker
from services.tasks import all_tasks

_running: list[Worker | LetterWorker] = []


def start() -> None:
    """Once the app is up."""
    settings = installation.settings()
    for worker in (Worker(all_tasks(settings)), LetterWorker(settings)):
        worker.start()
        _running.append(worker)


def stop() -> None:
    """Before the app ends; what is being done is finished or will be done again."""
    while _running:
        _running.pop().stop()
