"""A disk that remembers every write and every sync, so that the power can be cut at any of them afterwards.

What was synced is there after a cut. Of the writes since the last sync of a file each one is there, or not, or in part
by sectors, in whatever order: a real disk promises no more. Files themselves come and go at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import apsw

SECTOR = 512
KEPT, TORN = 0.5, 0.75
"""Below the first a write survives, below the second in part, above it not at all."""
OURS = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL


@dataclass(frozen=True)
class Write:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    file: str
    size: int


@dataclass(frozen=True)
class Sync:
    file: str


@dataclass(frozen=True)
class Delete:
    file: str


Op = Write | Truncate | Sync | Delete
Disk = dict[str, bytes]
"""The bytes of each file by its name."""


class Recorder(apsw.VFS):
    """SQLite's own file system, which writes down what it is asked for."""

    def __init__(self, name: str) -> None:
        self.log: list[Op] = []
        super().__init__(name, "")

    def xOpen(self, name: "apsw.URIFilename | str | None", flags: list[int]) -> apsw.VFSFile:
        if not flags[0] & OURS or name is None:
            return apsw.VFSFile("", name, flags)
        path = name if isinstance(name, str) else name.filename()
        return RecordedFile(name, flags, Path(path).name, self.log)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self.log.append(Delete(Path(filename).name))


class RecordedFile(apsw.VFSFile):
    def __init__(self, name: "apsw.URIFilename | str", flags: list[int], file: str, log: list[Op]) -> None:
        self._file, self._log = file, log
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._log.append(Write(self._file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        super().xTruncate(newsize)
        self._log.append(Truncate(self._file, newsize))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._log.append(Sync(self._file))


@dataclass(frozen=True)
class Run:
    """What the disk was asked for from the first state on; after each deed, how long that list was."""

    before: Disk
    log: Sequence[Op]
    acknowledged: Sequence[int]

    def after_cut(self, at: int, chance: Random) -> Disk:
        """What lies on the disk when the power is cut before that operation."""
        synced = {op.file: place for place, op in enumerate(self.log[:at]) if isinstance(op, Sync)}
        orderly = chance.random() < KEPT
        files = {name: bytearray(data) for name, data in self.before.items()}
        for place, op in enumerate(self.log[:at]):
            safe = orderly or place < synced.get(op.file, -1)
            _apply(files, [op] if safe else _survivors(op, chance))
        return {name: bytes(data) for name, data in files.items()}

    def done(self, at: int) -> int:
        """How many deeds were acknowledged before that operation."""
        return sum(place <= at for place in self.acknowledged)


def _survivors(op: Op, chance: Random) -> Iterable[Op]:
    """What is left of an operation that was not synced."""
    fate = chance.random()
    if fate < KEPT:
        return [op]
    if fate < TORN and isinstance(op, Write) and len(op.data) > SECTOR:
        starts = range(0, len(op.data), SECTOR)
        return [
            Write(op.file, op.offset + start, op.data[start : start + SECTOR])
            for start in starts
            if chance.random() < KEPT
        ]
    return []


def _apply(files: dict[str, bytearray], operations: Iterable[Op]) -> None:
    for op in operations:
        match op:
            case Write(file, offset, data):
                body = files.setdefault(file, bytearray())
                body.extend(bytes(max(0, offset - len(body))))
                body[offset : offset + len(data)] = data
            case Truncate(file, size):
                del files.setdefault(file, bytearray())[size:]
            case Delete(file):
                files.pop(file, None)


def run(path: Path, pragmas: Iterable[str], deeds: Iterable[Sequence[str]]) -> Run:
    """Carries out the statements of each deed on the database file, on a disk that is written down."""
    recorder = Recorder(f"recorder {id(pragmas)}")
    before = {path.name: path.read_bytes()}
    connection = apsw.Connection(str(path), vfs=f"recorder {id(pragmas)}")
    connection.create_scalar_function("folded", lambda text: text and text.lower(), 1, deterministic=True)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    acknowledged = []
    for statements in deeds:
        for statement in statements:
            connection.execute(statement).fetchall()
        acknowledged.append(len(recorder.log))
    log = tuple(recorder.log)
    connection.close()
    recorder.unregister()
    return Run(before, log, acknowledged)
