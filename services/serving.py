"""One mark that a server is at work on this data folder, so that nothing is restored under its feet."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from models.errors import CannotStart, Refusal
from services.settings import Settings

_held: list[IO[str]] = []


def begin(settings: Settings) -> None:
    """This process serves from now on, beside others that may. Raises CannotStart while a backup is restored."""
    try:
        _held.append(_lock(settings, fcntl.LOCK_SH, "A backup is just being restored here: start again afterwards."))
    except Refusal as refusal:
        raise CannotStart(str(refusal)) from refusal


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Nobody serves and nobody begins to. Raises Refusal while somebody does."""
    lock = _lock(settings, fcntl.LOCK_EX, "The app is running on this data: stop it first.")
    try:
        yield
    finally:
        lock.close()


def end() -> None:
    while _held:
        _held.pop().close()


def _lock(settings: Settings, kind: int, sentence: str) -> IO[str]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    file = Path(settings.data_dir / ".serving").open("a", encoding="utf-8")  # noqa: SIM115 -- held as long as it is open
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise Refusal(sentence) from error
    return file
