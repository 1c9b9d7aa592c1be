"""Files that people hand in are looked through by a child process, one for each file."""

import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from models.errors import Problems, WrongState
from services.document_refusals import EMPTY, TOO_LONG, TOO_SLOW

ROOT = Path(__file__).parents[1]
MOST_BYTES = 10 * 1024**2
SECONDS = 30.0
AT_ONCE = 2

log = logging.getLogger("aspen")
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Clean:
    """The bytes to keep, which for most files are not those that came, and what they are."""

    media_type: str
    body: bytes


def cleaned(body: bytes) -> Clean:
    """Takes a few tenths of a second, off the event loop. Raises Problems at `file`, saying what to do."""
    if not body:
        raise Problems({"file": EMPTY})
    if len(body) > MOST_BYTES:
        raise Problems({"file": too_long()})
    with _places:
        told, kept = _ask_child(body)
    if "media_type" not in told:
        raise Problems({"file": told["refused"]})
    if len(kept) > MOST_BYTES:
        raise Problems({"file": too_long()})
    return Clean(told["media_type"], kept)


def drawn(body: bytes) -> Clean:
    """A kept PDF as a picture of its first pages; takes a few tenths of a second. Raises WrongState."""
    with _places:
        told, picture = _ask_child(body, "view")
    if "media_type" not in told:
        raise WrongState(told["refused"])
    return Clean(told["media_type"], picture)


def too_long() -> str:
    return TOO_LONG.format(most=MOST_BYTES // 1024**2)


def _ask_child(body: bytes, *asked: str) -> tuple[dict[str, str], bytes]:
    """What the child says of the file, and the file as it is to be kept; a child that dies has refused it."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, with our own words
            [sys.executable, "-m", "services.document_worker", *asked],
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return {"refused": TOO_SLOW}, b""
    head, _, kept = done.stdout.partition(b"\n")
    if done.returncode or not head:
        log.warning("file ended the process that looked through it", extra={"code": done.returncode})
        return {"refused": TOO_SLOW}, b""
    told: dict[str, str] = json.loads(head)
    return told, kept
