"""Settings: typed, from the environment; a wrong one stops the start with one sentence that names it."""

import os
from pathlib import Path

import pytest

from models.errors import CannotStart
from services import installation
from services.settings import read_settings

SECRET = "x" * 32
REAL = {"ASPEN_SECRET_KEY": SECRET}
MAIL = REAL | {"ASPEN_SMTP_URL": "smtp://mail.example.gov", "ASPEN_MAIL_FROM": "ce@example.gov"}
DEMO = {"ASPEN_DEMO": "1"}


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but those of the test, and a data folder of its own."""
    for name in os.environ:
        if name.startswith("ASPEN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ASPEN_DATA_DIR", str(tmp_path))


def start(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    """Reads the settings and opens the installation with them, as main.py does; then closes it."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    try:
        installation.open_with(read_settings())
        assert installation.is_ready()
    finally:
        installation.close()
        installation.clock.fix(None)


def test_a_real_installation_needs_a_secret_and_the_rest_has_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASPEN_SECRET_KEY", SECRET)
    settings = read_settings()
    assert (settings.program, settings.host, settings.port) == ("montana", "127.0.0.1", 8080)
    assert (settings.base_url, settings.demo) == ("http://localhost:8080", False)
    assert settings.sqlite_path() == tmp_path / "aspen.sqlite3"


def test_the_demo_needs_nothing_but_to_be_asked_for_and_has_a_database_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASPEN_DEMO", "1")
    monkeypatch.setenv("ASPEN_PORT", "8123")
    settings = read_settings()
    assert (settings.demo, settings.base_url) == (True, "http://localhost:8123")
    assert settings.sqlite_path() == tmp_path / "demo.sqlite3"


def test_an_empty_setting_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASPEN_DEMO", "ASPEN_PORT", "ASPEN_OIDC_ISSUER", "ASPEN_DEMO_NOW"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("ASPEN_SECRET_KEY", SECRET)
    assert read_settings().port == 8080


def test_a_real_installation_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start(monkeypatch, REAL | {"ASPEN_BASE_URL": "https://ce.example.gov", "ASPEN_HOST": "0.0.0.0"})  # noqa: S104 -- a value
    assert (tmp_path / "aspen.sqlite3").is_file()


def test_a_database_may_be_named_by_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start(monkeypatch, REAL | {"ASPEN_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere/ce.sqlite3"})
    assert (tmp_path / "elsewhere" / "ce.sqlite3").is_file()


@pytest.mark.parametrize(
    ("name", "value", "others"),
    [
        ("ASPEN_SECRET_KEY", "", {}),
        ("ASPEN_SECRET_KEY", "x" * 31, {}),
        ("ASPEN_PORT", "0", REAL),
        ("ASPEN_PORT", "65536", REAL),
        ("ASPEN_PORT", "http", REAL),
        ("ASPEN_BASE_URL", "ce.example.gov", REAL),
        ("ASPEN_BASE_URL", "ftp://ce.example.gov", REAL),
        ("ASPEN_BASE_URL", "https://", REAL),
        ("ASPEN_BASE_URL", "http://[half", REAL),
        ("ASPEN_SMTP_URL", "mail.example.gov", MAIL),
        ("ASPEN_SMTP_URL", "http://mail.example.gov", MAIL),
        ("ASPEN_SMTP_URL", "smtp://", MAIL),
        ("ASPEN_SMTP_URL", "smtp://mail.example.gov:port", MAIL),
        ("ASPEN_SMTP_URL", "smtp://aspen@mail.example.gov", MAIL),
        ("ASPEN_SMTP_URL", "smtp://mail.example.gov?starttls=perhaps", MAIL),
        ("ASPEN_SMTP_URL", "smtps://mail.example.gov?starttls=no", MAIL),
        ("ASPEN_SMTP_URL", "smtp://aspen:secret@mail.example.gov?starttls=no", MAIL),
        ("ASPEN_SMTP_URL", "", MAIL),
        ("ASPEN_MAIL_FROM", "", REAL | {"ASPEN_SMTP_URL": "smtp://mail.example.gov"}),
        ("ASPEN_MAIL_FROM", "the library", MAIL),
        ("ASPEN_MAIL_FROM", "ce@example.gov\nBcc: eve@example.org", MAIL),
        ("ASPEN_MAIL_FROM", "Library <ce@example.gov", MAIL),
        ("ASPEN_DEMO", "yes", {}),
        ("ASPEN_DEMO", "true", REAL),
        ("ASPEN_DEMO", "2", {}),
        ("ASPEN_DEMO_NOW", "2026-11-23T10:00:00", DEMO),
        ("ASPEN_DEMO_NOW", "tomorrow", DEMO),
        ("ASPEN_DEMO_NOW", "2026-11-23T10:00:00-07:00", REAL),
        ("ASPEN_PROGRAM", "atlantis", REAL),
        ("ASPEN_PROGRAM", "../montana", REAL),
        ("ASPEN_DATABASE_URL", "mysql://localhost/ce", REAL),
        ("ASPEN_DATABASE_URL", "ce.sqlite3", REAL),
        ("ASPEN_DATABASE_URL", "sqlite://", REAL),
        ("ASPEN_DATABASE_URL", "sqlite:////proc/nowhere/ce.sqlite3", REAL),
        ("ASPEN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/ce", REAL),
        ("ASPEN_DATABASE_URL", "postgresql://nobody@127.0.0.1:port/ce", REAL),
        ("ASPEN_DATA_DIR", "/proc/nowhere", REAL),
        ("ASPEN_DATA_DIR", __file__, REAL),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, others: dict[str, str]
) -> None:
    with pytest.raises(CannotStart) as refused:
        start(monkeypatch, others | {name: value})
    assert name in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_database_stops_the_start_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "aspen.sqlite3").write_text("This is no database. " * 100, encoding="utf-8")
    with pytest.raises(CannotStart, match="ASPEN_DATA_DIR"):
        start(monkeypatch, REAL)


def test_the_secret_is_told_in_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotStart) as refused:
        start(monkeypatch, DEMO | {"ASPEN_SECRET_KEY": "my own secret of more than 32 letters"})
    assert "my own secret" not in str(refused.value)
