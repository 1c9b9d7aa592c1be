"""Backups: the whole installation in one file, verified before it gets its name; nightly where it is asked for."""

import logging
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from models.audit import AuditSeal
from models.errors import Refusal
from services import (
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


def back_up(settings: Settings, folder: Path | None = None) -> Path:
    """Writes a backup while the app serves on; returns its path. Raises Refusal, and leaves nothing unfinished then."""
    folder = folder or folder_of(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
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
    """Removes what is older than the setting says, but never the newest; returns what went."""
    limit = now - timedelta(days=settings.backup_keep)
    ours = sorted(folder_of(settings).glob(f"aspen-*{SUFFIX}"), key=_made)
    old = [path for path in ours[:-1] if _made(path) < limit]
    for path in old:
        path.unlink()
    return old


def folder_of(settings: Settings) -> Path:
    return settings.backup_dir or settings.data_dir / "backups"


def _write(settings: Settings, folder: Path, work: Path) -> Path:
    database, packed = work / DATABASE, work / "packed"
    source = settings.sqlite_path()
    head = _head()
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
    backup_files.write(packed, manifest, files)
    backup_files.check(packed)
    finished = folder / f"aspen-{now.astimezone(UTC):%Y%m%d-%H%M%S-%f}{SUFFIX}"
    backup_files.settle(packed, finished)
    return finished


def _head() -> str:
    """The last link of the audit chain before the copy is taken: it must be in the copy."""
    with db.reading() as session:
        last = session.exec(select(AuditSeal).order_by(col(AuditSeal.position).desc())).first()
    return f"{last.position}:{last.hash}" if last else ""


def _made(path: Path) -> datetime:
    return datetime.strptime(path.name.removesuffix(SUFFIX), "aspen-%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
