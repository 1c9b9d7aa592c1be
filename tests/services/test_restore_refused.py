"""Backups that are not restored: damaged, foreign, newer, cut off; nothing is changed by the attempt."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models.errors import Refusal
from services import backup, backup_files, installation, restore
from tests.services.test_backup import counts, fill

pytestmark = pytest.mark.usefixtures("pg_programs")


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A ZIP with other parts, whole as a ZIP."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    other = file.with_name(f"other{backup_files.SUFFIX}")
    with zipfile.ZipFile(other, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return other


def told(files: dict[str, bytes], **more: object) -> None:
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | more).encode()


def flipped(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


CHANGES: dict[str, Callable[[dict[str, bytes]], None]] = {
    "one bit of the database": lambda parts: parts.update(database=flipped(parts["database"])),
    "no database": lambda parts: parts.pop("database") and None,
    "no manifest": lambda parts: parts.pop("manifest.json") and None,
    "a manifest that is none": lambda parts: parts.update({"manifest.json": b"[]"}),
    "one more part": lambda parts: parts.update({"extra": b"x"}),
    "a part that leads elsewhere": lambda parts: (parts.update({"../evil": b"x"}), told(parts, parts={
        **json.loads(parts["manifest.json"])["parts"],
        "../evil": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}))[1],
    "another number of rows": lambda parts: told(parts, rows={"person": 999}),
    "another end of the audit lines": lambda parts: told(parts, head="7"),
    "a newer version": lambda parts: told(parts, migration="9999"),
    "a newer form": lambda parts: told(parts, format=2),
    "the demo's": lambda parts: told(parts, demo=True),
    "another kind of database": lambda parts: told(parts, dialect="oracle"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_it_refuses_a_backup_with(what: str, tmp_path: Path) -> None:
    fill(1)
    file = rewritten(backup.back_up(installation.settings()), CHANGES[what])
    before, settings = counts(), installation.settings()
    with pytest.raises(Refusal):
        restore.restore(settings, file, replace=True)
    installation.connect(settings)
    assert counts() == before
    assert not list(tmp_path.glob(".restoring-*"))


def test_it_refuses_what_is_cut_off_or_no_backup_at_all(tmp_path: Path) -> None:
    fill(1)
    file, settings = backup.back_up(installation.settings()), installation.settings()
    whole = file.read_bytes()
    for number, body in enumerate((b"", b"PK", whole[:-1], whole[:-30], whole[: len(whole) // 2], b"x" * 500)):
        other = tmp_path / f"{number}{backup_files.SUFFIX}"
        other.write_bytes(body)
        with pytest.raises(Refusal, match=r"damaged|no backup of ours"):
            restore.restore(settings, other, replace=True)
    with pytest.raises(Refusal, match="There is no file"):
        restore.restore(settings, tmp_path / "none", replace=True)
    assert counts()["claim"] == 1
