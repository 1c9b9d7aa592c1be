"""The process that looks through one file: what it may not do, and what becomes of those that die or dawdle."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services import document_check
from services.document_check import cleaned
from services.document_refusals import TOO_SLOW
from tests.handed_in import picture
from tests.services.test_document_check import refusal_of


@pytest.mark.parametrize(
    ("deed", "told"),
    [("open('written', 'wb', 0).write(b'x')", "File too large"), ("bytearray(1100 * 1024**2)", "MemoryError")],
)
def test_the_child_may_write_no_file_and_has_one_gigabyte(deed: str, told: str, tmp_path: Path) -> None:
    assert done_by_python(deed, tmp_path) == ""
    bound = f"from services import document_worker; document_worker._keep_small(); {deed}"
    assert told in done_by_python(bound, tmp_path)


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In its place a child that tells what it was given."""
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "__init__.py").touch()
    (tmp_path / "services" / "document_worker.py").write_text(
        "import json, os; print(json.dumps({'refused': ' '.join(os.environ)}))"
    )
    monkeypatch.setattr(document_check, "ROOT", tmp_path)
    monkeypatch.setenv("ASPEN_SECRET_KEY", "a secret of at least thirty-two characters")
    monkeypatch.setenv("PGPASSWORD", "another")
    assert refusal_of(picture()) == "LC_ALL"


def test_a_child_that_dies_or_dawdles_has_refused_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_check.sys, "executable", "false")
    assert refusal_of(picture()) == TOO_SLOW
    monkeypatch.undo()
    monkeypatch.setattr(document_check, "SECONDS", 0.001)
    assert refusal_of(picture()) == TOO_SLOW
    monkeypatch.undo()
    assert cleaned(picture())


def test_two_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty files at the same moment take their turns: memory is bounded."""
    running, most = 0, 0
    lock, ask = threading.Lock(), document_check._ask_child

    def counted(body: bytes) -> tuple[dict[str, str], bytes]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        answer = ask(body)
        with lock:
            running -= 1
        return answer

    monkeypatch.setattr(document_check, "_ask_child", counted)
    with ThreadPoolExecutor(20) as pool:
        kept = list(pool.map(cleaned, [picture()] * 20))
    assert (len(kept), most) == (20, document_check.AT_ONCE)


def done_by_python(deed: str, folder: Path) -> str:
    """What another Python complains of when it does this."""
    command = [sys.executable, "-c", deed]
    paths = {"PYTHONPATH": str(document_check.ROOT)}
    done = subprocess.run(command, cwd=folder, env=paths, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 -- our own words
    return done.stderr
