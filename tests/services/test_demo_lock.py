"""The demo lets anybody in, so whatever looks like a real installation stops it: every combination of mistakes."""

import os
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from models.errors import CannotStart
from services import clock, db, installation
from services.settings import read_settings
from tests import make

MISTAKES: list[tuple[str, str]] = [
    ("ASPEN_HOST", "0.0.0.0"),  # noqa: S104 -- a mistake
    ("ASPEN_HOST", "192.168.1.5"),
    ("ASPEN_HOST", "127.0.0.1.example.org"),
    ("ASPEN_BASE_URL", "https://localhost:8080"),
    ("ASPEN_BASE_URL", "http://ce.example.gov"),
    ("ASPEN_BASE_URL", "http://localhost@ce.example.gov"),
    ("ASPEN_OIDC_ISSUER", "https://id.example.gov"),
    ("ASPEN_OIDC_CLIENT_ID", "aspen"),
    ("ASPEN_OIDC_CLIENT_SECRET", "secret"),
    ("ASPEN_SMTP_URL", "smtp://mail.example.gov"),
    ("ASPEN_SECRET_KEY", "x" * 32),
    ("ASPEN_DEMO", "true"),
    ("ASPEN_DEMO", "YES"),
    ("ASPEN_DATA_DIR", "a folder with real people"),
]


def sets_of_mistakes() -> list[dict[str, str]]:
    """Each mistake alone, each two and each three together (of each setting one at a time)."""
    chosen = [dict(some) for size in (1, 2, 3) for some in combinations(MISTAKES, size)
              if len(dict(some)) == size]  # fmt: skip
    assert len(chosen) > 377
    return chosen


@pytest.fixture(autouse=True)
def _environment(template: Path, demo_template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The one good configuration: the demo, and nothing else."""
    for name in os.environ:
        if name.startswith("ASPEN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ASPEN_DEMO", "1")
    monkeypatch.setenv("ASPEN_DATA_DIR", str(tmp_path / "demo"))
    monkeypatch.setenv("ASPEN_DEMO_NOW", make.NOON.isoformat())


@pytest.fixture
def real_people(template: Path, tmp_path: Path) -> Path:
    """A folder in which the demo would find a database of people who are not its own."""
    folder = tmp_path / "real"
    folder.mkdir()
    shutil.copy(template, folder / "demo.sqlite3")
    db.connect(folder / "demo.sqlite3")
    make.person()
    installation.close()
    return folder


def start() -> None:
    try:
        installation.open_with(read_settings())
    finally:
        installation.close()
        clock.fix(None)


def copy_demo(template: Path, folder: Path) -> None:
    folder.mkdir()
    shutil.copy(template, folder / "demo.sqlite3")


def test_the_one_good_configuration_starts(demo_template: Path, tmp_path: Path) -> None:
    copy_demo(demo_template, tmp_path / "demo")
    start()


@pytest.mark.parametrize(
    ("host", "base_url"),
    [("localhost", "http://localhost:8080"), ("127.0.0.1", "http://127.0.0.1:9000"), ("::1", "http://[::1]:8080")],
)
def test_every_name_of_this_machine_is_good(
    demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, base_url: str
) -> None:
    copy_demo(demo_template, tmp_path / "demo")
    monkeypatch.setenv("ASPEN_HOST", host)
    monkeypatch.setenv("ASPEN_BASE_URL", base_url)
    start()


def test_every_single_double_and_triple_mistake_stops_the_start(
    real_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    for mistakes in sets_of_mistakes():
        with monkeypatch.context() as environment:
            for name, value in mistakes.items():
                environment.setenv(name, str(real_people) if name == "ASPEN_DATA_DIR" else value)
            try:
                start()
            except CannotStart as refusal:
                assert str(refusal).startswith(("ASPEN_", "The demo serves this machine only: ASPEN_"))
                assert "\n" not in str(refusal)
            else:
                started.append(mistakes)
    assert started == []


def test_a_refused_start_changes_nothing_in_a_database_of_real_people(
    real_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASPEN_DATA_DIR", str(real_people))
    with pytest.raises(CannotStart, match="holds people who are not the demo's"):
        start()
    monkeypatch.delenv("ASPEN_DEMO")
    monkeypatch.delenv("ASPEN_DEMO_NOW")
    monkeypatch.setenv("ASPEN_SECRET_KEY", "x" * 32)
    monkeypatch.setenv("ASPEN_DATABASE_URL", f"sqlite:///{real_people}/demo.sqlite3")
    start()


def test_the_demos_database_does_not_serve_a_real_installation(
    demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_demo(demo_template, tmp_path / "demo")
    monkeypatch.delenv("ASPEN_DEMO")
    monkeypatch.delenv("ASPEN_DEMO_NOW")
    monkeypatch.setenv("ASPEN_SECRET_KEY", "x" * 32)
    monkeypatch.setenv("ASPEN_DATABASE_URL", f"sqlite:///{tmp_path}/demo/demo.sqlite3")
    with pytest.raises(CannotStart, match="made by the demo: give a real installation a database of its own"):
        start()
