"""The certificate on the whole screen, as PDF, and many as one ZIP."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from nicegui.testing import User

from services import certificate_changes, certificate_files
from services.certificate_press import PressFailed
from tests.pages import records
from tests.pages.certificates import EXPIRED, VALID, certificate_of
from tests.pages.conftest import PAPER
from tests.pages.test_headers import policy

SignIn = Callable[[str], None]


async def test_the_certificate_is_shown_with_print_and_save(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    response = await visitor.http_client.get(f"/certificates/{VALID}/view")
    for part in ("Ruth Ellingson", "Library Administrator", f'href="/certificates/{VALID}.pdf">Save as PDF</a>',
                 'data-print>Print</button>', f'href="/certificates/{VALID}">'):  # fmt: skip
        assert part in response.text, part
    assert "certificate-ended" not in response.text


async def test_it_runs_one_script_of_ours_and_none_else(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    response = await visitor.http_client.get(f"/certificates/{VALID}/view")
    rules = policy(response)
    assert rules["script-src"] == ["'self'"]
    assert (rules["default-src"], rules["style-src"]) == (["'none'"], ["'self'"])
    assert response.text.count("<script") == 1
    assert "x-runs-scripts" not in response.headers
    assert "script-src" not in policy(await visitor.http_client.get(f"/certificates/{VALID}.pdf"))


async def test_one_that_ended_says_so_across_the_sheet(visitor: User, sign_in: SignIn) -> None:
    by = records.actor("coordinator")
    newer = certificate_changes.supersede(by, VALID, {"name": "Ruth A. Ellingson", "reason": "Her initial."})
    certificate_changes.revoke(by, newer, "Issued in error.")
    sign_in("director")
    old = (await visitor.http_client.get(f"/certificates/{VALID}/view")).text
    assert f"Replaced by {newer} on Mon, Nov 23, 2026" in old
    assert "Revoked on Mon, Nov 23, 2026" in (await visitor.http_client.get(f"/certificates/{newer}/view")).text


async def test_the_pdf_is_an_attachment_with_its_own_mark(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    response = await visitor.http_client.get(f"/certificates/{VALID}.pdf")
    assert response.content == PAPER
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == f'attachment; filename="{VALID}.pdf"'
    assert response.headers["cache-control"] == "private, no-store"
    mark = response.headers["etag"]
    assert mark == f'"{hashlib.sha256(PAPER).hexdigest()}"'
    known = await visitor.http_client.get(f"/certificates/{VALID}.pdf", headers={"if-none-match": mark})
    assert (known.status_code, known.content) == (304, b"")


async def test_a_pdf_that_cannot_be_made_yet_is_told(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_document: object) -> bytes:
        raise PressFailed("No libraries.")

    monkeypatch.setattr(certificate_files, "press", fail)
    sign_in("director")
    response = await visitor.http_client.get(f"/certificates/{VALID}.pdf")
    assert (response.status_code, response.headers["retry-after"]) == (503, "60")
    assert "It is tried again by itself." in response.text
    assert "No libraries" not in response.text


async def test_the_address_of_the_pdf_is_not_taken_for_a_number(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    for path in (f"/certificates/{VALID}.pdf.pdf", f"/certificates/{VALID.lower()}.pdf", f"/certificates/{VALID}.txt",
                 "/certificates/.pdf", f"/certificates/{VALID}/", f"/certificates/{'A' * 41}"):  # fmt: skip
        assert (await visitor.http_client.get(path)).status_code == 404, path


async def test_a_coordinator_takes_many_in_one_file(visitor: User, sign_in: SignIn) -> None:
    hers = certificate_of("participant")
    sign_in("coordinator")
    response = await visitor.http_client.get(f"/certificates.zip?numbers={VALID},{hers},{VALID}")
    assert response.headers["content-disposition"] == 'attachment; filename="certificates-2026-11-23.zip"'
    with ZipFile(BytesIO(response.content)) as archive:
        assert archive.namelist() == [f"{VALID} Ruth Ellingson.pdf", f"{hers} Maria Delgado.pdf"]
        assert archive.read(archive.namelist()[0]) == PAPER


async def test_a_zip_of_nothing_of_too_many_or_of_missing_ones_is_not_there(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    many = ",".join(f"MT-2026-{number:06d}" for number in range(201))
    for numbers in ("", many, f"{EXPIRED},MT-1900-000001", "../x"):
        assert (await visitor.http_client.get("/certificates.zip", params={"numbers": numbers})).status_code == 404
