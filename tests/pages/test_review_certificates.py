"""The coordinator's list of all certificates."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from nicegui import ui
from nicegui.testing import User

from services import certificate_files, certificate_pages
from services.certificate_press import PressFailed
from tests.pages.certificates import EXPIRED, VALID, file_of
from tests.pages.hands import SOON, button, fill, is_enabled, press, until

SignIn = Callable[[str], None]


def pick(visitor: User, number: str, *, on: bool = True) -> None:
    visitor.find(marker="certificates").trigger("change", [number, on])


async def taken(visitor: User) -> list[str]:
    """The files in the ZIP that the browser was told to download."""
    await until(lambda: visitor.download.http_responses)
    with ZipFile(BytesIO(visitor.download.http_responses[0].content)) as archive:
        return archive.namelist()


async def test_every_certificate_stands_in_the_list_with_its_standing(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    for text in (f'href="/certificates/{VALID}"', "Ruth Ellingson", "Library Administrator", "EXPIRED", "VALID"):
        await visitor.should_see(text)
    assert not is_enabled(visitor, "Download as ZIP")


async def test_words_find_certificates(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    fill(visitor, find="ellingson")
    await visitor.should_not_see("MT-2026-000001", retries=SOON)
    await visitor.should_see(EXPIRED)
    fill(visitor, find="zeppelin")
    await visitor.should_see("No certificate fits these words.", retries=SOON)


async def test_some_are_chosen_and_downloaded(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    for number, on in ((VALID, True), (EXPIRED, True), ("MT-2026-000001", True), ("MT-2026-000001", False)):
        pick(visitor, number, on=on)
    pick(visitor, "MT-1900-000001")
    await visitor.should_see("2 selected")
    press(visitor, "Download as ZIP")
    assert await taken(visitor) == [f"{VALID} Ruth Ellingson.pdf", f"{EXPIRED} Ruth Ellingson.pdf"]
    assert file_of(VALID).body is not None
    await visitor.should_see("2 certificates are in the ZIP.", retries=SOON)


async def test_all_of_the_page_are_drawn_one_after_another(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    set_content = ui.html.set_content

    def hear(self: ui.html, content: str) -> None:
        told.append(content)
        set_content(self, content)

    monkeypatch.setattr(ui.html, "set_content", hear)
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    press(visitor, "Select all on this page")
    assert not is_enabled(visitor, "Select all on this page")
    press(visitor, "Download as ZIP")
    assert len(await taken(visitor)) == 22
    assert any("7 of 22 ready" in text and '<progress value="7" max="22"' in text for text in told)


async def test_what_cannot_be_drawn_is_left_out_and_told(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = certificate_files.press

    def fail(document: dict[str, str]) -> bytes:
        if document["number"] == EXPIRED:
            raise PressFailed("No libraries.")
        return drawn(document)

    monkeypatch.setattr(certificate_files, "press", fail)
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    pick(visitor, EXPIRED)
    pick(visitor, VALID)
    press(visitor, "Download as ZIP")
    await visitor.should_see(f"Left out, since the PDF could not be made yet: {EXPIRED}", retries=SOON)
    assert await taken(visitor) == [f"{VALID} Ruth Ellingson.pdf"]


async def test_what_was_chosen_stays_chosen_on_other_pages(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate_pages, "PAGE", 10)
    monkeypatch.setattr("pages.review_certificates.PAGE", 10)
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    press(visitor, "Select all on this page")
    press(visitor, "Next page")
    await visitor.should_see("Page 2 of 3, 22 certificates", retries=SOON)
    await visitor.should_see("10 selected")
    press(visitor, "Select all on this page")
    await visitor.should_see("20 selected")
    press(visitor, "Clear")
    await visitor.should_see("0 selected")


async def test_more_than_a_zip_holds_is_refused(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.review_certificates.MOST_IN_BUNDLE", 5)
    sign_in("coordinator")
    await visitor.open("/review/certificates")
    press(visitor, "Select all on this page")
    await visitor.should_see("At most 5 fit into one ZIP.")
    assert not is_enabled(visitor, "Download as ZIP")
    assert button(visitor, "Clear").elements
