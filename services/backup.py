"""Backups: the whole installation in one file, verified before it gets its name; nightly where it is asked for."""

import logging
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.errors import Refusal
from services import (
    audit_chain,
    backup_databases,
    backup_files,
    clock,
    db,
    document_files,
    installation,
    letters,
    migrations,
    programs,
)
from services.backup_files import DATABASE, FORMAT, SUFFIX, Manifest
from services.settings import Settings

log = logging.getLogger("aspen")
UNFINISHED = ".unfinished-"


def back_up(settings: Settings, folder: Path | None = None) -> Path:
    """Writes a backup while the app serves on; returns its path. Raises Refusal, and leaves nothing unfinished then."""
    folder = folder or folder_of(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    except OSError as error:
        raise Refusal(f"Backups cannot be written to {folder}: {error.strerror}.") from error
    try:
        return _write(settings, folder, work)
    except OSError as error:
        raise Refusal(f"The backup could not be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def nightly() -> None:
    """A backup into the usual folder; those older than ASPEN_BACKUP_KEEP days go.

    Raises Refusal, once the administrators have been told in a letter of that day.
    """
    settings = installation.settings()
    try:
        path = back_up(settings)
    except Refusal as refusal:
        _tell(str(refusal))
        raise
    log.info("backup written", extra={"file": path.name, "bytes": path.stat().st_size})
    prune(settings, datetime.now(UTC))


def _tell(sentence: str) -> None:
    day = programs.current().today().isoformat()
    with db.writing() as session:
        letters.to_administrators(
            session,
            "backup failed",
            subject="The nightly backup failed",
            sentences=f"The nightly backup failed: {sentence} It is tried again until it succeeds.",
            key=f"backup failed {day}",
        )


def prune(settings: Settings, now: datetime) -> list[Path]:
    """Removes what is older than the setting says, but never the newest; returns what went.

    What a backup left unfinished that was killed goes after a day. Anything else in the folder stays.
    """
    limit, folder = now - timedelta(days=settings.backup_keep), folder_of(settings)
    ours = sorted((made, path) for path in folder.iterdir() if (made := _made(path)) is not None)
    old = [path for made, path in ours[:-1] if made < limit]
    for path in old:
        path.unlink()
    for left in folder.glob(f"{UNFINISHED}*"):
        if datetime.fromtimestamp(left.stat().st_mtime, UTC) < now - timedelta(days=1):
            shutil.rmtree(left, ignore_errors=True)
    return old


def folder_of(settings: Settings) -> Path:
    return settings.backup_dir or settings.data_dir / "backups"


def _write(settings: Settings, folder: Path, work: Path) -> Path:
    database, packed = work / DATABASE, work / "packed"
    if not migrations.is_current():
        raise Refusal("The database is behind this version of the program: run `aspen migrate`, which keeps a copy.")
    source, head = settings.sqlite_path(), audit_chain.head()
    if source is None:
        rows = backup_databases.copy_postgresql(settings, database)
    else:
        rows = backup_databases.copy_sqlite(source, database)
    files = {DATABASE: database} | {
        f"documents/{path.parent.name}/{path.name}": path
        for path, _ in document_files.lying()
        if document_files.SHA256.fullmatch(path.name)
    }
    now = clock.now()
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(),
        dialect=db.engine().dialect.name,
        migration=migrations.at() or "",
        demo=settings.demo,
        rows=rows,
        head=head,
    )
    packed.touch(mode=0o600)
    backup_files.write(packed, manifest, files)
    backup_files.check(packed)
    finished = folder / f"aspen-{now.astimezone(UTC):%Y%m%d-%H%M%S-%f}{SUFFIX}"
    backup_files.settle(packed, finished)
    return finished


def _made(path: Path) -> datetime | None:
    """When a backup was made, by its name; None for a file that is none of ours."""
    try:
        return datetime.strptime(path.name, f"aspen-%Y%m%d-%H%M%S-%f{SUFFIX}").replace(tzinfo=UTC)
    except ValueError:
        return None
