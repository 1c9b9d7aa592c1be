"""The page of one certificate."""

from collections.abc import Callable

import pytest
from nicegui.testing import User

from services import certificate_changes, certificate_files
from services.certificate_press import PressFailed
from tests.pages import records
from tests.pages.certificates import EXPIRED, VALID, certificate_of, file_of, note_problem, row
from tests.pages.hands import SOON, answer, field, fill, give_reason, is_enabled, press, until

SignIn = Callable[[str], None]


async def test_the_owner_finds_all_that_it_says(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open(f"/certificates/{VALID}")
    for text in (
        "<h1>MT-2023-000001</h1>",
        "<h2>Continuing Education Program Track Participation Status</h2>",
        f'Issued (<a href="/certificates/{VALID}/view">View Certificate</a>)',
        "Ruth Ellingson",
        "Library Administrator",
        "Thu, Nov 23, 2023",
        "Tue, Nov 23, 2027",
        "Hearst Free Library",
        "It is genuine and valid today.",
        "Any category",
        "The 45 credits that count",
        "ASPeN User page",
    ):
        await visitor.should_see(text)
    await visitor.should_not_see("Correct")
    await visitor.should_not_see("Revoke")


async def test_an_expired_one_says_until_when_it_was_valid(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open(f"/certificates/{EXPIRED}")
    await visitor.should_see("EXPIRED")
    await visitor.should_see("It was valid until Thu, Nov 23, 2023.")


async def test_the_pdf_is_being_made_and_then_ready(visitor: User, sign_in: SignIn) -> None:
    number = certificate_of("participant")
    sign_in("participant")
    await visitor.open(f"/certificates/{number}")
    await visitor.should_see("The PDF is being made.")
    while certificate_files.draw_due():
        pass
    await visitor.should_see("The PDF is ready.", retries=SOON)


async def test_a_coordinator_sees_why_there_is_no_pdf_and_tries_again(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_document: object) -> bytes:
        raise PressFailed("No libraries.")

    number = certificate_of("participant")
    note_problem(number, "No libraries.")
    with monkeypatch.context() as broken:
        broken.setattr(certificate_files, "press", fail)
        sign_in("coordinator")
        await visitor.open(f"/certificates/{number}")
        await visitor.should_see("The reason: No libraries.")
        press(visitor, "Try again")
        await until(lambda: file_of(number).attempts == 2)
        await until(lambda: is_enabled(visitor, "Try again"))
    press(visitor, "Try again")
    await visitor.should_see("The PDF is ready.", retries=SOON)
    await visitor.should_not_see("Try again")


async def test_its_owner_reads_only_that_it_is_tried_again(visitor: User, sign_in: SignIn) -> None:
    number = certificate_of("participant")
    note_problem(number, "No libraries.")
    sign_in("participant")
    await visitor.open(f"/certificates/{number}")
    await visitor.should_see("It is tried again by itself.")
    await visitor.should_not_see("No libraries.")
    await visitor.should_not_see("Try again")


async def test_a_corrected_one_takes_its_place(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    sign_in("coordinator")
    await visitor.open(f"/certificates/{VALID}")
    press(visitor, "Correct")
    fill(visitor, name="Ruth A. Ellingson", reason="Her initial was missing.")
    press(visitor, "Issue the corrected certificate")
    await until(lambda: row(VALID).status == "SUPERSEDED")
    await visitor.should_see("<h1>MT-2026-000021</h1>", retries=SOON)
    await visitor.should_see("Ruth A. Ellingson")
    await visitor.should_see(f"/certificates/{VALID}")
    assert said == [f"MT-2026-000021 was issued in place of {VALID}."]


async def test_mistakes_in_a_correction_stand_at_their_fields(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open(f"/certificates/{VALID}")
    press(visitor, "Correct")
    press(visitor, "Issue the corrected certificate")
    await until(lambda: _problem(visitor, "name") == "Nothing would change: correct the name or the track.")
    fill(visitor, name="")
    press(visitor, "Issue the corrected certificate")
    await until(lambda: _problem(visitor, "name") == "Enter the name as the certificate shall show it.")
    fill(visitor, name="Ruth A. Ellingson")
    press(visitor, "Issue the corrected certificate")
    await until(lambda: "Say why" in _problem(visitor, "reason"))
    assert row(VALID).status == "VALID"


async def test_a_certificate_is_revoked_with_a_reason(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    sign_in("coordinator")
    await visitor.open(f"/certificates/{VALID}")
    press(visitor, "Revoke")
    await visitor.should_see(f"Revoke {VALID}?")
    give_reason(visitor, "Issued to the wrong person.")
    answer(visitor, "Revoke")
    await visitor.should_see("Revoked on Mon, Nov 23, 2026. The reason: Issued to the wrong person.", retries=SOON)
    assert said == [f"{VALID} is revoked."]
    await visitor.should_not_see("Correct")


async def test_the_page_of_the_old_one_hears_of_the_change(visitor: User, sign_in: SignIn) -> None:
    sign_in("director")
    await visitor.open(f"/certificates/{VALID}")
    values = {"name": "Ruth A. Ellingson", "reason": "Her initial was missing."}
    newer = certificate_changes.supersede(records.actor("coordinator"), VALID, values)
    await visitor.should_see("SUPERSEDED", retries=SOON)
    await visitor.should_see(f"See {newer}")
    await visitor.should_see("The reason: Her initial was missing.")


async def test_nobody_changes_her_own(visitor: User, sign_in: SignIn) -> None:
    number = certificate_of("coordinator")
    sign_in("coordinator")
    await visitor.open(f"/certificates/{number}")
    await visitor.should_see("ASPeN User page")
    await visitor.should_not_see("Correct")
    await visitor.should_not_see("Revoke")


def _problem(visitor: User, name: str) -> str:
    return str(field(visitor, name).props["error-message"] or "")
