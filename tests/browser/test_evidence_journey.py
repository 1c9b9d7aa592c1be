"""The lot falls on a credit: asked by letter, handed in on a tablet, accepted side by side."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.audit import overflow, small_targets
from tests.browser.conftest import OpenWindow
from tests.handed_in import pdf_with

TABLET = (768, 1024)


def test_evidence_is_asked_handed_in_and_accepted(window: OpenWindow, tmp_path: Path) -> None:
    proof = tmp_path / "Certificate of attendance.pdf"
    proof.write_bytes(pdf_with())
    joanna = window("coordinator", size=TABLET)
    joanna.open("/review")
    joanna.page.get_by_role("link", name="Random audit").click()
    joanna.field("How many credits").fill("200")  # so many that it falls on Maria, too
    joanna.field("Seed").fill("journey")
    joanna.button("Draw").click()
    joanna.page.get_by_role("dialog").get_by_role("button", name="Draw and write").click()
    expect(joanna.page.get_by_text("200 credits asked for")).to_be_visible()
    joanna.button("Draw again to check").click()
    expect(joanna.page.get_by_text("the seed draws the same 200 again")).to_be_visible()
    assert [*overflow(joanna.page), *small_targets(joanna.page)] == []

    maria = window("participant", size=TABLET)
    maria.open("/ce")
    maria.page.get_by_role("link", name="Hand in the evidence").click()
    asked = maria.page.get_by_role("link", name="Hand in:").first
    title = (asked.get_attribute("aria-label") or "").removeprefix("Hand in: ")
    asked.click()
    maria.page.get_by_label("Evidence", exact=True).set_input_files(proof)
    expect(maria.page.get_by_role("link", name=proof.name)).to_be_visible()
    maria.field("A few words").fill("We use it at every story hour since.")
    assert [*overflow(maria.page), *small_targets(maria.page)] == []
    maria.button("Hand in").click()
    expect(maria.page.get_by_text("It waits for the coordinator.")).to_be_visible()

    joanna.page.get_by_role("link", name=f"Decide: {title}, Maria Delgado").click()
    expect(joanna.page.get_by_role("img", name="The evidence of Maria Delgado")).to_be_visible()
    expect(joanna.page.get_by_text("We use it at every story hour since.")).to_be_visible()
    assert [*overflow(joanna.page), *small_targets(joanna.page)] == []
    joanna.button("Accept").click()
    expect(joanna.page.get_by_text("Accepted by Joanna Birdsong.")).to_be_visible()
    expect(maria.page.get_by_text("Accepted. Thank you.")).to_be_visible()
