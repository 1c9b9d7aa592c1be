"""A backup is one file: a ZIP with the database, the documents, and a manifest that says what they must be."""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from models.errors import Refusal

SUFFIX = ".aspen-backup"
FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
DOCUMENT = re.compile(r"documents/[0-9a-f]{2}/[0-9a-f]{64}")
MOST_MANIFEST = 50_000_000
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `parts` are SHA-256 by name, `rows` counts by table, `head` the audit chain's last link."""

    format: int
    made_at: str
    dialect: str
    migration: str
    demo: bool
    rows: dict[str, int]
    head: str
    parts: dict[str, str] = field(default_factory=dict)


class Damaged(Refusal):
    """Not a whole backup of ours."""


def write(path: Path, manifest: Manifest, files: dict[str, Path]) -> None:
    """Writes these files and the manifest into a new ZIP at `path`, safely on the disk when this returns."""
    parts: dict[str, str] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, source in files.items():
            digest = hashlib.sha256()
            with source.open("rb") as reading, archive.open(name, "w", force_zip64=True) as writing:
                while piece := reading.read(PIECE):
                    digest.update(piece)
                    writing.write(piece)
            parts[name] = digest.hexdigest()
        whole = asdict(manifest) | {"parts": parts}
        archive.writestr(MANIFEST, json.dumps(whole, indent=1))
    with path.open("rb") as written:
        os.fsync(written.fileno())


def check(path: Path) -> Manifest:
    """Reads every byte of a backup. Raises Damaged with a sentence for what is foreign, cut off or changed."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest.parts) or DATABASE not in names or len(archive.namelist()) != len(names) + 1:
                raise Damaged(f"{path.name} is damaged: parts of it are missing, or do not belong to it.")
            for name, wanted in manifest.parts.items():
                if name != DATABASE and not DOCUMENT.fullmatch(name):
                    raise Damaged(f"{path.name} is no backup of ours: it holds the file {name[:60]}.")
                if _digest(archive, name) != wanted:
                    raise Damaged(f"{path.name} is damaged: its part {name} is not what was written.")
            return manifest
    except FileNotFoundError as error:
        raise Damaged(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(f"{path.name} is damaged, or no backup of ours.") from error


def unpack(path: Path, target: Callable[[str], Path]) -> None:
    """Writes every part to where `target` says by its name."""
    with zipfile.ZipFile(path) as archive:
        for name in _manifest(archive).parts:
            place = target(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as reading, place.open("wb") as writing:
                while piece := reading.read(PIECE):
                    writing.write(piece)
                writing.flush()
                os.fsync(writing.fileno())


def settle(unfinished: Path, finished: Path) -> None:
    """Gives a whole file its name; after a power cut either stands there or nothing."""
    unfinished.rename(finished)
    folder = os.open(finished.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError
        told: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if told.get("format") != FORMAT:
            raise Damaged("This backup was made by a newer version of the program: install that one.")
        return Manifest(**told)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no manifest") from error


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as reading:
        while piece := reading.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
