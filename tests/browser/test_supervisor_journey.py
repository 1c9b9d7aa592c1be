"""The supervisor verifies from a letter's link on a phone, without an account; a director on her own page."""

import re
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.browser.audit import overflow, small_targets, violations
from tests.browser.conftest import OpenWindow
from tests.browser.server import Server

PHONE, TABLET = (390, 844), (768, 1024)


def link_in_letter(server: Server) -> str:
    with closing(sqlite3.connect(server.folder / "demo.sqlite3")) as database:
        (body,) = database.execute("SELECT body FROM letter WHERE kind = 'verification asked' ORDER BY id").fetchone()
    found = re.search(r"/supervisor/[\w-]+", body)
    assert found is not None
    return found.group(0)


def test_a_link_on_a_phone_issues_the_certificate(window: OpenWindow, server: Server) -> None:
    link = link_in_letter(server)
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
