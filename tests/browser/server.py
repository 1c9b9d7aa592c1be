"""The demo, served by the `aspen` command in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlmodel import select

from models.people import Person
from services import clock, db, installation, sign_in
from services.settings import Settings
from tests.make import NOON

ROOT = Path(__file__).parents[2]
ASPEN = Path(sys.executable).with_name("aspen")
STARTS_WITHIN, ENDS_WITHIN = 60, 20
"""Seconds. Who ends a server within its first minute may find it at a job, and it finishes that."""
NOT_FOR_IT = ("ASPEN_", "NICEGUI_", "PYTEST_")
"""Environment of this test run that a served app must not see."""


@dataclass
class Server:
    """A running app; its clock stands at noon of 23 November 2026 in Denver."""

    process: subprocess.Popen[bytes]
    folder: Path
    origin: str

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def end(self) -> int:
        """SIGTERM; how the process ended. Raises TimeoutExpired when it does not end."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(ENDS_WITHIN)


@contextmanager
def serving(
    folder: Path,
    *,
    filled_from: Path | None = None,
    command: Sequence[str | Path] = (ASPEN, "serve"),
    port: int = 0,
    **more: str,
) -> Iterator[Server]:
    """Serves a data folder; filled with the demo as it was seeded once, it is ready in two seconds.

    `more` are settings without their prefix; an empty one takes the demo's away.
    """
    if filled_from is not None:
        shutil.copy(filled_from, folder / "demo.sqlite3")
        shutil.copytree(filled_from.parent / "documents", folder / "documents")
    port = port or free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_FOR_IT)}
    settings = {"DEMO": "1", "PORT": str(port), "DATA_DIR": str(folder), "DEMO_NOW": NOON.isoformat()} | more
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            command,
            env=kept | {f"ASPEN_{name}": value for name, value in settings.items() if value},
            cwd=ROOT if command[0] == sys.executable else folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, folder, f"http://localhost:{port}")
    try:
        _await_health(server)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


@contextmanager
def beside(server: Server) -> Iterator[None]:
    """The services in this process, on the served database; open windows hear nothing of what is done here."""
    installation.connect(Settings(data_dir=server.folder, demo=True, demo_now=NOON))
    try:
        yield
    finally:
        installation.close()
        clock.fix(None)


def token_of(server: Server, name: str) -> str:
    """A session of a person of the demo who has no button on the sign-in page."""
    first, _, last = name.partition(" ")
    with beside(server), db.reading() as session:
        found = session.exec(select(Person).where(Person.first_name == first, Person.last_name == last)).one()
        return sign_in.begin(found.id or 0)


def _await_health(server: Server) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.process.poll() is None:
        try:
            if httpx.get(f"{server.origin}/healthz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)  # a process that is starting can only be asked
    raise AssertionError(f"The app did not start:\n{server.log}")


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])
