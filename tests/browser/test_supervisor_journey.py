"""The supervisor verifies from a letter's link on a phone, without an account; a director on her own page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.audit import overflow, small_targets, violations
from tests.browser.conftest import OpenWindow
from tests.browser.mail import letters_to, text_of
from tests.browser.server import Server
from tests.services.postman import Postman, at_work

PHONE, TABLET = (390, 844), (768, 1024)


@pytest.fixture(scope="module")
def postman() -> Iterator[Postman]:
    with at_work(Postman()) as postman:
        yield postman


def test_a_link_on_a_phone_issues_the_certificate(window: OpenWindow, server: Server, postman: Postman) -> None:
    (letter,) = letters_to("ruth.ellingson@example.org", server, postman)
    assert letter["Subject"] == "Nora Blackwood asks you to verify credits"
    found = re.search(r"(?<=localhost)(?::\d+)?(/supervisor/[\w-]+)", text_of(letter))
    assert found is not None
    link = found.group(1)
    joanna = window("coordinator", size=TABLET)
    joanna.open("/review")
    joanna.page.get_by_role("link", name=re.compile("Nora Blackwood")).first.click()
    expect(joanna.page.get_by_text("Ruth Ellingson, ruth.ellingson@example.org")).to_be_visible()

    phone = window(size=PHONE)
    phone.expected.append("status of 422")
    for _ in range(3):  # a scanner, a preview, and she herself
        phone.open(link)
    expect(phone.page.get_by_role("heading", name="Verify credits of Nora Blackwood")).to_be_visible()
    assert [*violations(phone.page), *overflow(phone.page), *small_targets(phone.page)] == []

    phone.page.get_by_text("I cannot verify this one").first.click()
    phone.page.get_by_label("Leave it out").first.check()
    phone.page.get_by_label("Your name").fill("")
    phone.button("Verify these credits").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("Please look again")
    expect(phone.page.get_by_text("Enter your name, so that the record says who verified it.").first).to_be_visible()
    assert [*violations(phone.page), *overflow(phone.page), *small_targets(phone.page)] == []

    phone.page.get_by_label("Leave it out").first.uncheck()
    phone.page.get_by_label("Your name").fill("Ruth Ellingson")
    phone.button("Verify these credits").click()
    expect(phone.page.get_by_role("heading", name="Thank you: your answer is recorded")).to_be_visible()
    expect(joanna.page.get_by_text(re.compile(r"Certificate MT-2026-\d{6}")).first).to_be_visible()
    expect(joanna.page.get_by_text(re.compile("by Ruth Ellingson, Chrome on"))).to_be_visible()

    *_, told = letters_to("nora.blackwood@example.org", server, postman)
    number = joanna.page.get_by_text(re.compile(r"Certificate MT-2026-\d{6}")).first.inner_text().split()[-1]
    assert told["Subject"] == f"Your certificate {number}"
