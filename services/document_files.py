"""Where the bytes of documents lie: by their SHA-256 under the data folder, where nothing is served from by name."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from models.errors import WrongState
from services import installation


def put(body: bytes) -> None:
    """From now on the bytes lie under their SHA-256, on the disk itself: a power cut does not take them."""
    sha256 = sha256_of(body)
    place = path_of(sha256)
    if place.exists() and sha256_of(place.read_bytes()) == sha256:
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.parent / f".{secrets.token_hex(8)}"
    try:
        with aside.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    for folder in (place.parent, folder_of_all()):
        _sync(folder)


def read(sha256: str) -> bytes:
    """The bytes as they were kept. Raises WrongState when the disk has lost or changed them."""
    try:
        body = path_of(sha256).read_bytes()
    except FileNotFoundError:
        body = b""
    if sha256_of(body) != sha256:
        raise WrongState("This file is not there any more as it was kept. Tell the administrator: a backup has it.")
    return body


def sha256_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def path_of(sha256: str) -> Path:
    """Raises ValueError for what is no SHA-256."""
    if not SHA256.fullmatch(sha256):
        raise ValueError("A document is named by its SHA-256")
    return folder_of_all() / sha256[:2] / sha256


def folder_of_all() -> Path:
    return installation.settings().data_dir / "documents"


def lying() -> Iterator[tuple[Path, datetime]]:
    """Every file of ours with the moment it was written, those left aside by a crash included."""
    for path in folder_of_all().glob("??/*"):
        if SHA256.fullmatch(path.name) or ASIDE.fullmatch(path.name):
            try:
                yield path, datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


SHA256 = re.compile(r"[0-9a-f]{64}")
ASIDE = re.compile(r"\.[0-9a-f]{16}")
