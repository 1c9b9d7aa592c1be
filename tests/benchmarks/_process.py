"""A module of ours in a process of its own, which answers calls by name."""

import os
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

MOST_SAID = 3000


class Helper:
    """Runs `python -m module`; `call` has one of its functions called there and returns what it returned."""

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        self.connection, theirs = Pipe()
        self.log = TemporaryFile()  # noqa: SIM115 -- closed with the process
        command = [sys.executable, "-m", module, str(theirs.fileno())]
        self.process = subprocess.Popen(  # noqa: S603 -- our own module
            command,
            pass_fds=[theirs.fileno()],
            env={**os.environ, **(environment or {})},
            stdout=self.log,
            stderr=self.log,
        )
        theirs.close()

    def call(self, name: str, *args: Any) -> Any:
        """Raises what was raised there."""
        self.connection.send((name, args))
        outcome, fault = self.connection.recv()
        if fault is not None:
            raise RuntimeError(f"{name}: {fault}")
        return outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.connection.close()
        self.log.seek(0)
        if kind is not None and (said := self.log.read().decode(errors="replace")):
            print(f"It said at last:\n{said[-MOST_SAID:]}")
        self.log.close()


def answer(names: Mapping[str, Any]) -> None:
    """Answers the calls of the process that started this one, until it closes the line."""
    connection = Connection(int(sys.argv[1]))
    while True:
        try:
            name, args = connection.recv()
        except EOFError:
            return
        try:
            connection.send((names[name](*args), None))
        except Exception as fault:
            connection.send((None, repr(fault)))
