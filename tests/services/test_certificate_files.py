"""The PDF: drawn once, kept with its SHA-256, and tried again by itself when it could not be drawn."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.certificates import CertificateFile, shown_code
from models.errors import NotFound, WrongState
from services import certificate_changes, certificate_files, certificate_press, db, profile
from services.access import Actor
from services.certificate_press import PressFailed
from tests import certified, make


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture(autouse=True, scope="module")
def _press() -> Iterator[None]:
    """One child draws for all of these tests."""
    yield
    certificate_press.close()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A press that fails, until this is undone."""

    def fail(_document: dict[str, Any]) -> bytes:
        raise PressFailed("Drawing the certificate took too long. Try again.")

    monkeypatch.setattr(certificate_files, "press", fail)
    return monkeypatch


def kept() -> CertificateFile:
    (file,) = certified.rows(CertificateFile)
    assert isinstance(file, CertificateFile)
    return file


def test_it_is_drawn_once_and_the_same_bytes_are_served_for_good(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)

    assert certificate_files.draw_due() == 1

    first = certificate_files.pdf(ann, number)
    assert first.name == "MT-2026-000001.pdf"
    assert first.body.startswith(b"%PDF-1.")
    assert first.sha256 == hashlib.sha256(first.body).hexdigest() == kept().sha256
    assert (kept().drawn_at, kept().problem) == (make.NOON, "")
    profile.change(ann, {"first_name": "Anna", "last_name": "Zurich", "email": "ann.ames@example.org"})
    make.later(days=400)
    assert certificate_files.draw_due() == 0
    assert certificate_files.pdf(cem, number) == first
    certificate_changes.revoke(cem, number, "It never took place.")
    assert certificate_files.pdf(ann, number) == first


def test_asked_for_before_it_is_drawn_it_is_drawn_now(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    assert certificate_files.pdf(ann, number).body == kept().body
    assert certificate_files.draw_due() == 0


@pytest.mark.sqlite
def test_the_database_keeps_the_first_file(ann: Actor, cem: Actor) -> None:
    certified.issued(ann, by=cem)
    certificate_files.draw_due()
    with pytest.raises(IntegrityError, match="is never changed"), Session(db.engine()) as session:
        session.execute(text("UPDATE certificate_file SET body = x'00', sha256 = 'x'"))


def test_the_certificate_stands_though_it_could_not_be_drawn(
    ann: Actor, cem: Actor, broken: pytest.MonkeyPatch
) -> None:
    number = certified.issued(ann, by=cem)

    assert certificate_files.draw_due() == 0

    assert certified.certificate(number).status == "VALID"
    assert (kept().body, kept().attempts) == (None, 1)
    assert kept().problem == "Drawing the certificate took too long. Try again."
    assert kept().try_after == make.NOON + timedelta(minutes=1)
    with pytest.raises(WrongState, match=r"could not be made yet\. It is tried again by itself"):
        certificate_files.pdf(ann, number)
    assert kept().attempts == 2


def test_it_is_tried_again_later_and_later_but_at_least_every_hour_until_it_is_there(
    ann: Actor, cem: Actor, broken: pytest.MonkeyPatch
) -> None:
    number = certified.issued(ann, by=cem)
    waits = []
    for attempt in range(1, 13):
        assert certificate_files.draw_due() == 0
        assert kept().attempts == attempt
        now = make.later()
        waits.append((kept().try_after - now) / timedelta(minutes=1))
        make.later(seconds=(kept().try_after - now).total_seconds() - 1)
        assert certificate_files.draw_due() == 0
        assert kept().attempts == attempt
        make.later(seconds=1)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]

    broken.undo()

    assert certificate_files.draw_due() == 1
    assert kept().body == certificate_files.pdf(ann, number).body
    assert kept().problem == ""


def test_of_two_that_draw_at_once_the_first_file_stays(ann: Actor, cem: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """While this one draws, another process is done."""
    number = certified.issued(ann, by=cem)
    bodies = iter([b"%PDF-slow", b"%PDF-quick"])

    def press(_document: dict[str, Any]) -> bytes:
        body = next(bodies)
        if body == b"%PDF-slow":
            assert certificate_files.pdf(cem, number).body == b"%PDF-quick"
        return body

    monkeypatch.setattr(certificate_files, "press", press)
    assert certificate_files.pdf(ann, number).body == b"%PDF-quick"
    assert kept().sha256 == hashlib.sha256(b"%PDF-quick").hexdigest()


def test_what_is_drawn_says_what_was_issued(ann: Actor, cem: Actor) -> None:
    row = certified.certificate(certified.issued(ann, by=cem))
    said = certificate_files.document(row)
    code = shown_code(row.code)
    assert {name: said[name] for name in ("name", "track", "issued", "due", "number", "code")} == {
        "name": "Ann Ames", "track": "Trustee", "issued": "November 23, 2026", "due": "November 23, 2030",
        "number": "MT-2026-000001", "code": code}  # fmt: skip
    assert said["verify_url"].endswith(f"/verify/{code}")
    assert said["qr"].startswith("data:image/svg+xml")


def test_several_people_s_are_packed_into_one_zip(cem: Actor) -> None:
    numbers = [certified.issued(make.person(name), by=cem) for name in ("Ann Ames", "Zoë O'Neill-Ωmega", "Bo /../Bad")]

    packed = certificate_files.bundle(cem, [*numbers, numbers[0]])

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "MT-2026-000001 Ann Ames.pdf",
            "MT-2026-000002 Zoë O_Neill-Ωmega.pdf",
            "MT-2026-000003 Bo ____Bad.pdf",
        ]
        assert archive.read("MT-2026-000001 Ann Ames.pdf") == certificate_files.pdf(cem, numbers[0]).body
    assert certificate_files.bundle(cem, [*numbers, numbers[0]]) == packed


def test_only_its_owner_and_coordinators_have_the_file_and_only_coordinators_a_zip(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    dia = make.person("Dia Dunn")
    for deed in (
        lambda: certificate_files.pdf(dia, number),
        lambda: certificate_files.pdf(cem, "MT-2026-999999"),
        lambda: certificate_files.bundle(ann, [number]),
        lambda: certificate_files.bundle(cem, ["MT-2026-999999"]),
    ):
        with pytest.raises(NotFound):
            deed()
