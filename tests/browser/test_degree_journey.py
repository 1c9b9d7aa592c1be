"""Journey 6: a graduate hands in the diploma on a tablet; the coordinator sees both side by side, and issues."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.audit import overflow, small_targets
from tests.browser.conftest import OpenWindow
from tests.browser.mail import letters_to, text_of
from tests.browser.server import Server
from tests.browser.windows import Window
from tests.handed_in import pdf_with
from tests.services.postman import Postman, at_work

TABLET = (768, 1024)


def hand_in_the_diploma(maria: Window, tmp_path: Path) -> None:
    """The track comes first; what is missing and a file that is no paper are told on the way."""
    diploma = tmp_path / "My diploma.pdf"
    diploma.write_bytes(pdf_with())
    maria.open("/ce")
    maria.field("Track").select_option(label="Library Administrator")
    maria.button("Add").click()
    maria.toast("The track was added.")
    maria.page.get_by_role("link", name="Hand in your diploma").click()
    maria.button("Hand in").click()
    expect(maria.page.get_by_role("alert").filter(visible=True).first).to_contain_text("Choose the file")
    assert [*overflow(maria.page), *small_targets(maria.page)] == []

    wrong = tmp_path / "diploma.txt"
    wrong.write_text("no diploma")
    maria.expected.append("status of 422")
    maria.page.get_by_label("Diploma").set_input_files(wrong)
    expect(maria.page.locator("#file-err")).to_contain_text("PDF")
    maria.page.get_by_label("Diploma").set_input_files(diploma)
    expect(maria.page.get_by_role("link", name="My diploma.pdf")).to_be_visible()
    maria.field("College or university").fill("University of Washington")
    maria.field("Degree").select_option("MLIS")
    maria.field("Date of graduation").fill("2026-06-13")
    maria.button("Hand in").click()
    expect(maria.page.get_by_text("It waits for the coordinator.")).to_be_visible()


def test_a_diploma_becomes_a_certificate_of_the_graduation_day(
    window: OpenWindow, server: Server, tmp_path: Path
) -> None:
    maria = window("participant", size=TABLET)
    hand_in_the_diploma(maria, tmp_path)

    joanna = window("coordinator", size=TABLET)
    joanna.open("/review")
    joanna.page.get_by_role("link", name="Review the degree of Maria Delgado").click()
    expect(joanna.page.get_by_text("My diploma.pdf").first).to_be_visible()
    assert [*overflow(joanna.page), *small_targets(joanna.page)] == []
    joanna.button("Record and issue").click()
    joanna.page.get_by_role("dialog").get_by_role("button", name="Record and issue").click()
    expect(joanna.page.get_by_role("link", name=re.compile(r"Certificate MT-2026-\d{6}"))).to_be_visible()

    expect(maria.page.get_by_text("The certificate was issued.")).to_be_visible()
    maria.open("/user")
    maria.page.get_by_role("link", name="View most recent certificate").click()
    expect(maria.page.get_by_text("Issued June 13, 2026, valid until June 13, 2030")).to_be_visible()
    expect(maria.page.get_by_text("by the degree MLIS, University of Washington")).to_be_visible()
    with at_work(Postman()) as postman:
        *_, letter = letters_to("maria.delgado@example.org", server, postman)
    assert re.fullmatch(r"Your certificate MT-2026-\d{6}", letter["Subject"])
    assert "valid until June 13, 2030" in " ".join(text_of(letter).split())
