"""From a full record to a certificate on the wall: submit, review, verify, see, print, save, check."""

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import zxingcpp
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenWindow
from tests.browser.windows import Window, save

TABLET = (768, 1024)


def test_from_a_full_record_to_a_certificate_on_the_wall(window: OpenWindow, tmp_path: Path) -> None:
    maria, joanna = window("participant", size=TABLET), window("coordinator", size=TABLET)
    joanna.open("/review")
    submit(maria)
    expect(record_of(joanna, "Maria Delgado")).to_contain_text("Submitted")

    approve_pending(joanna, "Maria Delgado")
    number = review_and_verify(joanna, "Maria Delgado")

    maria.open("/")
    maria.link("ASPeN User page").click()
    expect(maria.link(number)).to_be_visible()
    maria.link("View most recent certificate").click()
    maria.arrives(f"/certificates/{number}")
    expect(maria.page.get_by_text("Issued (View Certificate)")).to_be_visible()
    maria.page.get_by_role("link", name="View Certificate").first.click()
    maria.arrives(f"/certificates/{number}/view")
    look_at(maria, number)

    pdf = saved(maria, tmp_path)
    again = saved(maria, tmp_path / "again")
    assert pdf == again
    read_back(pdf, number)
    check(window, maria, pdf)


def submit(maria: Window) -> None:
    maria.open("/ce")
    expect(maria.page.get_by_role("heading", name="Submit your record for Library Staff")).to_be_visible()
    maria.button("Submit").click()
    maria.page.get_by_role("dialog").get_by_role("button", name="Submit", exact=True).click()
    maria.toast("Submitted. The coordinator sees it now.")


def record_of(joanna: Window, person: str) -> Locator:
    return joanna.page.get_by_role("row").filter(has=joanna.page.get_by_text("Record", exact=True), has_text=person)


def approve_pending(joanna: Window, person: str) -> None:
    buttons = joanna.page.get_by_role("button", name=re.compile(rf"^Approve: .*, {person}$"))
    for _ in range(buttons.count()):
        left = buttons.count()
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)


def review_and_verify(joanna: Window, person: str) -> str:
    """The two steps of the coordinator; the number of the certificate."""
    record_of(joanna, person).get_by_role("link", name=f"Review: Library Staff, {person}").click()
    joanna.button("Approve record").click()
    joanna.toast("Approved.")
    joanna.field("Supervisor’s name").fill("Ellen Marsh")
    joanna.field("How it came").select_option(label="By phone")
    joanna.button("Record the verification").click()
    joanna.toast("Recorded. The certificate MT-")
    told = joanna.page.get_by_role("link", name=re.compile(r"^Certificate MT-")).inner_text()
    return told.removeprefix("Certificate ")


def look_at(maria: Window, number: str) -> None:
    certificate = maria.page.locator(".certificate")
    text = certificate.inner_text()
    for part in ("Maria Delgado", "Library Staff", "60 credits", number):
        assert part in text, part
    assert text.index("Maria Delgado") < text.index("Library Staff") < text.index(number)
    expect(maria.button("Print")).to_be_visible()
    printed = maria.page.pdf(prefer_css_page_size=True, print_background=True)
    with pikepdf.open(io.BytesIO(printed)) as paper:
        assert len(paper.pages) == 1
        left, low, right, high = (float(side) for side in paper.pages[0].mediabox)
        assert (right - left, high - low) == (792.0, 612.0)


def saved(maria: Window, folder: Path) -> bytes:
    with maria.page.expect_download() as download:
        maria.link("Save as PDF").click()
    return save(download.value, folder).read_bytes()


def read_back(pdf: bytes, number: str) -> None:
    """One tagged page in the right order, fonts inside, nothing attached."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        assert len(paper.pages) == 1
        assert bool(paper.Root.MarkInfo.Marked)
        assert str(paper.Root.Lang).startswith("en")
        assert number in str(paper.docinfo["/Title"]) or "Maria Delgado" in str(paper.docinfo["/Title"])
        assert len(paper.attachments) == 0
        with paper.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
        for font in paper.pages[0].Resources.Font.values():
            (inner,) = font.DescendantFonts if "/DescendantFonts" in font else (font,)
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert text.index("Maria Delgado") < text.index("Library Staff") < text.index(number)


def check(window: OpenWindow, maria: Window, pdf: bytes) -> None:
    """Anybody scans the printed code and sees that the certificate is genuine."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2.5).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    path = code.text.removeprefix(maria.server.origin)
    assert re.fullmatch(r"/verify/([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", path)
    anybody = window(None, size=TABLET)
    anybody.open(path)
    expect(anybody.page.get_by_role("heading", name=re.compile("valid", re.IGNORECASE))).to_be_visible()
    for part in ("Maria Delgado", "Library Staff"):
        expect(anybody.page.get_by_text(part).first).to_be_visible()
