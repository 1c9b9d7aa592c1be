"""The supervisor verifies from a letter's link on a phone, without an account; a director on her own page."""

import re
from email.message import EmailMessage

from playwright.sync_api import expect

from tests.browser.audit import overflow, small_targets, violations
from tests.browser.conftest import OpenWindow
from tests.browser.mail import letters_to, text_of
from tests.browser.server import Server
from tests.services.postman import Postman

PHONE, TABLET = (390, 844), (768, 1024)


def link_of(message: EmailMessage) -> str:
    found = re.search(r"(?<=localhost)(?::\d+)?(/supervisor/[\w-]+)", text_of(message))
    assert found is not None
    return found.group(1)


def test_from_submitting_to_the_certificate_by_another_supervisor(
    window: OpenWindow, server: Server, postman: Postman
) -> None:
    """Maria submits; the coordinator reviews and corrects who is asked; the answer comes from a phone."""
    maria = window("participant", size=PHONE)
    maria.open("/ce")
    maria.button("Submit").click()
    maria.page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    expect(maria.page.get_by_role("heading", name="Your record for Library Staff is submitted")).to_be_visible()

    joanna = window("coordinator", size=TABLET)
    joanna.open("/review")
    approvals = joanna.page.get_by_role("button", name=re.compile("^Approve: .*Maria Delgado$"))
    expect(approvals.first).to_be_visible()
    while waiting := approvals.count():
        approvals.first.click()
        expect(approvals).to_have_count(waiting - 1)
    joanna.page.get_by_role("link", name="Review: Library Staff, Maria Delgado").click()
    joanna.page.get_by_role("button", name=re.compile("Approve record")).click()
    expect(joanna.page.get_by_text("Approved.", exact=True)).to_be_visible()
    joanna.field("Supervisor to ask").fill("Greta Holm")
    joanna.field("E-mail of the supervisor").fill("greta.holm@example.org")
    joanna.page.get_by_role("button", name=re.compile("Send (the|a new) letter")).click()
    joanna.toast("The letter is on its way.")

    (letter,) = letters_to("greta.holm@example.org", server, postman)
    phone = window(size=PHONE)
    phone.open(link_of(letter))
    expect(phone.field("Your name")).to_have_value("Greta Holm")
    assert [*overflow(phone.page), *small_targets(phone.page)] == []
    phone.button("Verify these credits").click()
    expect(phone.page.get_by_role("heading", name="Thank you: your answer is recorded")).to_be_visible()
    expect(maria.page.get_by_role("heading", name="Congratulations: your certificate")).to_be_visible()
    *_, told = letters_to("maria.delgado@example.org", server, postman)
    assert re.fullmatch(r"Your certificate MT-2026-\d{6}", told["Subject"])


def test_a_link_on_a_phone_issues_the_certificate(window: OpenWindow, server: Server, postman: Postman) -> None:
    found = letters_to("ruth.ellingson@example.org", server, postman)
    (letter,) = [one for one in found if one["Subject"] == "Nora Blackwood asks you to verify credits"]
    link = link_of(letter)
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
