"""Reminds in a process of its own, so that whoever works in the app meanwhile does not notice."""

import os
import subprocess
import sys
import time
from pathlib import Path

from services import installation, reminders
from services.settings import Settings

ROOT = Path(__file__).parents[1]
LONGEST = 540
"""Seconds; less than the lease of a job."""


def run() -> int:
    """Tells whom the program wants told today; returns how many. Raises RuntimeError if the process failed."""
    done = subprocess.run(
        [sys.executable, "-m", "services.reminder_worker"],
        input=installation.settings().model_dump_json(),
        text=True,
        capture_output=True,
        cwd=ROOT,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Reminders ended with {done.returncode}: {done.stderr[-500:]}")
    return int(done.stdout)


def _rest(took: float) -> None:
    """A moment for the others between two batches."""
    time.sleep(took / 2)


def main() -> None:
    """Settings come as JSON by the standard input; how many were told goes out."""
    settings = Settings.model_validate_json(sys.stdin.read())
    os.nice(19)
    installation.connect(settings)
    try:
        sys.stdout.write(f"{len(reminders.remind(pause=_rest))}\n")
    finally:
        installation.close()


if __name__ == "__main__":
    main()
